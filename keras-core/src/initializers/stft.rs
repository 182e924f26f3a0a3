use core::f64::consts::PI;

use super::{Initializer, StftWindow};
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// What a window is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StftScaling {
    /// The root of its sum of squares. Keras: `density`.
    #[default]
    Density,
    /// Its sum. Keras: `spectrum`.
    Spectrum,
    /// Nothing. Keras: `None`.
    None,
}

/// A kernel of shape (frame, 1, frequencies) with which a convolution is a short-time Fourier transform:
/// `w(t) cos(2π t f / n)`, or `-w(t) sin(2π t f / n)` for its [imaginary](Self::imag) part, with the window
/// `w` and `n = 2 · (frequencies - 1)`. Keras: `STFT`.
///
/// The real part, [`StftWindow::Hann`] and [`StftScaling::Density`] by default; windows are symmetric
/// unless they are [`periodic`](Self::periodic). Without a window nothing is scaled. Axes between the first
/// and the last, of which Keras takes one of size 1, have the same numbers all along.
///
/// ```
/// use keras_core::backend::Random;
/// use keras_core::initializers::{Initializer, STFT};
/// use keras_core::shape::Dims;
///
/// let mut kernel = [0.0; 6];
/// STFT::default().window(None).fill(Dims::new([2, 1, 3]), &mut Random::new(1, 0), &mut kernel);
/// assert!(kernel.iter().zip([1.0, 1.0, 1.0, 1.0, 0.0, -1.0]).all(|(v, expected)| (v - expected).abs() < 1e-6));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct STFT {
    imag: bool,
    window: Option<StftWindow>,
    scaling: StftScaling,
    periodic: bool,
}

impl STFT {
    /// The imaginary part. Keras: `side="imag"`.
    #[must_use]
    pub const fn imag() -> Self {
        Self::side(true)
    }

    const fn side(imag: bool) -> Self {
        Self { imag, window: Some(StftWindow::Hann), scaling: StftScaling::Density, periodic: false }
    }

    /// With another window, or none.
    #[must_use]
    pub const fn window(mut self, window: Option<StftWindow>) -> Self {
        self.window = window;
        self
    }

    /// With another scaling of the window.
    #[must_use]
    pub const fn scaling(mut self, scaling: StftScaling) -> Self {
        self.scaling = scaling;
        self
    }

    /// Whether the window's first number would follow its last.
    #[must_use]
    pub const fn periodic(mut self, periodic: bool) -> Self {
        self.periodic = periodic;
        self
    }
}

impl Default for STFT {
    fn default() -> Self {
        Self::side(false)
    }
}

impl Initializer for STFT {
    fn fill(&self, dims: Dims, _: &mut Random, values: &mut [f32]) {
        let (frame, frequencies) = (dims.sizes().first().copied().unwrap_or(1), dims.last());
        let (frame, frequencies) = if dims.rank < 2 { (1, frequencies) } else { (frame, frequencies) };
        let at = |t: usize| self.window.map_or(1.0, |window| window.at(t, frame, self.periodic));
        let scale = match (self.window, self.scaling) {
            (None, _) | (_, StftScaling::None) => 1.0,
            (_, StftScaling::Density) => (0..frame).map(|t| at(t) * at(t)).sum::<f64>().sqrt(),
            (_, StftScaling::Spectrum) => (0..frame).map(|t| at(t).abs()).sum(),
        };
        // A window of zeros, as Hann's of two numbers, stays one.
        let scale = if scale > 0.0 { scale } else { 1.0 };
        let length = (2 * (frequencies.max(2) - 1)) as f64;
        let rows = values.len() / (frame.max(1) * frequencies.max(1));
        for (i, row) in values.chunks_mut(frequencies.max(1)).enumerate() {
            let t = i / rows.max(1);
            for (f, v) in row.iter_mut().enumerate() {
                let angle = -2.0 * PI * (t * f) as f64 / length;
                let wave = if self.imag { angle.sin() } else { angle.cos() };
                *v = (wave * at(t) / scale) as f32;
            }
        }
    }
}

configured! {
    [] STFT, "STFT", "keras.initializers", Default::default(), |this, fields| {
        let mut side = if this.imag { Side::Imag } else { Side::Real };
        fields.field("side", &mut side)?;
        this.imag = side == Side::Imag;
        fields.field("window", &mut this.window)?;
        let mut scaling = Some(this.scaling).filter(|scaling| *scaling != StftScaling::None);
        fields.field("scaling", &mut scaling)?;
        this.scaling = scaling.unwrap_or(StftScaling::None);
        fields.field("periodic", &mut this.periodic)?;
    }
}

#[cfg(feature = "serde")]
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Real,
    Imag,
}
#[cfg(feature = "serde")]
crate::config::words! { Side: "real" => Side::Real, "imag" => Side::Imag }
#[cfg(feature = "serde")]
crate::config::words! {
    StftScaling: "density" => StftScaling::Density, "spectrum" => StftScaling::Spectrum, "none" => StftScaling::None
}
#[cfg(feature = "serde")]
crate::config::words! {
    StftWindow: "hann" => StftWindow::Hann, "boxcar" => StftWindow::Boxcar, "bartlett" => StftWindow::Bartlett,
    "hamming" => StftWindow::Hamming, "blackman" => StftWindow::Blackman,
    "blackmanharris" => StftWindow::BlackmanHarris, "nuttall" => StftWindow::Nuttall,
    "flattop" => StftWindow::Flattop, "cosine" => StftWindow::Cosine
}
