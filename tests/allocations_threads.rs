//! A training step that threads share allocates nothing after the first, on any of them.

#![allow(missing_docs)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use keras_core::ndarray::{Array1, Array2};
use keras_core::prelude::*;

struct Counting;

/// Of all threads; so this file has one test only.
static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: passes everything on to the system's allocator; counting changes no memory it hands out.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, SeqCst);
        // SAFETY: the caller's promise, passed on.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { System.dealloc(memory, layout) }
    }
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.fetch_add(1, SeqCst);
        // SAFETY: the caller's promise, passed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

sequential! {
    struct Large< Dense<300, 512, Relu>, Dropout<0.1>, Dense<_, 512, Relu>, Dense<_, 10, Softmax> >
}

#[test]
fn more_shared_steps_are_no_more_allocations() {
    let x = Array2::from_shape_fn((1280, 300), |(i, j)| ((i * 31 + j * 17) % 23) as f32 / 23.0);
    let y = Array1::from_shape_fn(1280, |i| i % 10);
    let device = Cpu::with_threads(3);
    let mut model = Large::new_on(device.clone(), 1).unwrap().compile(
        Adam::default(),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    let mut allocations = |steps: usize| {
        let before = COUNT.load(SeqCst);
        let fit = Fit::epochs(1).batch_size(128).steps_per_epoch(steps).verbose(Verbose::Silent);
        model.fit(&x, &y, fit).unwrap();
        COUNT.load(SeqCst) - before
    };
    // The first step makes the buffers and starts the threads.
    allocations(1);
    assert!(device.threads_started());
    assert_eq!(allocations(2), allocations(10));
}
