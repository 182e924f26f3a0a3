use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let hidden = Dense<_, 64, Relu>(x);
        output hiden;
    }
}

fn main() {}
