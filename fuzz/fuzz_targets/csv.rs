//! The reader of CSV files, and all that a table gives.
#![no_main]

mod file;

use keras_core::data::Table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = file::with(bytes);
    for delimiter in [b',', b';', b'\t'] {
        let Ok(table) = Table::read_with(&path, delimiter) else { continue };
        let names = table.names().to_vec();
        for name in &names {
            let _ = table.column(name);
            let _ = table.text(name);
            if let Ok(categories) = table.categories(name) {
                let _ = table.class_numbers(name, &categories);
            }
        }
        if let Some(name) = names.first() {
            let _ = table.clone().drop_missing(&[name]);
            let _ = table.fill_missing(name, 0);
        }
    }
});
