use keras_core::prelude::*;

sequential! {
    pub struct Mlp<
        Dense<100, 64, Relu>,
        Dropout<0.5>,
        Dense<32, 1, Linear>,
    >
}

fn main() {
    let mut model = Mlp::<Cpu>::new(7);
    let y: Tensor<Rank1<1>> = model.predict(&[[0.5; 100]; 2]).unwrap();
    const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);
    const _: () = assert!(Mlp::<Cpu>::LAYERS.len() == 3);
    println!("{model:?} {:?}", y.to_vec());
}

// kind: shape
