//! The coefficients for `f32`.

use super::float::{Float, float};

float!(f32, u32, {
    const LN_2: (Self, Self) = (0.69314575, 1.4286068e-6);
    const EXP_RANGE: (Self, Self) = (-104.0, 89.0);
    const EXP_M1_MIN: Self = -18.0;
    const EXP: &'static [Self] = &[0.5, 0.16666667, 0.0416664, 0.008333277, 0.0013938303, 0.00019912222];
    const LN: &'static [Self] = &[0.66666776, 0.3997758, 0.2987093];
    const TANH: &'static [Self] = &[-0.3333328, 0.13331406, -0.053736515, 0.020628167, -0.005692296];
    const ERF: &'static [Self] =
        &[0.12837917, -0.37612626, 0.11283579, -0.026853347, 0.005187162, -0.0007997853, 7.806903e-5];
    const ERF_MAX: Self = 4.0;
    const ERFC: (&'static [Self], &'static [Self]) =
        (&[1.0003777, 0.67742884, 0.20253864, -0.000178148], &[1.0, 1.8084326, 1.2346143, 0.354145]);
});
