use core::ops::{Deref, DerefMut};

use super::pages::ask_for_large;
use crate::error::{Error, Result};

/// Bytes of a cache line, and of the widest vector: one that lies across two lines costs two loads.
const LINE: usize = 64;

/// A buffer that begins at a cache line.
pub struct Buffer<T> {
    room: Vec<T>,
    start: usize,
    len: usize,
}

impl<T: Copy + Default> Buffer<T> {
    /// A buffer of zeros, or an error where memory is short.
    pub fn new(len: usize) -> Result<Self> {
        let short = || Error::Device {
            device: "cpu".into(),
            problem: format!("not enough memory for {} bytes", len.saturating_mul(size_of::<T>())),
        };
        let mut room = Vec::new();
        if len > 0 {
            let more = len.checked_add(LINE / size_of::<T>().max(1)).ok_or_else(short)?;
            room.try_reserve_exact(more).map_err(|_| short())?;
            ask_for_large(&mut room);
            room.resize(more, T::default());
        }
        let start = if len == 0 { 0 } else { room.as_ptr().align_offset(LINE) };
        // Should there be no such place, then any will do.
        let start = if start.saturating_add(len) <= room.len() { start } else { 0 };
        Ok(Self { room, start, len })
    }
}

impl<T: Copy> From<Vec<T>> for Buffer<T> {
    /// The same elements, wherever they begin.
    fn from(room: Vec<T>) -> Self {
        Self { start: 0, len: room.len(), room }
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        &self.room[self.start..self.start + self.len]
    }
}

impl<T> DerefMut for Buffer<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.room[self.start..self.start + self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_zero_and_begins_at_a_line() {
        for len in [0, 1, 15, 16, 17, 1000, 100_000] {
            let buffer = Buffer::<f32>::new(len).unwrap();
            assert_eq!(buffer.len(), len);
            assert!(buffer.iter().all(|&v| v == 0.0));
            assert!(len == 0 || buffer.as_ptr().addr().is_multiple_of(LINE));
        }
    }

    #[test]
    fn too_much_is_an_error() {
        let Err(error) = Buffer::<f64>::new(usize::MAX / 16) else { panic!("so much memory?") };
        assert!(error.to_string().contains("not enough memory"));
        assert!(Buffer::<f64>::new(usize::MAX).is_err());
    }
}
