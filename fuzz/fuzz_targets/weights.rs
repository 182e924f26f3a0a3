//! `load_weights` and `load_weights_with`, on any bytes.
#![no_main]

mod file;

use keras_core::prelude::*;
use keras_core::saving::{Load, seal};
use libfuzzer_sys::fuzz_target;

sequential! { struct Net< Dense<1, 2, Tanh>, Dense<_, 1> > }

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    seal(&mut bytes);
    let path = file::with(&bytes);
    let mut net = Net::<Cpu>::new(1);
    let _ = net.load_weights(&path);
    let _ = net.load_weights_with(&path, Load::by_name().skip_mismatch(true));
});
