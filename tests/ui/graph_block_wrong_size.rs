use keras_core::prelude::*;

model! {
    pub struct Net {
        block twice<F>(x) {
            let a = Dense<_, F, Relu>(x);
            let b = Dense<32, F>(a);
            output b;
        }
        input x: Input<100>;
        let h = twice<64>(x);
        let y = Dense<_, 1>(h);
        output y;
    }
}

fn main() {}

// kind: shape
