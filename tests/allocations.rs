//! A training step allocates nothing after the first, nor does a prediction into a tensor that is there.

#![allow(missing_docs)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use keras_core::ndarray::{Array1, Array2, Array4};
use keras_core::prelude::*;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: passes everything on to the system's allocator; counting changes no memory it hands out.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promise, passed on.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { System.dealloc(memory, layout) }
    }
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promise, passed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    work();
    COUNT.with(Cell::get) - before
}

sequential! {
    struct Small< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}

sequential! {
    struct Classes< Dense<20, 32, Gelu>, Dropout<0.3>, Dense<_, 5, Softmax> >
}

sequential! {
    struct Convnet<
        Input<12, 12, 2>,
        Conv2D<2, 8, 3, Relu, padding = Same>,
        BatchNormalization,
        MaxPooling2D<2>,
        SpatialDropout2D<0.2>,
        Conv2D<8, 12, 3, Gelu, strides = 2>,
        UpSampling2D<2, interpolation = Bilinear>,
        ZeroPadding2D<1>,
        AveragePooling2D<2>,
        GlobalMaxPooling2D,
        Dense<12, 5, Softmax>,
    >
}

fn numbers(n: usize, width: usize) -> Array2<f32> {
    Array2::from_shape_fn((n, width), |(i, j)| ((i * 31 + j * 17) % 23) as f32 / 23.0)
}

#[test]
fn more_steps_are_no_more_allocations() {
    let fit = |steps: usize| {
        let (x, y) = (numbers(320, 100), numbers(320, 1));
        let mut model = Small::<Cpu>::new(1).compile(
            Adam::default(),
            MeanSquaredError::default(),
            (MeanAbsoluteError::default(),),
        );
        // The first step makes the buffers.
        let first = Fit::epochs(1).steps_per_epoch(1).verbose(Verbose::Silent);
        model.fit(&x, &y, first).unwrap();
        allocations(|| {
            model.fit(&x, &y, Fit::epochs(1).steps_per_epoch(steps).verbose(Verbose::Silent)).unwrap();
        })
    };
    assert_eq!(fit(2), fit(200));
}

#[test]
fn classification_with_dropout_and_clipping_allocates_no_more_either() {
    let fit = |steps: usize| {
        let x = numbers(320, 20);
        let y = Array1::from_shape_fn(320, |i| i % 5);
        let mut model = Classes::<Cpu>::new(1).compile(
            RMSprop::default().global_clipnorm(1.0),
            SparseCategoricalCrossentropy::default(),
            (Accuracy::default(), SparseTopKCategoricalAccuracy::new(2)),
        );
        let first = Fit::epochs(1).steps_per_epoch(1).verbose(Verbose::Silent);
        model.fit(&x, &y, first).unwrap();
        allocations(|| {
            model.fit(&x, &y, Fit::epochs(1).steps_per_epoch(steps).verbose(Verbose::Silent)).unwrap();
        })
    };
    assert_eq!(fit(2), fit(200));
}

#[test]
fn metrics_of_classes_and_thresholds_allocate_no_more_either() {
    let fit = |steps: usize| {
        let x = numbers(320, 20);
        let y = Array2::from_shape_fn((320, 5), |(i, j)| u8::from(i % 5 == j));
        let own = MeanMetricWrapper::new("own", |y_true: &[f64], y_pred: &[f64]| y_true[0] * y_pred[0]);
        let mut model = Classes::<Cpu>::new(1).compile(
            Adam::default(),
            CategoricalCrossentropy::default(),
            (
                AUC::default().multi_label(),
                F1Score::default(),
                Precision::default().thresholds([0.2, 0.5]),
                PrecisionAtRecall::new(0.5),
                OneHotMeanIoU::new(5),
                R2Score::default(),
                PearsonCorrelation::default(),
                own,
            ),
        );
        let first = Fit::epochs(1).steps_per_epoch(1).verbose(Verbose::Silent);
        model.fit(&x, &y, first).unwrap();
        allocations(|| {
            model.fit(&x, &y, Fit::epochs(1).steps_per_epoch(steps).verbose(Verbose::Silent)).unwrap();
        })
    };
    assert_eq!(fit(2), fit(200));
}

#[test]
fn a_convnet_allocates_no_more_either() {
    let x =
        Array4::from_shape_fn((96, 12, 12, 2), |(i, h, w, c)| ((i * 31 + h * 17 + w * c) % 23) as f32 / 23.0);
    let y = Array1::from_shape_fn(96, |i| i % 5);
    let fit = |steps: usize| {
        let mut model = Convnet::<Cpu>::new(1).compile(
            Adam::default(),
            SparseCategoricalCrossentropy::default(),
            (Accuracy::default(),),
        );
        let first = Fit::epochs(1).steps_per_epoch(1).verbose(Verbose::Silent);
        model.fit(&x, &y, first).unwrap();
        allocations(|| {
            model.fit(&x, &y, Fit::epochs(1).steps_per_epoch(steps).verbose(Verbose::Silent)).unwrap();
        })
    };
    assert_eq!(fit(2), fit(20));
    let mut model = Convnet::<Cpu>::new(1);
    let mut out = model.predict(&x).unwrap();
    assert_eq!(allocations(|| model.predict_into(&x, &mut out).unwrap()), 0);
}

#[test]
fn predictions_allocate_their_result_and_nothing_else() {
    let x = numbers(100, 100);
    let mut model = Small::<Cpu>::new(1);
    let mut out = model.predict(&x).unwrap();
    assert_eq!(allocations(|| model.predict_into(&x, &mut out).unwrap()), 0);
    let mut other = None;
    assert_eq!(allocations(|| other = Some(model.predict(&x).unwrap())), 1);
    assert_eq!(other.unwrap().as_slice(), out.as_slice());
}
