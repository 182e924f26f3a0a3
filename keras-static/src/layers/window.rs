use core::marker::PhantomData;

use keras_shapes::Window as Rule;

/// `H` by `W` pixels that are `DH` and `DW` apart, moved by `SH` down and `SW` to the right.
#[derive(Debug)]
pub struct Window<
    const H: usize,
    const W: usize,
    const SH: usize = 1,
    const SW: usize = 1,
    const DH: usize = 1,
    const DW: usize = 1,
>;

/// A [`Window`].
pub trait SlidingWindow {
    /// As the shape rules know it, without padding.
    const RULE: Rule;
}

impl<const H: usize, const W: usize, const SH: usize, const SW: usize, const DH: usize, const DW: usize>
    SlidingWindow for Window<H, W, SH, SW, DH, DW>
{
    const RULE: Rule = Rule { size: [H, W], strides: [SH, SW], dilation: [DH, DW], same: false };
}

/// What a window does at the edges of an image.
pub trait Padding {
    /// Whether zeros around the image make the output as large as it is, divided by the strides.
    const SAME: bool;
}

/// The window stays inside of the image.
#[derive(Debug)]
pub struct Valid;
/// Zeros stand around the image.
#[derive(Debug)]
pub struct Same;
/// The same as `P`; that the strides leave nothing over was looked at by the macro.
#[derive(Debug)]
pub struct Strict<P>(PhantomData<P>);

impl Padding for Valid {
    const SAME: bool = false;
}
impl Padding for Same {
    const SAME: bool = true;
}
impl<P: Padding> Padding for Strict<P> {
    const SAME: bool = P::SAME;
}

/// The window as the shape rules know it.
pub const fn rule<K: SlidingWindow, P: Padding>() -> Rule {
    Rule { same: P::SAME, ..K::RULE }
}

/// Where a window meets an image.
#[derive(Clone, Copy)]
pub struct Meeting {
    rule: Rule,
    image: [usize; 2],
    before: [usize; 2],
}

impl Meeting {
    pub fn new(rule: Rule, image: [usize; 2]) -> Self {
        Self { rule, image, before: rule.before(image) }
    }

    /// The number of the pixel that tap `k` meets at place `o`; `None` outside of the image.
    #[inline(always)]
    pub fn pixel(&self, o: [usize; 2], k: [usize; 2]) -> Option<usize> {
        let at = |axis: usize| {
            let at = o[axis] * self.rule.strides[axis] + k[axis] * self.rule.dilation[axis];
            at.checked_sub(self.before[axis]).filter(|at| *at < self.image[axis])
        };
        Some(at(0)? * self.image[1] + at(1)?)
    }
}
