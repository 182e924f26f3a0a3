use keras_shapes::{Join, merge, merge_text};

use super::{Named, Shapes};
use crate::backend::{Backend, Merge, Merging};
use crate::layers::{Backward, Forward, Layer, OTHERS, Operation, Run, Text};
use crate::shape::{Dims, Shape};

/// The shape of several values together, sizes of 1 counting for any.
#[derive(Debug)]
pub struct Each<T>(Named<T>);

#[diagnostic::do_not_recommend]
impl<T: Shapes> Shape for Each<T> {
    const DIMS: Dims = match merge(Join::Each, T::DIMS) {
        Ok(dims) => dims,
        Err(_) => T::DIMS[0],
    };
}

/// All inputs, as one list.
pub(super) fn inputs<'a, B: Backend>(
    x: crate::backend::Floats<'a, B>,
    others: &[crate::backend::Floats<'a, B>],
) -> [crate::backend::Floats<'a, B>; OTHERS + 1] {
    core::array::from_fn(|i| if i == 0 { x } else { others.get(i - 1).copied().unwrap_or(x) })
}

/// Whether all have the same sizes.
const fn same(dims: &[Dims]) -> bool {
    let mut i = 1;
    while i < dims.len() {
        if !dims[i].same(dims[0]) {
            return false;
        }
        i += 1;
    }
    true
}

macro_rules! each {
    ($($(#[doc = $doc:literal])* $name:ident, $merging:ident, $does:literal, $passes:expr;)*) => {$(
        $(#[doc = $doc])*
        ///
        /// - Inputs: 2 to 8 values of one shape; a size of 1, and one that is not there in front, counts for any.
        /// - Output: the largest of each size.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $name;

        impl<T: Shapes> Layer<T> for $name {
            type Out = Each<T>;
            const FAULT: Option<Text> = merge_text("it", $does, Join::Each, T::DIMS);
            const PASSES: bool = $passes && same(T::DIMS);
            const FLOPS: usize = <Each<T> as Shape>::NUMEL.saturating_mul(T::DIMS.len() - 1);
            fn operation(&self) -> Option<Operation> {
                Some(Operation::Merge(Merging::$merging))
            }
        }

        impl<T: Shapes, B: Backend> Run<T, B> for $name {
            fn forward(&self, io: Forward<'_, B>) {
                let merge =
                    Merge { merging: Merging::$merging, inputs: T::DIMS, output: <Each<T> as Shape>::DIMS };
                let xs = inputs::<B>(io.x, io.others);
                io.device.merge(&merge, io.n, &xs[..T::DIMS.len()], io.y);
            }
            fn backward(&self, io: Backward<'_, B>) {
                let merge =
                    Merge { merging: Merging::$merging, inputs: T::DIMS, output: <Each<T> as Shape>::DIMS };
                let xs = inputs::<B>(io.x, io.others);
                let dy = B::freeze(io.dy);
                let all = core::iter::once(io.dx).chain(io.other_dx);
                for (which, dx) in all.take(T::DIMS.len()).enumerate() {
                    if let Some(dx) = dx {
                        io.device.merge_back(&merge, io.n, which, &xs[..T::DIMS.len()], dy, dx);
                    }
                }
            }
        }
    )*};
}

each! {
    /// The sum of values: `y = a + b + ..`. Keras: [`Add`](https://keras.io/api/layers/merging_layers/add/).
    ///
    /// In a graph: `Add(a, b)`; in a chain, [`Residual`](crate::sequential) adds what goes in.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// model! {
    ///     struct Net {
    ///         input x: Input<2>;
    ///         let twice = Add(x, x);
    ///         output twice;
    ///     }
    /// }
    /// assert_eq!(Net::<Cpu>::new(1).predict(&[[1.0, 2.0]])?.to_vec(), [2.0, 4.0]);
    /// # keras_core::Result::Ok(())
    /// ```
    Add, Sum, "adds", true;
    /// The difference of two values: `y = a - b`. Keras:
    /// [`Subtract`](https://keras.io/api/layers/merging_layers/subtract/).
    ///
    /// In a graph: `Subtract(a, b)`.
    Subtract, Difference, "subtracts", false;
    /// The product of values, element by element. Keras:
    /// [`Multiply`](https://keras.io/api/layers/merging_layers/multiply/).
    ///
    /// In a graph: `Multiply(a, b)`.
    Multiply, Product, "multiplies", false;
    /// The mean of values, element by element. Keras:
    /// [`Average`](https://keras.io/api/layers/merging_layers/average/).
    ///
    /// In a graph: `Average(a, b)`.
    Average, Mean, "averages", false;
    /// The largest of values, element by element; its gradient goes to the first that is as large. Keras:
    /// [`Maximum`](https://keras.io/api/layers/merging_layers/maximum/).
    ///
    /// In a graph: `Maximum(a, b)`.
    Maximum, Largest, "compares", false;
    /// The smallest of values, element by element; its gradient goes to the first that is as small. Keras:
    /// [`Minimum`](https://keras.io/api/layers/merging_layers/minimum/).
    ///
    /// In a graph: `Minimum(a, b)`.
    Minimum, Smallest, "compares", false;
}
