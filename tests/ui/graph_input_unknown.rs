use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Inputs<100>;
        let h = Dense<_, 64, Relu>(x);
        output h;
    }
}

fn main() {}
