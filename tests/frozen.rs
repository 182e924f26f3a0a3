//! What is frozen in front of everything that is trained is not worked on by the way back.

#![allow(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};

use keras_core::element::Element;
use keras_core::layers::{Backward, Forward, Run};
use keras_core::optimizers::OptimizerState;
use keras_core::prelude::*;
use keras_core::training::Compiled;

/// How often the way back went through a [`Counts`], and how often it was to hand on a gradient.
static PASSED: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Hands on what it is given.
#[derive(Clone, Default)]
struct Counts;

impl<const N: usize> Layer<Rank1<N>> for Counts {
    type Out = Rank1<N>;
}

impl<const N: usize, E: Element> Run<Rank1<N>, Cpu<E>> for Counts {
    fn forward(&self, io: Forward<'_, Cpu<E>>) {
        io.y.copy_from_slice(io.x);
    }
    fn backward(&self, io: Backward<'_, Cpu<E>>) {
        PASSED.fetch_add(1, Ordering::SeqCst);
        if let Some(dx) = io.dx {
            ASKED.fetch_add(1, Ordering::SeqCst);
            dx.copy_from_slice(io.dy);
        }
    }
}

sequential! {
    struct Net< body: Dense<4, 8, Tanh>, Counts, middle: Dense<_, 8, Tanh>, head: Dense<_, 2> >
}

// The same with a part that is worked off in pieces of a batch, and a heavy one that is not.
sequential! {
    struct Heavy< body: Dense<256, 300, Tanh>, middle: Dense<_, 340, Tanh>, head: Dense<_, 30, Relu>, Dense<_, 2> >
}

const _: () =
    assert!(!Heavy::<Cpu>::LAYOUT.full.front.is_empty() && !Heavy::<Cpu>::LAYOUT.full.head.is_empty());

const X: [[f32; 4]; 5] = [[0.1, 0.7, -0.3, 0.2]; 5];
const Y: [[f32; 2]; 5] = [[0.3, -0.2]; 5];

#[test]
fn the_way_back_ends_where_something_is_trained() {
    let mut net = Net::<Cpu>::new(3).compile(SGD::new(0.1), MeanSquaredError::default(), ());
    let passed = |net: &mut Compiled<Net, SGD, MeanSquaredError, ()>| {
        let before = (PASSED.load(Ordering::SeqCst), ASKED.load(Ordering::SeqCst));
        net.train_on_batch(&X, &Y).unwrap();
        (PASSED.load(Ordering::SeqCst) - before.0, ASKED.load(Ordering::SeqCst) - before.1)
    };
    assert_eq!(passed(&mut net), (1, 1));
    net.freeze("body").unwrap();
    assert_eq!(passed(&mut net), (0, 0));
    net.freeze("middle").unwrap();
    net.freeze("head").unwrap();
    assert_eq!(passed(&mut net), (0, 0));
    net.unfreeze("middle").unwrap();
    assert_eq!(passed(&mut net), (0, 0));
    net.unfreeze("body").unwrap();
    assert_eq!(passed(&mut net), (1, 1));
    net.freeze("body").unwrap();
    // Who asks for the gradients gets those of frozen layers, too.
    let mut gradients = Gradients::new(&*net).unwrap();
    net.value_and_grad(&MeanSquaredError::default(), &X, &Y, &mut gradients).unwrap();

    assert!(gradients.get("body/kernel").unwrap().iter().all(|g| *g != 0.0));
}

#[test]
fn steps_are_the_same_bits_as_by_all_gradients() {
    let x: Vec<[f32; 256]> =
        (0..70).map(|n| std::array::from_fn(|i| ((n * 7 + i * 3) % 11) as f32 / 11.0)).collect();
    let y: Vec<[f32; 2]> = (0..70).map(|n| [n as f32 / 70.0, (n % 3) as f32]).collect();
    for frozen in [&["body"][..], &["body", "middle"], &["body", "middle", "head"], &["middle"]] {
        let (loss, adam) = (MeanSquaredError::default(), Adam::new(0.01));
        let mut short = Heavy::<Cpu>::new(3);
        let mut long = Heavy::<Cpu>::new(3);
        for name in frozen {
            short.freeze(name).unwrap();
            long.freeze(name).unwrap();
        }
        let mut gradients = Gradients::new(&long).unwrap();
        let mut state = OptimizerState::of(&adam, &long).unwrap();
        let mut short = short.compile(adam, loss, ());
        for _ in 0..3 {
            short.train_on_batch(&x[..], &y[..]).unwrap();
            long.value_and_grad(&loss, &x[..], &y[..], &mut gradients).unwrap();
            state.step(&adam, &mut long, &mut gradients).unwrap();
        }
        assert!(short.store().params().to_vec() == long.store().params().to_vec(), "{frozen:?}");
        assert!(
            short.store().params().to_vec() != Heavy::<Cpu>::new(3).store().params().to_vec(),
            "{frozen:?}"
        );
    }
}
