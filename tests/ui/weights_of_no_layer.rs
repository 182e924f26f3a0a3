use keras_core::prelude::*;

sequential! { pub struct Net< hidden: Dense<4, 3, Relu>, Dense<_, 1> > }

fn main() {
    let model = Net::<Cpu>::new(7);
    let _ = model.hiden();
}
