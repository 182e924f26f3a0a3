use libm::{erff, expf, expm1f, fabsf, log1pf, tanhf};

use super::Activate;

/// Activations of each number by itself.
macro_rules! each {
    ($($(#[$doc:meta])* $name:ident: |$x:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub struct $name;

        impl Activate for $name {
            fn rows(&self, _: usize, y: &mut [f32]) {
                for v in y {
                    let $x = *v;
                    *v = $value;
                }
            }
        }
    )*};
}

each! {
    /// `max(x, 0)`
    Relu: |x| if x < 0.0 { 0.0 } else { x };
    /// `min(max(x, 0), 6)`
    Relu6: |x| x.clamp(0.0, 6.0);
    /// `1 / (1 + e^-x)`
    Sigmoid: |x| sigmoid(x);
    /// `min(max(x / 6 + 1/2, 0), 1)`
    HardSigmoid: |x| hard_sigmoid(x);
    /// `tanh x`
    Tanh: |x| tanhf(x);
    /// `ln(1 + e^x)`
    Softplus: |x| softplus(x);
    /// `x / (1 + |x|)`
    Softsign: |x| x / (1.0 + fabsf(x));
    /// `x · sigmoid(x)`
    Silu: |x| x * sigmoid(x);
    /// `x · hard_sigmoid(x)`
    HardSilu: |x| x * hard_sigmoid(x);
    /// `x / 2 · (1 + erf(x / √2))`
    Gelu: |x| 0.5 * x * (1.0 + erff(x * core::f32::consts::FRAC_1_SQRT_2));
    /// `e^x`
    Exponential: |x| expf(x);
    /// `x · tanh(softplus(x))`
    Mish: |x| x * tanhf(softplus(x));
    /// `1.0507 · x`, below 0 `1.0507 · 1.6733 · (e^x - 1)`
    Selu: |x| 1.050_701 * if x > 0.0 { x } else { 1.673_263_2 * expm1f(x) };
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + expf(-x))
}

fn hard_sigmoid(x: f32) -> f32 {
    (x / 6.0 + 0.5).clamp(0.0, 1.0)
}

fn softplus(x: f32) -> f32 {
    x.max(0.0) + log1pf(expf(-fabsf(x)))
}

/// `x`
#[derive(Debug, Default)]
pub struct Linear;

impl Activate for Linear {
    fn rows(&self, _: usize, _: &mut [f32]) {}
}

/// `x`, below 0 `negative_slope · x`
#[derive(Debug)]
pub struct LeakyRelu(f32);

impl LeakyRelu {
    /// With this slope below 0.
    #[must_use]
    pub const fn new(negative_slope: f64) -> Self {
        Self(negative_slope as f32)
    }
}

impl Default for LeakyRelu {
    fn default() -> Self {
        Self::new(0.2)
    }
}

impl Activate for LeakyRelu {
    fn rows(&self, _: usize, y: &mut [f32]) {
        y.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v *= self.0);
    }
}

/// `x`, below 0 `alpha · (e^x - 1)`
#[derive(Debug)]
pub struct Elu(f32);

impl Elu {
    /// With this factor below 0.
    #[must_use]
    pub const fn new(alpha: f64) -> Self {
        Self(alpha as f32)
    }
}

impl Default for Elu {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Activate for Elu {
    fn rows(&self, _: usize, y: &mut [f32]) {
        y.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v = self.0 * expm1f(*v));
    }
}
