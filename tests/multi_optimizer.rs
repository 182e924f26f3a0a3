//! Several optimizers for one model: what each does is what it would do alone.

#![allow(missing_docs)]

use keras_core::optimizers::OptimizerState;
use keras_core::prelude::*;
use keras_core::training::Compiled;

sequential! {
    struct Net< body: Dense<3, 5, Tanh>, Dropout<0.0>, middle: Dense<_, 4, Tanh>, head: Dense<_, 2> >
}

const X: [[f64; 3]; 4] = [[0.0, 1.0, -1.0], [1.0, 0.5, 0.25], [-0.5, 2.0, 1.0], [0.75, -1.0, 0.5]];
const Y: [[f64; 2]; 4] = [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [-1.0, 1.0]];

fn sgd() -> SGD {
    SGD::new(0.05).momentum(0.9).global_clipnorm(0.5)
}

fn adam() -> Adam {
    Adam::new(0.02).amsgrad(true)
}

fn multi() -> MultiOptimizer {
    MultiOptimizer::new(sgd()).with("middle", adam())
}

type Trained<O> = Compiled<Net<Cpu<f64>>, O, MeanSquaredError, ()>;

fn compiled<O: Optimizer>(optimizer: O) -> Trained<O> {
    Net::<Cpu<f64>>::new(3).compile(optimizer, MeanSquaredError::default(), ())
}

fn params<O>(net: &Trained<O>) -> Vec<f64> {
    net.store().params().to_vec()
}

#[test]
fn each_does_what_it_would_do_alone() {
    let mut several = compiled(multi());
    let mut by_hand = Net::<Cpu<f64>>::new(3);
    let mut gradients = Gradients::new(&by_hand).unwrap();
    let (sgd, adam) = (sgd(), adam());
    let mut of_sgd = OptimizerState::of(&sgd, &by_hand).unwrap();
    let mut of_adam = OptimizerState::of(&adam, &by_hand).unwrap();
    for _ in 0..5 {
        several.train_on_batch(&X, &Y).unwrap();
        by_hand.value_and_grad(&MeanSquaredError::default(), &X, &Y, &mut gradients).unwrap();
        of_sgd.step_layers(&sgd, &mut by_hand, &mut gradients, &["body", "head"]).unwrap();
        of_adam.step_layers(&adam, &mut by_hand, &mut gradients, &["middle"]).unwrap();
    }
    for (a, b) in params(&several).iter().zip(&**by_hand.store().params()) {
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }
    assert_eq!(several.iterations(), 5);
}

#[test]
fn one_alone_is_that_one() {
    let (mut one, mut several) = (compiled(adam()), compiled(MultiOptimizer::new(adam())));
    let mut scaled = compiled(LossScaleOptimizer::new(MultiOptimizer::new(adam())).initial_scale(64.0));
    let mut fixed = compiled(MultiOptimizer::new(adam().loss_scale_factor(2.0)).loss_scale_factor(16.0));
    for _ in 0..4 {
        one.train_on_batch(&X, &Y).unwrap();
        several.train_on_batch(&X, &Y).unwrap();
        scaled.train_on_batch(&X, &Y).unwrap();
        fixed.train_on_batch(&X, &Y).unwrap();
    }
    assert_eq!(params(&several), params(&one));
    for other in [params(&scaled), params(&fixed)] {
        assert!(other.iter().zip(params(&one)).all(|(a, b)| (a - b).abs() < 1e-9));
    }
}

#[test]
fn a_training_goes_on_in_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("training.safetensors");
    let optimizer = || {
        multi()
            .with("head", Adam::new(0.01).use_ema(true).ema_momentum(0.5).gradient_accumulation_steps(2))
            .with("body/bias", ScheduleFreeAdamW::default())
    };
    let mut whole = compiled(optimizer());
    (0..3).for_each(|_| drop(whole.train_on_batch(&X, &Y).unwrap()));
    whole.save(&path).unwrap();
    (0..4).for_each(|_| drop(whole.train_on_batch(&X, &Y).unwrap()));
    let mut again = compiled(optimizer());
    again.load(&path).unwrap();
    assert_eq!(again.iterations(), 3);
    (0..4).for_each(|_| drop(again.train_on_batch(&X, &Y).unwrap()));
    assert_eq!(params(&again), params(&whole));

    let mut other = compiled(multi());
    let said = other.load(&path).unwrap_err().to_string();
    assert!(said.contains("head/"), "{said}");
}

#[test]
fn what_is_frozen_stays() {
    let mut net = compiled(multi());
    net.freeze("middle").unwrap();
    let before = *net.middle().kernel();
    net.train_on_batch(&X, &Y).unwrap();
    assert_eq!(*net.middle().kernel(), before);
    net.unfreeze("middle").unwrap();
    net.train_on_batch(&X, &Y).unwrap();
    assert_ne!(*net.middle().kernel(), before);
}

#[test]
fn learning_rates_are_those_of_each() {
    let mut net = compiled(multi());
    let said = net.optimizer_mut().set_learning_rate(0.5).unwrap_err().to_string();
    assert!(said.contains("MultiOptimizer, which has none"), "{said}");
    for (name, optimizer) in net.optimizer_mut().optimizers_mut() {
        if name == Some("middle") {
            optimizer.set_learning_rate(0.0).unwrap();
        }
    }
    let (middle, body) = (*net.middle().kernel(), *net.body().kernel());
    net.train_on_batch(&X, &Y).unwrap();
    assert_eq!(*net.middle().kernel(), middle);
    assert_ne!(*net.body().kernel(), body);
}

#[test]
fn what_is_wrong_is_said() {
    let said = |optimizer: MultiOptimizer| {
        let error = compiled(optimizer).train_on_batch(&X, &Y).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        said(multi().with("tail", SGD::default())),
        "MultiOptimizer: expected the name of a layer: body, middle, head, but found `tail`"
    );
    assert!(said(multi().with("body/weights", SGD::default())).contains("found `body/weights`"));
    assert!(said(multi().with("middle", SGD::default())).contains("one optimizer for middle/kernel"));
    assert!(said(MultiOptimizer::new(SGD::new(f64::NAN))).contains("learning_rate"));
    let error = OptimizerState::new(&Cpu::<f64>::default(), &multi(), 7).err().unwrap();
    assert!(error.to_string().contains("variables with all 7 parameters"), "{error}");
}
