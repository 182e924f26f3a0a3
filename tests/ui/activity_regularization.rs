use keras_core::prelude::*;

const FACTOR: f64 = -0.5;

sequential! {
    pub struct Net<
        Dense<4, 8, activity_regulariser = L2>,
        ActivityRegularization<l1 = -0.5>,
        ActivityRegularization<l3 = 0.1>,
        ActivityRegularization<0.1>,
    >
}
sequential! { pub struct Named< Input<4>, ActivityRegularization<l2 = FACTOR> > }

fn main() {}

// mistakes: 5
