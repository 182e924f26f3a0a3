use super::compiled::Compiled;
use super::fit::Fit;
use super::history::History;
use super::looping;
use super::validation::Validation;
use crate::backend::Backend;
use crate::data::Data;
use crate::error::Result;
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::values::{Signals, Values};

/// [`fit`](Self::fit), for every compiled model.
///
/// It is a trait so that a model whose output does not fit its loss can have a `fit` of its own that makes
/// the compiler warn: see `misfit.rs`.
pub trait Train {
    /// The device.
    type Backend: Backend;
    /// What the model takes.
    type Input: Signals;
    /// What the loss compares what the model gives with.
    type Target: Values;

    /// Trains the model on inputs and targets.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::ndarray::{Array2, Axis};
    ///
    /// sequential! { struct Net< Dense<3, 8, Relu>, Dense<_, 1> > }
    /// let x = Array2::from_shape_fn((64, 3), |(i, j)| ((i * 7 + j * 3) % 10) as f32 / 10.0);
    /// let y = x.sum_axis(Axis(1));
    /// let mut model = Net::<Cpu>::new(1).compile(Adam::new(0.01), MeanSquaredError::default(), ());
    /// let history = model.fit(&x, &y, Fit::epochs(5).verbose(Verbose::Silent))?;
    /// assert!(history["loss"][4] < history["loss"][0]);
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// If the data is empty, has another shape, has a NaN or an infinity in it or a class number that
    /// there is no output for, if arrays differ in the number of samples, or an argument makes no
    /// sense: the message says where. An error of a callback ends the training.
    fn fit<X, Y, V>(&mut self, x: &X, y: &Y, fit: Fit<'_, V>) -> Result<History>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<Self::Target, Self::Backend> + ?Sized,
        V: Validation<Self::Input, Self::Target, Self::Backend>;
}

/// A compiled model; for a model that is not, the compiler says what to do instead of that it finds
/// no `fit`. Nobody else can name it.
#[diagnostic::on_unimplemented(
    message = "the model `{Self}` is not compiled yet, so that it cannot be trained",
    label = "compile it first: `.compile(optimizer, loss, metrics)`"
)]
pub trait IsCompiled {
    type Model: Model;
    type Optimizer: Optimizer;
    type Loss: Objective<<Self::Model as Model>::Output>;
    type Metrics: AllMetrics<
            <Self::Model as Model>::Output,
            <Self::Loss as Objective<<Self::Model as Model>::Output>>::Target,
        >;

    fn compiled(&mut self) -> &mut Compiled<Self::Model, Self::Optimizer, Self::Loss, Self::Metrics>;
}

impl<M, O, L, Ms> IsCompiled for Compiled<M, O, L, Ms>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    type Model = M;
    type Optimizer = O;
    type Loss = L;
    type Metrics = Ms;

    fn compiled(&mut self) -> &mut Self {
        self
    }
}

impl<C: IsCompiled> Train for C {
    type Backend = <C::Model as Model>::Backend;
    type Input = <C::Model as Model>::Input;
    type Target = <C::Loss as Objective<<C::Model as Model>::Output>>::Target;

    fn fit<X, Y, V>(&mut self, x: &X, y: &Y, fit: Fit<'_, V>) -> Result<History>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<Self::Target, Self::Backend> + ?Sized,
        V: Validation<Self::Input, Self::Target, Self::Backend>,
    {
        looping::fit(self.compiled(), x, y, fit)
    }
}
