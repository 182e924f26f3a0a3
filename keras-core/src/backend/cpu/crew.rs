//! Threads that share one job at a time with the thread that has it.
//!
//! A training step is a dozen short jobs with little between them. So the workers look out for the
//! next job for a while before they sleep, the caller works too, and handing a job out costs a
//! few atomic operations and no memory.

use core::any::Any;
use core::cell::UnsafeCell;
use core::hint::spin_loop;
use core::ops::Range;
use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::*};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::denormals::FlushToZero;
use super::scratch;

/// How long a worker looks out for a job before it sleeps.
const AWAKE: Duration = Duration::from_micros(200);
/// How often it looks between two glances at the clock.
const LOOKS: usize = 64;

/// In the state's low half: how many workers are in the job.
const INSIDE: u64 = (1 << 32) - 1;
/// Whether more may enter.
const OPEN: u64 = 1 << 32;
/// No more jobs will come.
const STOP: u64 = 1 << 33;
/// One job; above it, their number.
const NUMBER: u64 = 1 << 34;

/// What all do: the parts from 0 to `parts - 1`, each once.
struct Job {
    parts: usize,
    part: *const (dyn Fn(usize) + Sync),
}

/// In a cache line of its own, so that threads do not take it from each other.
#[repr(align(128))]
struct Next(AtomicUsize);

struct Shared {
    state: AtomicU64,
    /// Written while no worker is inside and none may enter; read by those inside.
    job: UnsafeCell<Job>,
    /// For each thread, the caller's being the first: the next of its parts that nobody has.
    next: Box<[Next]>,
    asleep: AtomicUsize,
    /// How many workers are under way.
    ready: AtomicUsize,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

// SAFETY: `job` is only written by the one caller that holds the crew, when no worker can read it,
// and its function may be called from any thread.
unsafe impl Sync for Shared {}
// SAFETY: as above.
unsafe impl Send for Shared {}

/// The workers. They end when this is dropped.
pub struct Crew {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    taken: AtomicBool,
}

impl Crew {
    /// Starts this many workers, or as many as the system lets us.
    pub fn new(workers: usize) -> Self {
        let shared = Arc::new(Shared {
            state: AtomicU64::new(0),
            job: UnsafeCell::new(Job { parts: 0, part: &|_| () }),
            next: (0..=workers).map(|_| Next(AtomicUsize::new(0))).collect(),
            asleep: AtomicUsize::new(0),
            ready: AtomicUsize::new(0),
            panic: Mutex::new(None),
        });
        let start = |i| {
            let shared = Arc::clone(&shared);
            thread::Builder::new().name(format!("keras-{i}")).spawn(move || shared.worker(i)).ok()
        };
        let workers: Vec<_> = (1..=workers).map_while(start).collect();
        // What a thread allocates when it starts is allocated now, not in the middle of a training.
        while shared.ready.load(Acquire) < workers.len() {
            thread::yield_now();
        }
        Self { shared, workers, taken: AtomicBool::new(false) }
    }

    /// Calls `part` with the numbers below `parts`, each once, on whichever thread is free. `false`,
    /// and nothing was done, if the crew has another job.
    pub fn share(&self, parts: usize, part: &(dyn Fn(usize) + Sync)) -> bool {
        if self.taken.swap(true, Acquire) {
            return false;
        }
        let job = Job {
            parts,
            // SAFETY: only the lifetime changes; `Close` waits until no worker has the job any more.
            part: unsafe {
                core::mem::transmute::<*const (dyn Fn(usize) + Sync + '_), *const (dyn Fn(usize) + Sync)>(
                    part,
                )
            },
        };
        let shared = &*self.shared;
        // SAFETY: we hold the crew, and the last job is closed and left.
        unsafe { *shared.job.get() = job };
        for (thread, next) in shared.next.iter().enumerate() {
            next.0.store(shared.range(thread, parts).start, Relaxed);
        }
        // The job must be seen by those who see that it is open, and we must see who went to sleep
        // without seeing it.
        let number = (shared.state.load(Relaxed) & !(NUMBER - 1)).wrapping_add(NUMBER);
        shared.state.store(number | OPEN, SeqCst);
        if shared.asleep.load(SeqCst) > 0 {
            self.workers.iter().for_each(|worker| worker.thread().unpark());
        }
        let close = Close(self);
        // SAFETY: we hold the crew.
        unsafe { shared.work(0) };
        drop(close);
        true
    }
}

/// Ends a job, also when the caller's part panics: nobody may use what it borrows afterwards.
struct Close<'a>(&'a Crew);

