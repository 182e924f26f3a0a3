//! Matrix products.

use crate::element::Scalar;

/// A matrix in a slice: how far it is from one row, and from one column, to the next.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, E> {
    pub data: &'a [E],
    pub row: usize,
    pub column: usize,
}

/// An element that there is a product kernel for.
#[doc(hidden)]
pub trait Product: Scalar {
    /// `c = a b`, or `c += a b`, `c` being `m` by `n` and row-major with rows `stride` apart, `k` the
    /// inner size.
    #[allow(clippy::too_many_arguments, reason = "it is what a product has")]
    fn product(
        m: usize,
        n: usize,
        k: usize,
        a: Matrix<'_, Self>,
        b: Matrix<'_, Self>,
        c: &mut [Self],
        stride: usize,
        add: bool,
    );
}

fn reaches<E>(matrix: Matrix<'_, E>, rows: usize, columns: usize) -> bool {
    rows == 0 || columns == 0 || (rows - 1) * matrix.row + (columns - 1) * matrix.column < matrix.data.len()
}

macro_rules! product {
    ($t:ty) => {
        impl Product for $t {
            fn product(
                m: usize,
                n: usize,
                k: usize,
                a: Matrix<'_, Self>,
                b: Matrix<'_, Self>,
                c: &mut [Self],
                stride: usize,
                add: bool,
            ) {
                assert!(reaches(a, m, k) && reaches(b, k, n) && (m == 0 || (m - 1) * stride + n <= c.len()));
                // SAFETY: the assertion above keeps every access inside the three slices, `c` is
                // borrowed alone, and strides that come from slice lengths fit in an isize.
                unsafe {
                    gemm::gemm(
                        m,
                        n,
                        k,
                        c.as_mut_ptr(),
                        1,
                        stride as isize,
                        add,
                        a.data.as_ptr(),
                        a.column as isize,
                        a.row as isize,
                        b.data.as_ptr(),
                        b.column as isize,
                        b.row as isize,
                        1.0,
                        1.0,
                        false,
                        false,
                        false,
                        gemm::Parallelism::None,
                    );
                }
            }
        }
    };
}

product!(f32);
product!(f64);
