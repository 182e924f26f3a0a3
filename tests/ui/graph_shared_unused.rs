use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        layer embed: Dense<_, 64>;
        let h = Dense<_, 64, Relu>(x);
        output h;
    }
}

fn main() {}
