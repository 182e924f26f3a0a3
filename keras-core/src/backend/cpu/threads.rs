//! Our own worker threads, started when a step is large enough for the first time.

use std::sync::{Arc, OnceLock};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::denormals::FlushToZero;
use crate::error::{Error, Result};

/// Below this many floating-point operations a step stays on the caller's thread: handing it over
/// and back costs about 10 µs, the time of two million operations.
const WORTH_THREADS: usize = 8_000_000;

/// A pool of at most `count` threads; it is not started before it is needed.
#[derive(Clone)]
pub struct Threads {
    count: usize,
    pool: Arc<OnceLock<Option<ThreadPool>>>,
}

impl Threads {
    pub fn new(count: usize) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let count = if count == 0 { cores() } else { count };
        Self { count, pool: Arc::default() }
    }

    /// The pool of all devices that did not ask for their own.
    pub fn shared() -> Self {
        static SHARED: OnceLock<Threads> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(0)).clone()
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn started(&self) -> bool {
        matches!(self.pool.get(), Some(Some(_)))
    }

    /// Runs a step with denormals as zero, among the pool's threads if it is worth it.
    #[inline]
    pub fn run<R: Send>(&self, flops: usize, step: impl FnOnce() -> R + Send) -> R {
        let _flush = FlushToZero::new();
        if flops >= WORTH_THREADS
            && let Some(pool) = self.pool()
        {
            return pool.install(step);
        }
        step()
    }

    /// Whether work inside a step may be split: only where [`run`](Self::run) has entered the pool.
    #[inline]
    pub fn inside(&self) -> bool {
        self.count > 1 && self.started() && rayon::current_thread_index().is_some()
    }

    /// Calls `each` with the numbers from 0 to `parts - 1`, on as many threads as there are. What a
    /// part does must depend on its number alone, so that results do not depend on the threads.
    #[inline]
    pub fn for_each(&self, parts: usize, each: impl Fn(usize) + Sync + Send) {
        if parts > 1 && self.inside() {
            use rayon::prelude::*;
            (0..parts).into_par_iter().with_max_len(1).for_each(each);
        } else {
            (0..parts).for_each(each);
        }
    }

    fn pool(&self) -> Option<&ThreadPool> {
        if self.count < 2 {
            return None;
        }
        let start = || {
            ThreadPoolBuilder::new()
                .num_threads(self.count)
                .thread_name(|i| format!("keras-{i}"))
                // The threads are ours alone, so the setting stays with them.
                .start_handler(|_| core::mem::forget(FlushToZero::new()))
                .build()
                .ok()
        };
        self.pool.get_or_init(start).as_ref()
    }
}

/// A buffer of zeros, or an error where memory is short.
pub fn alloc<T: Copy + Default>(len: usize) -> Result<Vec<T>> {
    let mut buf = Vec::new();
    buf.try_reserve_exact(len).map_err(|_| Error::Device {
        device: "cpu".into(),
        problem: format!("not enough memory for {} bytes", len.saturating_mul(size_of::<T>())),
    })?;
    buf.resize(len, T::default());
    Ok(buf)
}
