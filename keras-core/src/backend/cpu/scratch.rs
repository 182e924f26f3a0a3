//! Memory of each thread that products and convolutions pack their panels into.

use core::cell::RefCell;

use super::conv::DEEP;
use super::panels::DEPTH;

/// A cache line, so that panels begin at one.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line {
    _bytes: [u8; 64],
}

/// Bytes of the widest panel's row: two vectors of 64.
const ROW: usize = 128;

/// Rows of the longest panel.
const ROWS: usize = if DEPTH > DEEP { DEPTH } else { DEEP };

/// Room of this thread for [`DEPTH`] and for [`DEEP`] rows of two vectors, one user at a time. It is allocated when a thread comes here for
/// the first time, and stays where it is until the thread ends.
#[inline]
pub fn panel<E>() -> *mut E {
    thread_local! {
        static PANEL: RefCell<Vec<Line>> = const { RefCell::new(Vec::new()) };
    }
    PANEL.with_borrow_mut(|panel| {
        if panel.is_empty() {
            panel.resize(ROWS * ROW / size_of::<Line>(), Line { _bytes: [0; 64] });
        }
        panel.as_mut_ptr().cast()
    })
}
