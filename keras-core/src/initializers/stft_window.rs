use core::f64::consts::PI;

/// The window of an [`STFT`](super::STFT), by the names that `scipy.signal.windows` has for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StftWindow {
    /// 1 everywhere.
    Boxcar,
    /// A triangle that is 0 at both ends.
    Bartlett,
    /// A raised cosine that is 0 at both ends.
    #[default]
    Hann,
    /// A raised cosine that is 0.08 at both ends.
    Hamming,
    /// Three cosines.
    Blackman,
    /// Four cosines, the smallest side lobes.
    BlackmanHarris,
    /// Four cosines, Nuttall's.
    Nuttall,
    /// Five cosines, flat at the top.
    Flattop,
    /// Half a sine, between the points.
    Cosine,
}

impl StftWindow {
    /// The number at `t` of `len`.
    pub(super) fn at(self, t: usize, len: usize, periodic: bool) -> f64 {
        if len <= 1 {
            return 1.0;
        }
        let points = (if periodic { len + 1 } else { len }) as f64;
        // From 0 to 1.
        let place = t as f64 / (points - 1.0);
        let cosines: &[f64] = match self {
            Self::Boxcar => &[1.0],
            Self::Bartlett => return 1.0 - (2.0 * place - 1.0).abs(),
            Self::Hann => &[0.5, 0.5],
            Self::Hamming => &[0.54, 0.46],
            Self::Blackman => &[0.42, 0.5, 0.08],
            Self::BlackmanHarris => &[0.35875, 0.48829, 0.14128, 0.01168],
            Self::Nuttall => &[0.363_581_9, 0.489_177_5, 0.136_599_5, 0.010_641_1],
            Self::Flattop => &[0.215_578_95, 0.416_631_58, 0.277_263_158, 0.083_578_947, 0.006_947_368],
            Self::Cosine => return (PI * (t as f64 + 0.5) / points).sin(),
        };
        let waves = (0..).zip(cosines).map(|(k, a)| a * (f64::from(k) * PI * (2.0 * place - 1.0)).cos());
        waves.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(window: StftWindow, len: usize, periodic: bool) -> Vec<f64> {
        (0..len).map(|t| window.at(t, len, periodic)).collect()
    }

    #[track_caller]
    fn same(mine: &[f64], expected: &[f64]) {
        assert!(mine.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{mine:?}, {expected:?}");
    }

    #[test]
    fn windows_are_what_their_names_say() {
        same(&window(StftWindow::Hann, 5, false), &[0.0, 0.5, 1.0, 0.5, 0.0]);
        same(&window(StftWindow::Hann, 4, true), &[0.0, 0.5, 1.0, 0.5]);
        same(&window(StftWindow::Bartlett, 5, false), &[0.0, 0.5, 1.0, 0.5, 0.0]);
        same(&window(StftWindow::Hamming, 3, false), &[0.08, 1.0, 0.08]);
        same(&window(StftWindow::Cosine, 2, false), &[0.5_f64.sqrt(), 0.5_f64.sqrt()]);
        same(&window(StftWindow::Boxcar, 2, true), &[1.0, 1.0]);
        for all in
            [StftWindow::Blackman, StftWindow::BlackmanHarris, StftWindow::Nuttall, StftWindow::Flattop]
        {
            let window = window(all, 9, false);
            assert!((window[4] - 1.0).abs() < 1e-8, "{all:?} is {} in the middle", window[4]);
            assert!(window[0].abs() < 1e-3, "{all:?} is {} at its ends", window[0]);
            same(&window, &window.iter().rev().copied().collect::<Vec<_>>());
        }
    }
}
