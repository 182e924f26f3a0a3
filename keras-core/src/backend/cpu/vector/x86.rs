//! AVX2 and AVX-512 registers.

use core::arch::x86_64::*;

use super::{Job, Vector};

/// What the kinds share. `mask` selects the first elements.
macro_rules! vector {
    (
        $vector:ty, $elem:ty, len $len:literal, rows $rows:literal, features $features:literal,
        $splat:ident, $load:ident, $store:ident, $fma:ident, $add:ident, $max:ident,
        mask |$n:ident| $mask:expr, load |$from:ident, $m:ident| $load_first:expr, $store_first:ident,
        sum |$s:ident| $sum:expr
        $(, transpose $transpose:path)?
    ) => {
        // SAFETY: every access is to the elements that the caller names: masked instructions leave
        // the others alone, and do not fault for them.
        unsafe impl Vector for $vector {
            type Elem = $elem;
            const LEN: usize = $len;
            const ROWS: usize = $rows;

            #[inline(always)]
            unsafe fn splat(v: $elem) -> Self {
                // SAFETY: the caller's, here and below.
                unsafe { $splat(v) }
            }
            #[inline(always)]
            unsafe fn load(from: *const $elem) -> Self {
                // SAFETY: as above.
                unsafe { $load(from) }
            }
            #[inline(always)]
            unsafe fn load_first($from: *const $elem, $n: usize) -> Self {
                // SAFETY: as above.
                unsafe {
                    let $m = $mask;
                    $load_first
                }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $elem) {
                // SAFETY: as above.
                unsafe { $store(to, self) }
            }
            #[inline(always)]
            unsafe fn store_first(self, to: *mut $elem, $n: usize) {
                // SAFETY: as above.
                unsafe { $store_first(to, $mask, self) }
            }
            #[inline(always)]
            unsafe fn plus_product(self, a: Self, b: Self) -> Self {
                // SAFETY: as above.
                unsafe { $fma(a, b, self) }
            }
            #[inline(always)]
            unsafe fn rectified(self) -> Self {
                // Of a NaN and a number the instruction takes what stands second.
                // SAFETY: as above.
                unsafe { $max($splat(0.0), self) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: as above.
                unsafe { $add(self, other) }
            }
            #[inline(always)]
            unsafe fn sum(self) -> $elem {
                let $s = self;
                // SAFETY: as above.
                unsafe { $sum }
            }
            $(
                #[inline(always)]
                unsafe fn transpose(from: *const $elem, from_row: usize, to: *mut $elem, to_row: usize) {
                    // SAFETY: as above.
                    unsafe { $transpose(from, from_row, to, to_row) }
                }
            )?
            #[inline(never)]
            #[target_feature(enable = $features)]
            unsafe fn call<J: Job<$elem>>(job: J) -> J::Out {
                // SAFETY: as above.
                unsafe { job.run::<Self>() }
            }
        }
    };
}

vector!(
    __m512, f32, len 16, rows 12, features "avx2,fma,avx512f,avx512vl,avx512bw,avx512dq",
    _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_fmadd_ps, _mm512_add_ps, _mm512_max_ps,
    mask |n| ((1_u32 << n) - 1) as __mmask16,
    load |from, mask| _mm512_maskz_loadu_ps(mask, from),
    _mm512_mask_storeu_ps,
    sum |v| _mm512_reduce_add_ps(v),
    transpose transpose16
);

vector!(
    __m512d, f64, len 8, rows 12, features "avx2,fma,avx512f,avx512vl,avx512bw,avx512dq",
    _mm512_set1_pd, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_fmadd_pd, _mm512_add_pd, _mm512_max_pd,
    mask |n| ((1_u32 << n) - 1) as __mmask8,
    load |from, mask| _mm512_maskz_loadu_pd(mask, from),
    _mm512_mask_storeu_pd,
    sum |v| _mm512_reduce_add_pd(v)
);

vector!(
    __m256, f32, len 8, rows 6, features "avx2,fma",
    _mm256_set1_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_fmadd_ps, _mm256_add_ps, _mm256_max_ps,
    mask |n| _mm256_cmpgt_epi32(_mm256_set1_epi32(n as i32), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
    load |from, mask| _mm256_maskload_ps(from, mask),
    _mm256_maskstore_ps,
    sum |v| sum(core::mem::transmute::<__m256, [f32; 8]>(v)),
    transpose transpose8
);

vector!(
    __m256d, f64, len 4, rows 6, features "avx2,fma",
    _mm256_set1_pd, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_fmadd_pd, _mm256_add_pd, _mm256_max_pd,
    mask |n| _mm256_cmpgt_epi64(_mm256_set1_epi64x(n as i64), _mm256_setr_epi64x(0, 1, 2, 3)),
    load |from, mask| _mm256_maskload_pd(from, mask),
    _mm256_maskstore_pd,
    sum |v| sum(core::mem::transmute::<__m256d, [f64; 4]>(v))
);

/// By halves, as the register's lanes add up.
#[inline(always)]
fn sum<E: Copy + core::ops::Add<Output = E>, const N: usize>(mut v: [E; N]) -> E {
    let mut half = N / 2;
    while half > 0 {
        for i in 0..half {
            v[i] = v[i] + v[i + half];
        }
        half /= 2;
    }
    v[0]
}

/// Four rows of four in each lane, transposed.
macro_rules! transpose_lanes {
    ($rows:ident, $lo:ident, $hi:ident, $shuffle:ident) => {{
        let [r0, r1, r2, r3] = $rows;
        let (a, b, c, d) = ($lo(r0, r1), $hi(r0, r1), $lo(r2, r3), $hi(r2, r3));
        [$shuffle::<0x44>(a, c), $shuffle::<0xee>(a, c), $shuffle::<0x44>(b, d), $shuffle::<0xee>(b, d)]
    }};
}

/// # Safety
/// As [`Vector::transpose`].
#[inline(always)]
unsafe fn transpose16(from: *const f32, from_row: usize, to: *mut f32, to_row: usize) {
    // SAFETY: the caller's; every access is to a row's four elements from `4 q` on, or to a whole row.
    unsafe {
        let four = |row: usize, q: usize| _mm_loadu_ps(from.add(row * from_row + 4 * q));
        for q in 0..4 {
            // Row i of each lane: rows i, i + 4, i + 8, i + 12 of the block.
            let rows = core::array::from_fn(|i| {
                let v = _mm512_castps128_ps512(four(i, q));
                let v = _mm512_insertf32x4::<1>(v, four(i + 4, q));
                let v = _mm512_insertf32x4::<2>(v, four(i + 8, q));
                _mm512_insertf32x4::<3>(v, four(i + 12, q))
            });
            let columns = transpose_lanes!(rows, _mm512_unpacklo_ps, _mm512_unpackhi_ps, _mm512_shuffle_ps);
            for (j, column) in columns.into_iter().enumerate() {
                _mm512_storeu_ps(to.add((4 * q + j) * to_row), column);
            }
        }
    }
}

/// # Safety
/// As [`Vector::transpose`].
#[inline(always)]
unsafe fn transpose8(from: *const f32, from_row: usize, to: *mut f32, to_row: usize) {
    // SAFETY: as above.
    unsafe {
        let four = |row: usize, q: usize| _mm_loadu_ps(from.add(row * from_row + 4 * q));
        for q in 0..2 {
            let rows = core::array::from_fn(|i| {
                _mm256_insertf128_ps::<1>(_mm256_castps128_ps256(four(i, q)), four(i + 4, q))
            });
            let columns = transpose_lanes!(rows, _mm256_unpacklo_ps, _mm256_unpackhi_ps, _mm256_shuffle_ps);
            for (j, column) in columns.into_iter().enumerate() {
                _mm256_storeu_ps(to.add((4 * q + j) * to_row), column);
            }
        }
    }
}
