use keras_core::prelude::*;

model! {
    pub struct Net {
        block twice<F>(x) {
            let a = Dense<_, F, Relu>(x);
            output a;
        }
        input x: Input<100>;
        let h = twise<64>(x);
        output h;
    }
}

fn main() {}