impl Drop for Close<'_> {
    fn drop(&mut self) {
        let Crew { shared, taken, .. } = self.0;
        shared.state.fetch_and(!OPEN, AcqRel);
        let mut looks = 0_usize;
        while shared.state.load(Acquire) & INSIDE != 0 {
            looks += 1;
            // The worker may need this core.
            if looks.is_multiple_of(1024) { thread::yield_now() } else { spin_loop() }
        }
        let panic = shared.panic.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.store(false, Release);
        if let Some(panic) = panic
            && !thread::panicking()
        {
            resume_unwind(panic);
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.shared.state.fetch_or(STOP, SeqCst);
        for worker in self.workers.drain(..) {
            worker.thread().unpark();
            // It does not panic: parts that do are caught.
            let _ = worker.join();
        }
    }
}

impl Shared {
    /// The parts that a thread does unless others are faster: the same ones in every job of as many
    /// parts, so that it finds in its cache what it left there.
    fn range(&self, thread: usize, parts: usize) -> Range<usize> {
        let threads = self.next.len();
        thread * parts / threads..(thread + 1) * parts / threads
    }

    /// Does parts until none is left: first its own, then those of the others.
    ///
    /// # Safety
    /// The caller holds the crew or is inside of the job.
    unsafe fn work(&self, thread: usize) {
        // SAFETY: nobody writes the job meanwhile, and what it borrows lives.
        let (parts, part) = unsafe {
            let job = &*self.job.get();
            (job.parts, &*job.part)
        };
        let threads = self.next.len();
        for owner in (thread..threads).chain(0..thread) {
            let end = self.range(owner, parts).end;
            loop {
                let i = self.next[owner].0.fetch_add(1, Relaxed);
                if i >= end {
                    break;
                }
                part(i);
            }
        }
    }

    fn worker(&self, thread: usize) {
        // The thread is ours alone, so the setting stays with it.
        let _flush = FlushToZero::new();
        let _ = scratch::panel::<u8>();
        self.ready.fetch_add(1, Release);
        let mut done = 0;
        while let Some(number) = self.enter(done) {
            done = number;
            // SAFETY: we are inside.
            let result = catch_unwind(AssertUnwindSafe(|| unsafe { self.work(thread) }));
            if let Err(panic) = result {
                *self.panic.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic);
            }
            self.state.fetch_sub(1, Release);
        }
    }

    /// Waits for a job other than the last one and enters it; nothing if there will be none.
    fn enter(&self, done: u64) -> Option<u64> {
        let new = |state: u64| state & STOP != 0 || state & OPEN != 0 && state & !(NUMBER - 1) != done;
        loop {
            let start = Instant::now();
            while start.elapsed() < AWAKE {
                for _ in 0..LOOKS {
                    let state = self.state.load(Relaxed);
                    if !new(state) {
                        spin_loop();
                    } else if state & STOP != 0 {
                        return None;
                    } else if self.state.compare_exchange_weak(state, state + 1, Acquire, Relaxed).is_ok() {
                        return Some(state & !(NUMBER - 1));
                    }
                }
                thread::yield_now();
            }
            self.asleep.fetch_add(1, SeqCst);
            if !new(self.state.load(SeqCst)) {
                thread::park();
            }
            self.asleep.fetch_sub(1, SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_done_once_in_every_job() {
        let crew = Crew::new(3);
        for round in 0..2000_usize {
            let parts = round % 17;
            let counts: Vec<_> = (0..parts).map(|_| AtomicUsize::new(0)).collect();
            assert!(crew.share(parts, &|i| {
                counts[i].fetch_add(1, Relaxed);
            }));
            assert!(counts.iter().all(|c| c.load(Relaxed) == 1), "round {round}");
            if round % 500 == 0 {
                // Long enough for the workers to fall asleep.
                thread::sleep(2 * AWAKE);
            }
        }
    }

    #[test]
    fn a_taken_crew_says_so() {
        let crew = Crew::new(1);
        assert!(crew.share(1, &|_| assert!(!crew.share(1, &|_| ()))));
    }

    #[test]
    fn a_panic_in_any_part_reaches_the_caller_and_the_crew_goes_on() {
        let crew = Crew::new(2);
        for bad in 0..50 {
            let result = catch_unwind(AssertUnwindSafe(|| {
                crew.share(50, &|i| assert!(i != bad, "part {i}"));
            }));
            let panic = result.expect_err("the panic was lost");
            assert_eq!(panic.downcast_ref::<String>().map(String::as_str), Some(&*format!("part {bad}")));
            assert!(crew.share(3, &|_| ()));
        }
    }
}
