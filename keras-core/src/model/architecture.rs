use std::path::Path;

use crate::backend::{Backend, Random};
use crate::data::Data;
use crate::error::Result;
use crate::layers::{Operation, Rules};
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::{Backward, Forward, LayerInfo, Layout, OutputKind, Row, Store, Summary, frozen};
use crate::optimizers::Optimizer;
use crate::saving;
use crate::training::{Compiled, predict};
use crate::values::{Signals, Values};

/// What a model gives for a batch: a tensor, or a tuple of them.
pub type Outputs<M> = <<M as Model>::Output as Signals>::Tensors<<M as Model>::Backend>;

/// The values of a model's layers; the same for every backend.
pub trait Architecture {
    /// One value a layer.
    type Layers: Send + Sync;
}

/// A network with its parameters, on a device. The macros implement it.
///
/// ```
/// use keras_core::prelude::*;
///
/// sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> > }
/// const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);
///
/// let mut model = Mlp::<Cpu>::new(7);
/// let y = model.predict(&[[0.5; 100]; 2])?;
/// assert_eq!(y.samples(), 2);
/// # keras_core::Result::Ok(())
/// ```
pub trait Model: Sized + Send + 'static {
    /// The device that it runs on.
    type Backend: Backend;
    /// What it takes: a shape, or a tuple of shapes.
    type Input: Signals;
    /// What it gives: a shape, or a tuple of shapes.
    type Output: Signals;
    /// What its last layer makes.
    type OutputKind: OutputKind;
    /// The model as it is written as a layer of others: without a backend.
    #[doc(hidden)]
    type Architecture;
    #[doc(hidden)]
    type Layers: Send + Sync;

    /// Its name, as declared.
    const NAME: &'static str;
    /// The names of what it takes, where it takes several values.
    const INPUTS: &'static [&'static str] = &[];
    /// The names of what it gives, where it gives several values.
    const OUTPUTS: &'static [&'static str] = &[];
    /// How many parameters it has, with what its layers remember without learning it.
    const PARAMS: usize;
    /// Floating-point operations of a forward pass of one sample.
    const FLOPS: usize;
    /// Floats a sample that its layers' outputs take, with what they keep for the backward pass.
    const ACTIVATIONS: usize;
    /// Bytes a sample that a training step takes in `f32`, beside the data, the parameters and what
    /// is kept for each of those: the activations and their gradients.
    const WORKSPACE_BYTES: usize;
    /// Its layers, in order.
    const LAYERS: &'static [LayerInfo];
    #[doc(hidden)]
    const LAYOUT: Layout;
    #[doc(hidden)]
    const ROWS: &'static [Row] = &[];
    #[doc(hidden)]
    const ENDS: &'static [usize] = &[];

    /// A new model on a device, its parameters drawn from `seed`.
    ///
    /// # Errors
    /// If the device has not enough memory.
    fn new_on(device: Self::Backend, seed: u64) -> Result<Self>;

    #[doc(hidden)]
    fn init_layer(
        layers: &Self::Layers,
        layer: usize,
        variable: usize,
        random: &mut Random,
        values: &mut [f32],
    );
    #[doc(hidden)]
    fn rules(layers: &Self::Layers, layer: usize, variable: usize) -> Option<&Rules>;
    #[doc(hidden)]
    fn operation(layers: &Self::Layers, layer: usize) -> Option<Operation> {
        let _ = (layers, layer);
        None
    }
    #[doc(hidden)]
    fn forward(layers: &Self::Layers, pass: Forward<'_, '_, Self::Backend>);
    #[doc(hidden)]
    fn backward(layers: &Self::Layers, pass: Backward<'_, '_, '_, Self::Backend>);
    #[doc(hidden)]
    fn layers(&self) -> &Self::Layers;
    #[doc(hidden)]
    fn store(&self) -> &Store<Self::Backend>;
    #[doc(hidden)]
    fn store_mut(&mut self) -> &mut Store<Self::Backend>;
    #[doc(hidden)]
    fn split(&mut self) -> (&Self::Layers, &mut Store<Self::Backend>);

    /// A new model on the default device, its parameters drawn from `seed`: the same seed gives the
    /// same parameters, on every backend.
    #[must_use]
    fn new(seed: u64) -> Self
    where
        Self::Backend: Default,
    {
        match Self::new_on(Self::Backend::default(), seed) {
            Ok(model) => model,
            Err(error) => panic!("{}: {error}", Self::NAME),
        }
    }

    /// Its device.
    fn device(&self) -> &Self::Backend {
        &self.store().device
    }

    /// Makes it ready for training: with an optimizer, a loss, and a tuple of metrics (`()` for none). A model
    /// with several outputs takes a tuple of losses, and a tuple of tuples of metrics.
    fn compile<O, L, M, T>(self, optimizer: O, loss: L, metrics: M) -> Compiled<Self, O, L, M>
    where
        O: Optimizer,
        // Named, so that a loss that does not apply is one error, at the loss.
        L: Objective<Self::Output, Target = T>,
        M: AllMetrics<Self::Output, T>,
        T: Values,
    {
        Compiled::new(self, optimizer, loss, metrics)
    }

    /// The outputs for `x`, computed in batches of 32.
    ///
    /// # Errors
    /// If `x` is empty, has another shape, or has a NaN or an infinity in it.
    fn predict<X>(&mut self, x: &X) -> Result<Outputs<Self>>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
    {
        let x = x.rows("x")?;
        let mut out = Self::Output::tensors(self.device(), Self::Input::samples(&x))?;
        predict::predict_into(self, &x, predict::BATCH, &mut out)?;
        Ok(out)
    }

    /// The outputs for `x`, computed in batches of 32 and written to `out`, which is made as large as
    /// they are. If it is so already, nothing is allocated.
    ///
    /// # Errors
    /// As [`predict`](Self::predict).
    fn predict_into<X>(&mut self, x: &X, out: &mut Outputs<Self>) -> Result<()>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
    {
        predict::predict_into(self, &x.rows("x")?, predict::BATCH, out)
    }

    /// The outputs for `x`, computed in one batch.
    ///
    /// # Errors
    /// As [`predict`](Self::predict).
    fn predict_on_batch<X>(&mut self, x: &X) -> Result<Outputs<Self>>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
    {
        let x = x.rows("x")?;
        let mut out = Self::Output::tensors(self.device(), Self::Input::samples(&x))?;
        predict::predict_into(self, &x, Self::Input::samples(&x), &mut out)?;
        Ok(out)
    }

    /// Lets training leave the layer of this name as it is: what it learns stays, and so does what it
    /// remembers. Keras: `layer.trainable = False`. The attribute `#[frozen]` before a layer declares the same.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { struct Net< #[frozen] features: Dense<2, 8, Tanh>, Dense<_, 1> > }
    /// let mut net = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    /// let before = *net.features().kernel();
    /// net.train_on_batch(&[[0.0, 1.0]], &[[1.0]])?;
    /// assert_eq!(*net.features().kernel(), before);
    ///
    /// net.unfreeze("features")?;
    /// net.train_on_batch(&[[0.0, 1.0]], &[[1.0]])?;
    /// assert_ne!(*net.features().kernel(), before);
    ///
    /// let error = net.freeze("feature").unwrap_err();
    /// assert_eq!(error.to_string(), "layer: expected one of features, dense, but found feature");
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// If there is no layer of this name.
    fn freeze(&mut self, layer: &str) -> Result<()> {
        frozen::set(self, layer, true)
    }

    /// Lets training change the layer of this name again.
    ///
    /// # Errors
    /// If there is no layer of this name.
    fn unfreeze(&mut self, layer: &str) -> Result<()> {
        frozen::set(self, layer, false)
    }

    /// The names of the layers that training leaves as they are.
    fn frozen_layers(&self) -> Vec<&'static str> {
        let frozen = &self.store().frozen;
        Self::LAYERS.iter().filter(|layer| frozen.is(layer)).map(|layer| layer.name).collect()
    }

    /// Whether training leaves the layer of this name as it is.
    ///
    /// # Errors
    /// If there is no layer of this name.
    fn is_frozen(&self, layer: &str) -> Result<bool> {
        Ok(frozen::find::<Self>(layer)?.all(|layer| self.store().frozen.is(layer)))
    }

    /// Writes the weights to a safetensors file, under the names `layer/variable`. Either the whole
    /// file is written, or what was there before stays.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn save_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::save_weights(self, path)
    }

    /// Writes the model as an ONNX file, for other programs to run: see [`saving::onnx`]. Either the whole file
    /// is written, or what was there before stays.
    ///
    /// # Errors
    /// If a layer or an activation of one's own has no counterpart there (all such are listed), or the file
    /// cannot be written.
    #[cfg(feature = "onnx")]
    fn save_onnx(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::onnx::save(self, path)
    }

    /// Reads the weights from a safetensors file. All names and shapes must fit.
    ///
    /// # Errors
    /// If the file cannot be read, is no such file, or does not fit: then the error lists everything
    /// that differs, and nothing was loaded.
    fn load_weights(&mut self, path: impl AsRef<Path>) -> Result<()> {
        saving::load_weights(self, path)
    }

    /// Reads what fits of the weights in a safetensors file, for a model that begins with a part of another
    /// one: see [`Load`](saving::Load). What comes back says what was loaded and what was not.
    ///
    /// # Errors
    /// As [`load_weights`](Self::load_weights), but for what `how` lets pass.
    fn load_weights_with(&mut self, path: impl AsRef<Path>, how: saving::Load) -> Result<saving::Loaded> {
        saving::load_weights_with(self, path, how)
    }

    /// Writes the model to a `.keras` file that Keras opens: see [`save_keras`](saving::keras::save_keras).
    ///
    /// # Errors
    /// If the file cannot be written, or the model has something that Keras has not: all of that.
    #[cfg(feature = "keras-files")]
    fn save_keras(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::keras::save_keras(self, path)
    }

    /// Writes the weights to a `.weights.h5` file as Keras does: see
    /// [`save_keras_weights`](saving::keras::save_keras_weights).
    ///
    /// # Errors
    /// As [`save_keras`](Self::save_keras).
    #[cfg(feature = "keras-files")]
    fn save_keras_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::keras::save_keras_weights(self, path)
    }

    /// Keras' table of layers, output shapes and parameters, with FLOPs and bytes.
    fn summary(&self) -> Summary {
        Summary::of(self)
    }
}
