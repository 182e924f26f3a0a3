//! `load` of a whole training, and a step after it, on any bytes whose checksum is right.
#![no_main]

mod file;

use keras_core::prelude::*;
use keras_core::saving::seal;
use libfuzzer_sys::fuzz_target;

sequential! { struct Net< Dense<1, 2, Tanh>, Dense<_, 1> > }

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    seal(&mut bytes);
    let path = file::with(&bytes);
    let mut net = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    if net.load(&path).is_ok() {
        let _ = net.train_on_batch(&[[0.5]], &[[1.0]]);
    }
    let backup = BackupAndRestore::new(path.with_extension("safetensors"));
    if std::fs::rename(&path, backup.path()).is_ok() {
        let fit = Fit::epochs(2).batch_size(1).verbose(Verbose::Silent).callback(backup);
        let stop = EarlyStopping::default().monitor("loss").restore_best_weights(true);
        let _ = net.fit(&[[0.5], [0.25]], &[[1.0], [0.0]], fit.callback(stop));
    }
});
