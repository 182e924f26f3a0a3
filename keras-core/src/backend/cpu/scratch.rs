//! Memory of each thread that products and convolutions pack their panels into.

use core::cell::RefCell;

use super::conv::DEEP;
use super::large::WIDE;
use super::panels::{DEPTH, TALL};

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
    PANEL.with_borrow_mut(|panel| room(panel, ROWS * ROW))
}

/// Another room of this thread, for [`TALL`] rows of [`DEPTH`] elements; only large products need it.
#[inline]
pub fn rows<E>() -> *mut E {
    thread_local! {
        static TALLEST: RefCell<Vec<Line>> = const { RefCell::new(Vec::new()) };
    }
    TALLEST.with_borrow_mut(|rows| room(rows, TALL * DEPTH * size_of::<E>()))
}

/// And one for [`DEPTH`] rows of [`WIDE`] columns.
#[inline]
pub fn columns<E>() -> *mut E {
    thread_local! {
        static WIDEST: RefCell<Vec<Line>> = const { RefCell::new(Vec::new()) };
    }
    WIDEST.with_borrow_mut(|columns| room(columns, WIDE * DEPTH * size_of::<E>()))
}

fn room<E>(lines: &mut Vec<Line>, bytes: usize) -> *mut E {
    let needed = bytes.div_ceil(size_of::<Line>());
    if lines.len() < needed {
        lines.resize(needed, Line { _bytes: [0; 64] });
    }
    lines.as_mut_ptr().cast()
}
