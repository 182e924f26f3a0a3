//! Keras' own files: the zip, the configuration in it, the HDF5 in it or alone; the model in our words.
#![no_main]

use keras_files::dsl::dsl;
use keras_files::{File, zip};
use libfuzzer_sys::fuzz_target;

fn read(bytes: &[u8]) {
    let Ok(file) = File::from_bytes(bytes) else { return };
    let graph = file.graph();
    if let Ok(graph) = &graph {
        let _ = dsl(graph).map(|dsl| dsl.text());
    }
    if let Ok(weights) = file.weights() {
        let _ = graph.map(|graph| weights.of(&graph).len());
        let _ = weights.of_class("Dense").count();
    }
}

fuzz_target!(|bytes: &[u8]| {
    // The zip's checksums would hide all that is in it.
    if bytes.starts_with(b"{") {
        let _ = zip(&[("config.json", bytes)]).map(|file| read(&file));
    } else {
        read(bytes);
    }
});
