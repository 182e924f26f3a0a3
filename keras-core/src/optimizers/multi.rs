use super::{AnyOptimizer, AnyStep, Optimizer, Options};
use crate::error::{Error, Result};

/// Several optimizers, each for its layers. Keras:
/// [`MultiOptimizer`](https://keras.io/api/optimizers/multi_optimizer/).
///
/// What is not named goes to the first one, the default. A name is that of a layer, of a model among the layers,
/// or of one weight, `dense_1/kernel`, which comes before that of its layer. Each optimizer has its own learning
/// rate, state, clipping, averages and accumulation; the loss scale is this one's. As in Keras it has no learning
/// rate of its own: change those of its [`optimizers`](Self::optimizers_mut).
///
/// ```
/// use keras_core::prelude::*;
///
/// sequential! { struct Net< body: Dense<2, 4, Tanh>, head: Dense<_, 1> > }
/// let optimizer = MultiOptimizer::new(SGD::new(0.01)).with("head", Adam::new(0.1));
/// let mut net = Net::<Cpu>::new(3).compile(optimizer, MeanSquaredError::default(), ());
/// net.fit(&[[0.0, 1.0]], &[[1.0]], Fit::epochs(2).verbose(Verbose::Silent))?;
///
/// let optimizer = MultiOptimizer::new(SGD::default()).with("tail", Adam::default());
/// let mut net = net.into_model().compile(optimizer, MeanSquaredError::default(), ());
/// let error = net.fit(&[[0.0, 1.0]], &[[1.0]], Fit::epochs(2)).unwrap_err().to_string();
/// assert_eq!(error, "MultiOptimizer: expected the name of a layer: body, head, but found `tail`");
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MultiOptimizer {
    default: AnyOptimizer,
    named: Vec<(&'static str, AnyOptimizer)>,
    options: Options,
}

impl MultiOptimizer {
    /// With this one for all layers that are not named.
    #[must_use]
    pub fn new(default: impl Into<AnyOptimizer>) -> Self {
        let mut multi = Self { default: default.into(), named: Vec::new(), options: Options::new(0.0) };
        multi.default.options_mut().loss_scale_factor = None;
        multi
    }

    /// With this one for the layer, the model or the weight of this name. Its loss scale does not count.
    #[must_use]
    pub fn with(mut self, name: &'static str, optimizer: impl Into<AnyOptimizer>) -> Self {
        let mut optimizer = optimizer.into();
        optimizer.options_mut().loss_scale_factor = None;
        self.named.push((name, optimizer));
        self
    }

    /// With this factor that the loss is multiplied by before it is differentiated.
    #[must_use]
    pub const fn loss_scale_factor(mut self, factor: f64) -> Self {
        self.options.loss_scale_factor = Some(factor);
        self
    }

    /// All of them: those that are named, in order, and the default one, without a name.
    pub fn optimizers(&self) -> impl Iterator<Item = (Option<&'static str>, &AnyOptimizer)> {
        let named = self.named.iter().map(|(name, optimizer)| (Some(*name), optimizer));
        named.chain(core::iter::once((None, &self.default)))
    }

    /// The same, to be changed: their learning rates, for one.
    pub fn optimizers_mut(&mut self) -> impl Iterator<Item = (Option<&'static str>, &mut AnyOptimizer)> {
        let named = self.named.iter_mut().map(|(name, optimizer)| (Some(*name), optimizer));
        named.chain(core::iter::once((None, &mut self.default)))
    }

    /// Which of [`optimizers`](Self::optimizers) a variable goes to.
    pub(super) fn place(&self, layer: &str, variable: &str) -> Result<usize> {
        let of_layer = |name: &'static str| name.strip_prefix(layer)?.strip_prefix('/');
        if let Some(place) = self.named.iter().position(|(name, _)| of_layer(name) == Some(variable)) {
            return Ok(place);
        }
        let mut places = (0..self.named.len()).filter(|&place| is_called(layer, self.named[place].0));
        match (places.next(), places.next()) {
            (Some(first), Some(second)) => {
                let found = format!("`{}` and `{}`", self.named[first].0, self.named[second].0);
                let expected = format!("one optimizer for {layer}/{variable}");
                Err(Error::argument("MultiOptimizer", expected, found))
            }
            (first, _) => Ok(first.unwrap_or(self.named.len())),
        }
    }
}

/// Whether a layer has this name, or is in the model that has it.
fn is_called(layer: &str, name: &str) -> bool {
    layer.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Optimizer for MultiOptimizer {
    // Its steps are those of the others: the state asks for them.
    type Update = AnyStep;
    const NAME: &'static str = "multi_optimizer";

    fn slot_names(&self) -> &'static [&'static str] {
        &[]
    }
    fn step(&self, iteration: u64) -> AnyStep {
        self.default.step(iteration)
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn set_learning_rate(&mut self, _: f64) -> Result<()> {
        let expected = "one of its optimizers, for its learning rate to be changed";
        Err(Error::argument("learning_rate", expected, "MultiOptimizer, which has none"))
    }
    fn several(&self) -> Option<&MultiOptimizer> {
        Some(self)
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        self.optimizers().try_for_each(|(_, optimizer)| optimizer.check())
    }
}
