//! Layers, activations and initial values of a person's own, defined outside of the library.

use core::marker::PhantomData;

use keras_core::activations::Activate;
use keras_core::element::Element;
use keras_core::layers::{Backward, Forward, Run, Text};
use keras_core::prelude::*;
use keras_core::shape::Dims;

/// Keeps every second feature, times a factor.
#[derive(Clone)]
struct Halve {
    factor: f64,
}

impl Default for Halve {
    fn default() -> Self {
        Self { factor: 1.0 }
    }
}

impl Halve {
    fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }
}

/// Half of the features of `S`.
struct Half<S>(PhantomData<fn() -> S>);

impl<S: Shape> Shape for Half<S> {
    const DIMS: Dims = Dims::new([S::DIMS.last() / 2]);
}

impl<const N: usize> Layer<Rank1<N>> for Halve {
    type Out = Half<Rank1<N>>;
    const FAULT: Option<Text> = if N.is_multiple_of(2) {
        None
    } else {
        Some(Text::new("needs an even number of features, but is given ").num(N))
    };
}

impl<const N: usize, E: Element> Run<Rank1<N>, Cpu<E>> for Halve {
    fn forward(&self, io: Forward<'_, Cpu<E>>) {
        for (y, x) in io.y.iter_mut().zip(io.x.chunks(2)) {
            *y = x[0] * E::of(self.factor);
        }
    }
    fn backward(&self, io: Backward<'_, Cpu<E>>) {
        let Some(dx) = io.dx else { return };
        for (dx, dy) in dx.chunks_mut(2).zip(io.dy) {
            dx.copy_from_slice(&[*dy * E::of(self.factor), E::ZERO]);
        }
    }
}

/// A shift of every feature; its shape is its own argument.
#[derive(Clone, Default)]
struct Shift<const N: usize>;

impl<const N: usize> Layer<Rank1<N>> for Shift<N> {
    type Out = Rank1<N>;
}

impl<const N: usize, E: Element> Run<Rank1<N>, Cpu<E>> for Shift<N> {
    fn forward(&self, io: Forward<'_, Cpu<E>>) {
        for (y, x) in io.y.iter_mut().zip(io.x) {
            *y = *x + E::ONE;
        }
    }
    fn backward(&self, io: Backward<'_, Cpu<E>>) {
        if let Some(dx) = io.dx {
            dx.copy_from_slice(io.dy);
        }
    }
}

/// `scale · x`
#[derive(Clone, Debug)]
struct Scaled(f64);

impl Default for Scaled {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Activate for Scaled {
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v *= E::of(self.0);
        }
    }
    fn backward<E: Element>(&self, _: &[E], _: &[E], d: &mut [E]) {
        for d in d {
            *d *= E::of(self.0);
        }
    }
}

type Head = Dense<2, 1>;

/// A layer with the name of a built-in one.
mod namesake {
    use super::*;

    /// Doubles.
    #[derive(Clone, Default)]
    pub struct Dense<const N: usize>;

    impl<const N: usize> Layer<Rank1<N>> for Dense<N> {
        type Out = Rank1<N>;
    }

    impl<const N: usize, E: Element> Run<Rank1<N>, Cpu<E>> for Dense<N> {
        fn forward(&self, io: Forward<'_, Cpu<E>>) {
            for (y, x) in io.y.iter_mut().zip(io.x) {
                *y = *x + *x;
            }
        }
        fn backward(&self, io: Backward<'_, Cpu<E>>) {
            for (dx, dy) in io.dx.into_iter().flatten().zip(io.dy) {
                *dx = *dy + *dy;
            }
        }
    }

    sequential! {
        pub struct Both< Input<2>, self::Dense<_>, Dense<_, 3, kernel_initializer = Ones>, super::namesake::Dense<3> >
    }
}

sequential! {
    struct Net<
        Input<16>,
        Halve,
        Shift<_>,
        Halve<factor = 3.0>,
        self::Shift<4>,
        Dense<_, 6, Scaled, kernel_initializer = Ones>,
        Activation<Scaled>,
    >
}

sequential! {
    pub struct Valued< Input<2>, Dense<2, 4, Scaled(2.0), kernel_initializer = Ones>, Halve, out: Head >
}

#[test]
fn own_layers_take_part() {
    assert_eq!(Net::<Cpu>::PARAMS, 4 * 6 + 6);
    let mut net = Net::<Cpu>::new(1);
    let x: [f32; 16] = core::array::from_fn(|i| i as f32);
    // Halved to 0, 2, .. 14, shifted to 1, 3, .. 15, halved and tripled to 3, 15, 27, 39, shifted by 1.
    assert_eq!(net.predict(&[x]).unwrap().to_vec(), [88.0; 6]);
    let names: Vec<&str> = Net::<Cpu>::LAYERS.iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["halve", "shift", "halve_1", "shift_1", "dense", "activation"]);
}

#[test]
fn a_path_means_ones_own_layer_of_a_built_in_name() {
    assert_eq!(namesake::Both::<Cpu>::PARAMS, 2 * 3 + 3);
    let mut net = namesake::Both::<Cpu>::new(1);
    // (1 + 2) doubled twice.
    assert_eq!(net.predict(&[[1.0, 2.0]]).unwrap().to_vec(), [12.0; 3]);
}

#[test]
fn own_values_are_set() {
    let mut net = Valued::<Cpu>::new(1);
    net.out_mut().kernel()[0][0] = 1.0;
    net.out_mut().kernel()[1][0] = 0.5;
    // (1 + 2) times 2, of which two features stay.
    assert_eq!(net.predict(&[[1.0, 2.0]]).unwrap().to_vec(), [9.0]);
}
