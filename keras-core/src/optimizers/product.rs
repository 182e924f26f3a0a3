//! Products of matrices whose sizes are known when the program runs: convolutions of images of one column
//! with kernels of one pixel, which every device has.

use crate::activations::Linear;
use crate::backend::{Backend, Conv2d, Floats, FloatsMut};

/// `a b = c`, `a` being `m` by `k`, `b` `k` by `n` and `c` `m` by `n`, all row-major.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    m: usize,
    k: usize,
    n: usize,
}

impl Product {
    pub fn new([m, k, n]: [usize; 3]) -> Self {
        Self { m, k, n }
    }

    fn conv(self) -> Conv2d {
        Conv2d {
            input: [self.m, 1, self.k],
            output: [self.m, 1, self.n],
            kernel: [1, 1],
            strides: [1, 1],
            dilation: [1, 1],
            before: [0, 0],
            groups: 1,
        }
    }

    /// `c = a b`
    pub fn c<B: Backend>(self, device: &B, a: Floats<'_, B>, b: Floats<'_, B>, c: FloatsMut<'_, B>) {
        device.conv2d(&self.conv(), 1, a, b, None, &Linear, c);
    }

    /// `a = c bᵀ`
    pub fn a<B: Backend>(self, device: &B, c: Floats<'_, B>, b: Floats<'_, B>, a: FloatsMut<'_, B>) {
        device.conv2d_back_input(&self.conv(), 1, c, b, a);
    }

    /// `b = aᵀ c`
    pub fn b<B: Backend>(self, device: &B, a: Floats<'_, B>, c: Floats<'_, B>, b: FloatsMut<'_, B>) {
        device.conv2d_back_weights(&self.conv(), 1, a, c, b, None, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Cpu;

    #[test]
    fn all_three() {
        let cpu = Cpu::<f64>::default();
        let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, -1.0, 0.0, 2.0, 3.0, 1.0]);
        let product = Product::new([2, 3, 2]);
        let mut c = [0.0; 4];
        product.c(&cpu, &a, &b, &mut c);
        assert_eq!(c, [10.0, 6.0, 22.0, 12.0]);
        let (mut x, mut y) = ([0.0; 6], [0.0; 6]);
        product.a(&cpu, &c, &b, &mut x);
        assert_eq!(x, [4.0, 12.0, 36.0, 10.0, 24.0, 78.0]);
        product.b(&cpu, &a, &c, &mut y);
        assert_eq!(y, [98.0, 54.0, 130.0, 72.0, 162.0, 90.0]);
    }
}
