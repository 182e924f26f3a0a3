//! Whether a layer keeps what the library promises, for layers of one's own: [`conforms!`](crate::conforms).

mod gradient;
mod memory;
mod threads;
mod weights;

use core::fmt;

use crate::backend::{Cpu, Random};
use crate::element::Element;
use crate::model::{Model, OneToOne};
use crate::shape::Shape;

/// What a layer does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Failure {}

impl From<crate::Error> for Failure {
    fn from(error: crate::Error) -> Self {
        Self(error.to_string())
    }
}

/// Checks layers as a model of one's own tests would, in one line: give it what stands between `<` and `>` in
/// [`sequential!`](crate::sequential).
///
/// - The gradients, by the input and by all variables, are those of central differences, in `f64`, in training and
///   outside of it.
/// - The bits are the same for any number of threads, and whichever other samples are in a batch (outside of
///   training).
/// - What was in the workspace before makes no difference: all memory is filled with NaN.
/// - Weights that were saved and loaded again make the same outputs.
///
/// ```
/// use keras_core::prelude::*;
/// keras_core::conforms!(Dense<5, 3, Tanh>).unwrap();
/// keras_core::conforms!(Input<6, 6, 2>, Conv2D<_, 3, 3, padding = Same>, BatchNormalization, Flatten).unwrap();
/// ```
///
/// # Errors
/// A [`Failure`](crate::testing::Failure) that says what differs, and where.
#[macro_export]
macro_rules! conforms {
    ($($layers:tt)*) => {{
        $crate::sequential! { #[allow(keras::all)] struct Conforming< $($layers)* > }
        $crate::testing::conforms::<
            Conforming<$crate::backend::Cpu<f32>>,
            Conforming<$crate::backend::Cpu<f64>>,
        >()
    }};
}

/// What [`conforms!`](crate::conforms) calls, with one model in both precisions.
///
/// # Errors
/// What differs, and where.
pub fn conforms<M32, M64>() -> Result<(), Failure>
where
    M32: OneToOne<Backend = Cpu<f32>>,
    M64: OneToOne<Backend = Cpu<f64>>,
{
    for seed in 0..3 {
        for training in [false, true] {
            gradient::check::<M64>(seed, training)?;
        }
    }
    threads::check::<M32>()?;
    memory::check::<M64>()?;
    weights::check::<M32>()
}

/// Numbers from -2 to 2, none of them very near 0, where many functions have a corner.
fn numbers<E: Element>(random: &mut Random, count: usize) -> Vec<E> {
    let number = |random: &mut Random| {
        let (size, sign) = (0.01 + 1.99 * random.uniform(), random.below(2) == 0);
        E::of(if sign { size } else { -size })
    };
    (0..count).map(|_| number(random)).collect()
}

/// Inputs of `n` samples.
fn inputs<M: OneToOne<Backend = Cpu<E>>, E: Element>(random: &mut Random, n: usize) -> Samples<M::In, E> {
    Samples::new(numbers(random, n * M::In::NUMEL), n)
}

/// Numbers in a shape, as data.
struct Samples<S, E> {
    values: Vec<E>,
    n: usize,
    shape: core::marker::PhantomData<S>,
}

impl<S: Shape, E: Element> Samples<S, E> {
    fn new(values: Vec<E>, n: usize) -> Self {
        Self { values, n, shape: core::marker::PhantomData }
    }

    /// The samples from `start` to before `end`.
    fn part(&self, start: usize, end: usize) -> Self {
        Self::new(self.values[start * S::NUMEL..end * S::NUMEL].to_vec(), end - start)
    }
}

impl<S: Shape, E: Element> crate::data::Data<S, Cpu<E>> for Samples<S, E> {
    fn rows(&self, name: &'static str) -> crate::Result<crate::data::Rows<'_, E>> {
        crate::data::Rows::checked(name, &self.values, self.n)
    }
}

/// The title of a model's layers, for messages.
fn titles<M: Model>() -> String {
    M::LAYERS.iter().map(|layer| layer.title).collect::<Vec<_>>().join(", ")
}

/// An error unless two lists have the same bits.
fn same<M: Model, E: Element>(what: &str, left: &[E], right: &[E]) -> Result<(), Failure> {
    let differs = |(a, b): (&E, &E)| a.f64().to_bits() != b.f64().to_bits();
    match left.iter().zip(right).position(differs) {
        None if left.len() == right.len() => Ok(()),
        None => {
            Err(Failure(format!("{}: {what}: {} and {} numbers", titles::<M>(), left.len(), right.len())))
        }
        Some(at) => {
            Err(Failure(format!("{}: {what}: number {at} is {}, and {}", titles::<M>(), left[at], right[at])))
        }
    }
}
