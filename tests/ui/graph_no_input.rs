use keras_core::prelude::*;

model! {
    pub struct Net {
        let h = Dense<100, 64, Relu>(x);
        output h;
    }
}

fn main() {}
