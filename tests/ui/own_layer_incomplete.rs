use keras_core::prelude::*;

pub struct NotDefault;
impl Layer<Rank1<4>> for NotDefault {
    type Out = Rank1<4>;
}

pub struct NoLayer;

sequential! { pub struct Net< Dense<100, 4, Relu>, NoLayer, Dense<_, 3> > }
sequential! { pub struct Const< Dense<100, SIZE, Relu>, Dense<_, MISSING>, Dense<_, WRONG> > }

const SIZE: usize = 5;
const WRONG: f64 = 5.0;

fn main() {}

// mistakes: 5
