//! Large pages for large arrays: an optimizer reads and writes tens of megabytes in order, and with small pages
//! spends a tenth to a third of its time on finding out where they are.

/// Arrays below this are not worth asking for; of those above at least one large page lies inside.
const LEAST: usize = 4 << 20;
/// Pages are no larger than this on any of the processors that there are kernels for.
const PAGE: usize = 64 << 10;

/// Asks the system to have large pages under this room, which nobody has touched yet. It may refuse.
#[cfg(target_os = "linux")]
pub fn ask_for_large<T>(room: &mut Vec<T>) {
    let bytes = room.capacity().saturating_mul(size_of::<T>());
    if bytes < LEAST {
        return;
    }
    let start = room.as_mut_ptr().cast::<u8>();
    let before = start.align_offset(PAGE);
    if before >= bytes {
        return;
    }
    let len = (bytes - before) / PAGE * PAGE;
    // SAFETY: the range lies inside of memory that this vector has reserved and nobody else refers to. The advice
    // says how the system may map it; it neither reads nor changes what is there.
    unsafe {
        libc::madvise(start.wrapping_add(before).cast(), len, libc::MADV_HUGEPAGE);
    }
}

#[cfg(not(target_os = "linux"))]
pub fn ask_for_large<T>(_: &mut Vec<T>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_of_any_size_may_be_asked_for() {
        for len in [0, 1, 1000, LEAST / 4 - 1, LEAST / 4, LEAST, LEAST + 12_345] {
            let mut room = Vec::<f32>::with_capacity(len);
            ask_for_large(&mut room);
            room.resize(len, 1.0);
            assert!(room.iter().all(|&v| v == 1.0));
        }
    }
}
