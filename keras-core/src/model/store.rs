use crate::backend::{Backend, FloatBuf, Random};
use crate::error::Result;
use crate::losses::Each;
use crate::model::{Frozen, Model, Ruled, activity, ruled};
use crate::values::Values;

/// What a model holds beside its layers' values: its device, its parameters and its workspace.
pub struct Store<B: Backend> {
    pub(crate) device: B,
    pub(crate) params: FloatBuf<B>,
    pub(crate) rooms: Rooms<B>,
    /// For the samples of a batch, where the device has to copy them: one for each value that the model takes.
    pub(crate) input: Vec<FloatBuf<B>>,
    /// What training leaves as it is.
    pub(crate) frozen: Frozen<B>,
    /// Variables with a regularizer or a constraint.
    pub(crate) ruled: Vec<Ruled>,
    /// Whether there are penalties on what layers make.
    pub(crate) watched: bool,
    pub(crate) seed: u64,
    pub(crate) step: u64,
}

impl<B: Backend> Store<B> {
    /// All parameters, layer by layer.
    #[must_use]
    pub const fn params(&self) -> &FloatBuf<B> {
        &self.params
    }

    /// All parameters, to be changed.
    pub const fn params_mut(&mut self) -> &mut FloatBuf<B> {
        &mut self.params
    }
}

/// Where a batch is worked off.
pub struct Rooms<B: Backend> {
    /// For the front; at least one.
    pub(crate) lanes: Vec<Lane<B>>,
    /// For the head.
    pub(crate) head: Room<B>,
    /// What the front gives the head.
    pub(crate) between: FloatBuf<B>,
    /// The gradient by it.
    pub(crate) between_gradient: FloatBuf<B>,
    /// The outputs of the last batch.
    pub(crate) output: FloatBuf<B>,
}

/// Where layers work.
pub struct Room<B: Backend> {
    /// What they compute and keep.
    pub(crate) work: FloatBuf<B>,
    /// The gradients by it.
    pub(crate) spare: FloatBuf<B>,
}

/// What one worker needs for its part of a batch.
pub struct Lane<B: Backend> {
    /// What layers compute and keep: one buffer, or one for each tile where a tile comes back later.
    pub(crate) works: Vec<FloatBuf<B>>,
    /// The gradients by it.
    pub(crate) spare: FloatBuf<B>,
    /// The front's outputs.
    pub(crate) output: FloatBuf<B>,
    /// The gradients by the front's parameters; the first lane borrows the step's.
    pub(crate) grads: FloatBuf<B>,
    /// Its sums of losses, one for each output.
    pub(crate) losses: Each,
}

impl<B: Backend> Rooms<B> {
    fn new(device: &B) -> Result<Self> {
        let none = || device.alloc(0);
        let head = Room { work: none()?, spare: none()? };
        let lanes = vec![Lane::new(device)?];
        Ok(Self { lanes, head, between: none()?, between_gradient: none()?, output: none()? })
    }
}

impl<B: Backend> Lane<B> {
    pub(crate) fn new(device: &B) -> Result<Self> {
        let none = || device.alloc(0);
        Ok(Self {
            works: Vec::new(),
            spare: none()?,
            output: none()?,
            grads: none()?,
            losses: Each::default(),
        })
    }
}

/// Makes a buffer at least this large; what was in it is lost then.
#[inline]
pub(crate) fn reserve<B: Backend>(device: &B, buf: &mut FloatBuf<B>, floats: usize) -> Result<()> {
    if B::len(buf) < floats {
        *buf = device.alloc(floats)?;
    }
    Ok(())
}

/// The store of a new model, its parameters drawn from `seed`.
///
/// # Errors
/// If the device has not enough memory.
pub fn new_store<M: Model>(device: M::Backend, seed: u64, layers: &M::Layers) -> Result<Store<M::Backend>> {
    let mut params = device.alloc(M::LAYOUT.params())?;
    let mut stream = 0;
    for (number, layer) in M::LAYERS.iter().enumerate() {
        for (index, (variable, range)) in layer.places().enumerate() {
            let mut values = vec![0.0_f32; variable.dims.numel()];
            M::init_layer(layers, number, index, &mut Random::new(seed, stream), &mut values);
            stream += 1;
            let values: Vec<_> = values.into_iter().map(|v| crate::element::Element::of(v.into())).collect();
            device.write(M::Backend::view_mut(&mut params, range), &values);
        }
    }
    let input = M::Input::DIMS.iter().map(|_| device.alloc(0)).collect::<Result<_>>()?;
    let frozen = Frozen::new(&device, M::LAYERS)?;
    Ok(Store {
        frozen,
        ruled: ruled::of::<M>(layers),
        watched: activity::is_any::<M>(layers),
        params,
        rooms: Rooms::new(&device)?,
        input,
        seed,
        step: 0,
        device,
    })
}
