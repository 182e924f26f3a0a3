use crate::backend::{Backend, FloatBuf, Random};
use crate::error::Result;
use crate::model::Model;

/// What a model holds beside its layers' values: its device, its parameters and its workspace.
pub struct Store<B: Backend> {
    pub(crate) device: B,
    pub(crate) params: FloatBuf<B>,
    pub(crate) work: FloatBuf<B>,
    pub(crate) input: FloatBuf<B>,
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

    /// Makes the workspace at least this large.
    #[inline]
    pub(crate) fn reserve(&mut self, floats: usize) -> Result<()> {
        if B::len(&self.work) < floats {
            self.work = self.device.alloc(floats)?;
        }
        Ok(())
    }
}

/// The store of a new model, its parameters drawn from `seed`.
///
/// # Errors
/// If the device has not enough memory.
pub fn new_store<M: Model>(device: M::Backend, seed: u64, layers: &M::Layers) -> Result<Store<M::Backend>> {
    let mut params = device.alloc(M::PARAMS)?;
    let mut stream = 0;
    for (number, layer) in M::LAYERS.iter().enumerate() {
        let mut start = layer.offset;
        for (index, variable) in layer.variables.iter().enumerate() {
            let mut values = vec![0.0_f32; variable.dims.numel()];
            M::init_layer(layers, number, index, &mut Random::new(seed, stream), &mut values);
            stream += 1;
            let end = start + values.len();
            let values: Vec<_> = values.into_iter().map(|v| crate::element::Element::of(v.into())).collect();
            device.write(M::Backend::view_mut(&mut params, start..end), &values);
            start = end;
        }
    }
    Ok(Store { params, work: device.alloc(0)?, input: device.alloc(0)?, seed, step: 0, device })
}
