use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Dense<_, 64, Relu>(x);
        output h, h;
    }
}

fn main() {}
