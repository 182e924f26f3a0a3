//! Our own threads, started when a step is large enough for the first time.

use core::cell::Cell;
use core::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use super::crew::Crew;
use super::denormals::FlushToZero;

/// Below this many floating-point operations a step stays on the caller's thread: it takes some
/// 30 µs, and waking a sleeping thread may take 10. One digit through the MNIST convnet is 4.9 million.
const WORTH_THREADS: usize = 4_000_000;

thread_local! {
    /// Whether this thread is in a step that is worth threads.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// At most `count` threads, the caller's among them; the others are not started before they are needed.
#[derive(Clone)]
pub struct Threads {
    count: usize,
    crew: Arc<OnceLock<Crew>>,
}

impl Threads {
    pub fn new(count: usize) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let count = if count == 0 { cores() } else { count };
        Self { count, crew: Arc::default() }
    }

    /// The threads of all devices that did not ask for their own.
    pub fn shared() -> Self {
        static SHARED: OnceLock<Threads> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(0)).clone()
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn started(&self) -> bool {
        self.crew.get().is_some()
    }

    /// Runs a step with denormals as zero; its parts are shared among the threads if it is worth it.
    #[inline]
    pub fn run<R>(&self, flops: usize, step: impl FnOnce() -> R) -> R {
        /// Restores what was, also after a panic.
        struct Inside(bool);
        impl Drop for Inside {
            fn drop(&mut self) {
                INSIDE.set(self.0);
            }
        }
        let _flush = FlushToZero::new();
        if flops < WORTH_THREADS || self.count < 2 {
            return step();
        }
        let _inside = Inside(INSIDE.replace(true));
        step()
    }

    /// Whether work may be split here: only in a step that is worth it.
    #[inline]
    pub fn inside(&self) -> bool {
        self.count > 1 && INSIDE.get()
    }

    /// Calls `part` with the numbers below `parts`, on as many threads as there are. What a part
    /// does must depend on its number alone, so that results do not depend on the threads.
    #[inline]
    pub fn for_each(&self, parts: usize, part: impl Fn(usize) + Sync) {
        if parts > 1 && self.inside() {
            let crew = self.crew.get_or_init(|| Crew::new(self.count - 1));
            if crew.share(parts, &part) {
                return;
            }
        }
        (0..parts).for_each(part);
    }

    /// Calls `work` for all parts of a slice, of `part` elements each, with their numbers; the last part
    /// may be shorter. As with [`for_each`](Self::for_each), a part must depend on its number alone.
    #[inline]
    pub fn for_parts<T: Send>(&self, slice: &mut [T], part: usize, work: impl Fn(usize, &mut [T]) + Sync) {
        let parts = Parts::new(slice, part);
        // SAFETY: each number comes once.
        self.for_each(parts.count(), |i| work(i, unsafe { parts.take(i) }));
    }
}

/// A slice that is written in parts by several threads.
pub struct Parts<'a, T> {
    start: *mut T,
    len: usize,
    part: usize,
    slice: PhantomData<&'a mut [T]>,
}

// SAFETY: as a mutable slice, of which each thread has a part of its own.
unsafe impl<T: Send> Sync for Parts<'_, T> {}

impl<'a, T> Parts<'a, T> {
    /// Parts of `part` elements; the last one may be shorter.
    pub fn new(slice: &'a mut [T], part: usize) -> Self {
        Self { start: slice.as_mut_ptr(), len: slice.len(), part: part.max(1), slice: PhantomData }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.len.div_ceil(self.part)
    }

    /// Part number `i`; empty behind the last one.
    ///
    /// # Safety
    /// Each part is taken once.
    #[allow(clippy::mut_from_ref, reason = "each part is taken once")]
    pub unsafe fn take(&self, i: usize) -> &mut [T] {
        let start = (i * self.part).min(self.len);
        let len = self.part.min(self.len - start);
        // SAFETY: inside of the slice, and apart from all other parts.
        unsafe { core::slice::from_raw_parts_mut(self.start.add(start), len) }
    }
}
