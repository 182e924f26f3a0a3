use keras_core::layers::Text;
use keras_core::prelude::*;
use keras_core::shape::Dims;

#[derive(Clone, Default)]
pub struct Halve;
pub struct Half<S>(core::marker::PhantomData<fn() -> S>);
impl<S: Shape> Shape for Half<S> {
    const DIMS: Dims = Dims::new([S::DIMS.last() / 2]);
}
impl<const N: usize> Layer<Rank1<N>> for Halve {
    type Out = Half<Rank1<N>>;
    const FAULT: Option<Text> = if N % 2 == 0 {
        None
    } else {
        Some(Text::new("needs an even number of features, but is given ").num(N))
    };
}

sequential! { pub struct Odd< Input<7>, Halve, Dense<_, 3> > }
sequential! { pub struct After< Input<8>, Halve, Dense<8, 3> > }
sequential! { pub struct Option_< Input<8>, Halve<factr = 3>, Dense<4, 3> > }

fn main() {}

// mistakes: 3
