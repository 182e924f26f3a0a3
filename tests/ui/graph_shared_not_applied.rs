use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        layer embed: Dense<_, 64, Relu>;
        let a = Dense<_, 3>(embed);
        output a;
    }
}

fn main() {}
