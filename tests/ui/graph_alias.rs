use keras_core::prelude::*;

type Head = Dense<32, 10, Softmax>;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Dense<_, 64, Relu>(x);
        let y = Head(h);
        output y;
    }
}

fn main() {
    let mut model = Net::<Cpu>::new(7);
    model.predict(&[[0.5; 100]; 2]).unwrap();
}

// kind: shape
