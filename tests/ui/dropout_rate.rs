use keras_core::prelude::*;

const RATE: f64 = 1.5;
const PERCENT: usize = 20;

sequential! { pub struct Literal< Input<4>, Dropout<20>, Dropout<-0.5>, Dropout<rate = 1.5> > }
sequential! { pub struct Named< Input<4>, Dropout<RATE> > }
sequential! { pub struct Typed< Input<4>, Dropout<PERCENT> > }

fn main() {}

// mistakes: 5
