/// How weights are loaded: all of them, or those that fit.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::saving::Load;
///
/// sequential! { struct Ten< features: Dense<4, 8, Relu>, top: Dense<_, 10> > }
/// sequential! { struct Three< features: Dense<4, 8, Relu>, top: Dense<_, 3> > }
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("ten.safetensors");
/// Ten::<Cpu>::new(1).save_weights(&path)?;
/// let mut net = Three::<Cpu>::new(2);
/// let loaded = net.load_weights_with(&path, Load::by_name().skip_mismatch(true))?;
/// assert_eq!(loaded.loaded, ["features/kernel", "features/bias"]);
/// assert_eq!(loaded.skipped[0], "`top/kernel` is [8, 3] in the model, but [8, 10] in the file");
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub(crate) by_name: bool,
    pub(crate) skip_mismatch: bool,
}

impl Load {
    /// All variables, and no others. The same as the default.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// The variables whose names are in the model and in the file. Others of the model stay as they are.
    #[must_use]
    pub fn by_name() -> Self {
        Self { by_name: true, skip_mismatch: false }
    }

    /// Whether a layer stays as it is, instead of an error, where one of its variables has another shape
    /// in the file. Default: no.
    #[must_use]
    pub fn skip_mismatch(mut self, skip: bool) -> Self {
        self.skip_mismatch = skip;
        self
    }
}

/// What was loaded, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Variables that were loaded.
    pub loaded: Vec<String>,
    /// Variables of layers that stay as they are, because one of them has another shape: a sentence each.
    pub skipped: Vec<String>,
    /// Variables that are not in the file, and stay as they are.
    pub missing: Vec<String>,
    /// Tensors of the file that the model has no variable for.
    pub extra: Vec<String>,
}
