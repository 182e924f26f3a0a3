use keras_core::prelude::*;

sequential! {
    pub struct Mlp<
        hidden: Dense<100, 64, Relu>,
        hidden: Dense<64, 32>,
        predict: Dense<32, 16>,
        hidden_mut: Dense<16, 8>,
    >
}
sequential! { pub struct Word< type: Dense<100, 64, Relu> > }

fn main() {
    let model = Mlp::<Cpu>::new(7);
    model.hidden().kernel();
}

// mistakes: 4
