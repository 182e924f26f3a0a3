//! That the instructions of a level are those that it names.

use super::super::simd::{Level, level, levels};
use super::super::vector::{Job, Vector, Vectors};

/// `-1 + (1 + e)(1 - e)`, which is 0 where the product is rounded first.
struct Fused;

impl Job<f32> for Fused {
    type Out = f32;
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = f32>>(self) -> f32 {
        let e = core::hint::black_box(f32::EPSILON);
        let mut out = [0.0; 16];
        // SAFETY: the caller's; no vector has more than sixteen elements.
        unsafe {
            V::splat(-1.0).plus_product(V::splat(1.0 + e), V::splat(1.0 - e)).store(out.as_mut_ptr());
        }
        out[0]
    }
}

#[test]
fn all_but_the_portable_level_round_a_product_and_its_sum_once() {
    for level in levels() {
        let rounded = if level == Level::Portable { 0.0 } else { -f32::EPSILON * f32::EPSILON };
        assert_eq!(f32::at(level, Fused), rounded, "{level:?}");
    }
}

#[test]
fn the_widest_level_is_chosen() {
    assert_eq!(Some(&level()), levels().last());
    // Every 64-bit ARM processor has it.
    #[cfg(target_arch = "aarch64")]
    assert_eq!(level(), Level::Neon);
}
