//! Graphs: what `model!` makes.

use keras_core::prelude::*;

model! {
    /// Two dense layers around a sum.
    pub struct Skip {
        input x: Input<4>;
        let a = Dense<_, 4, Tanh>(x);
        let b = Dense<_, 4, Relu>(a);
        let sum = Add(a, b);
        let y = Dense<_, 1>(sum);
        output y;
    }
}

const _: () = assert!(Skip::<Cpu>::PARAMS == 20 + 20 + 5);

#[test]
fn it_predicts() {
    let mut net = Skip::<Cpu>::new(1);
    let y = net.predict(&[[0.1, 0.2, 0.3, 0.4]]).unwrap();
    println!("{}", net.summary());
    assert_eq!(y.samples(), 1);
}
