use core::fmt::Debug;
use core::marker::PhantomData;

use keras_shapes::Window as Rule;

/// A window that slides over an image: `H` by `W` pixels that are `DH` and `DW` apart, moved by `SH`
/// down and `SW` to the right.
///
/// It stands in the types of [`Conv2D`](super::Conv2D), where strides and dilation are 1 unless they are
/// said to be otherwise, and of pools, whose strides are their size.
///
/// ```
/// use keras_core::layers::{SlidingWindow, Window};
/// assert_eq!(<Window<3, 5> as SlidingWindow>::STRIDES, [1, 1]);
/// assert_eq!(<Window<2, 2, 2, 2> as SlidingWindow>::STRIDES, [2, 2]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window<
    const H: usize,
    const W: usize,
    const SH: usize = 1,
    const SW: usize = 1,
    const DH: usize = 1,
    const DW: usize = 1,
>;

/// What layers need to know of a [`Window`]. Pairs are height and width.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a window",
    label = "expected `Window<HEIGHT, WIDTH>`, with strides and dilation behind that"
)]
pub trait SlidingWindow: Clone + Copy + Debug + Default + PartialEq + Send + Sync + 'static {
    /// How many pixels it looks at.
    const SIZE: [usize; 2];
    /// How far it goes at each step.
    const STRIDES: [usize; 2];
    /// How far those pixels lie apart; 1 for neighbours.
    const DILATION: [usize; 2];
}

impl<const H: usize, const W: usize, const SH: usize, const SW: usize, const DH: usize, const DW: usize>
    SlidingWindow for Window<H, W, SH, SW, DH, DW>
{
    const SIZE: [usize; 2] = [H, W];
    const STRIDES: [usize; 2] = [SH, SW];
    const DILATION: [usize; 2] = [DH, DW];
}

/// What a window does at the edges of an image: [`Valid`], [`Same`], or one of them [`Strict`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a padding",
    label = "expected `Valid` or `Same`, or one of them in `Strict<..>`"
)]
pub trait Padding: Clone + Copy + Debug + Default + PartialEq + Send + Sync + 'static {
    /// Whether zeros around the image make the output as large as it is, divided by the strides.
    const SAME: bool;
    /// Whether strides that leave something over are a mistake.
    const STRICT: bool = false;
}

/// The window stays inside of the image: of `h` rows it makes `(h - span) / stride + 1`, rounded down,
/// where a window of `size` rows spans `dilation · (size - 1) + 1`. Keras: `padding="valid"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Valid;

/// Zeros stand around the image, so that of `h` rows it makes `h / stride`, rounded up. Of an odd number
/// of zeros the smaller half is above and left. Keras: `padding="same"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Same;

/// The padding `P`; but strides that leave rows or columns over, or go past the image, do not compile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strict<P>(PhantomData<P>);

impl Padding for Valid {
    const SAME: bool = false;
}

impl Padding for Same {
    const SAME: bool = true;
}

impl<P: Padding> Padding for Strict<P> {
    const SAME: bool = P::SAME;
    const STRICT: bool = true;
}

/// The window as the shape rules know it.
pub(super) const fn rule<K: SlidingWindow, P: Padding>() -> Rule {
    Rule { size: K::SIZE, strides: K::STRIDES, dilation: K::DILATION, same: P::SAME }
}

/// Types that are named and nothing else.
pub(super) type Named<T> = PhantomData<fn() -> T>;
