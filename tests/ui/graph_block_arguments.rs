use keras_core::prelude::*;

model! {
    pub struct Net {
        block twice<F>(v) {
            let a = Dense<_, F, Relu>(v);
            let b = Dense<_, F>(a);
            output b;
        }
        input x: Input<100>;
        let h = twice(x);
        output h;
    }
}

fn main() {}
