//! Callbacks in real trainings.

#![allow(missing_docs)]

use keras_core::Error;
use keras_core::ndarray::Array2;
use keras_core::prelude::*;

sequential! {
    struct Net< Dense<2, 4, Tanh>, Dense<_, 1> >
}

type Trained<O> = keras_core::training::Compiled<Net, O, MeanSquaredError, ()>;

fn net<O: Optimizer>(optimizer: O) -> Trained<O> {
    Net::new(3).compile(optimizer, MeanSquaredError::default(), ())
}

fn data() -> (Array2<f32>, Array2<f32>) {
    let x = Array2::from_shape_fn((20, 2), |(i, j)| ((i * 3 + j * 5) % 7) as f32 / 7.0);
    let y = Array2::from_shape_fn((20, 1), |(i, _)| x[[i, 0]] - x[[i, 1]]);
    (x, y)
}

fn epochs<'a>(epochs: usize) -> Fit<'a> {
    Fit::epochs(epochs).batch_size(5).verbose(Verbose::Silent)
}

#[test]
fn checkpoints_hold_the_weights_of_their_epoch() {
    let dir = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let mut model = net(Adam::new(0.01));
    let mut outputs = Vec::new();
    for epoch in 0..2 {
        let save = ModelCheckpoint::new(dir.path().join("weights/{epoch:02d}.safetensors"));
        model.fit(&x, &y, epochs(epoch + 1).initial_epoch(epoch).callback(save)).unwrap();
        outputs.push(model.predict(&x).unwrap());
    }
    for (epoch, output) in outputs.iter().enumerate() {
        let mut saved = Net::<Cpu>::new(9);
        saved.load_weights(dir.path().join(format!("weights/0{}.safetensors", epoch + 1))).unwrap();
        assert_eq!(saved.predict(&x).unwrap().as_slice(), output.as_slice());
    }
    assert_ne!(outputs[0].as_slice(), outputs[1].as_slice());
}

#[test]
fn a_log_is_the_history() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.csv");
    let (x, y) = data();
    let fit = epochs(3)
        .validation_split(0.25)
        .callback(LearningRateScheduler::new(|epoch, rate| if epoch == 0 { rate } else { rate / 2.0 }))
        .callback(CSVLogger::new(&path));
    let history = net(SGD::new(0.5)).fit(&x, &y, fit).unwrap();
    assert_eq!(history["learning_rate"], [0.5, 0.25, 0.125]);
    let log = std::fs::read_to_string(&path).unwrap();
    let mut lines = log.lines();
    assert_eq!(lines.next(), Some("epoch,learning_rate,loss,val_loss"));
    for (epoch, line) in lines.enumerate() {
        let rate = history["learning_rate"][epoch];
        assert_eq!(line, format!("{epoch},{rate},{},{}", history["loss"][epoch], history["val_loss"][epoch]));
    }
    assert_eq!(log.lines().count(), 4);
}

#[test]
fn a_training_that_explodes_ends() {
    let (x, y) = data();
    let mut callback = TerminateOnNaN::default();
    let history = net(SGD::new(1e30)).fit(&x, &y, epochs(5).callback(&mut callback)).unwrap();
    assert!(callback.batch().is_some());
    assert_eq!(history.epochs(), [0]);
}

#[test]
fn a_figure_that_is_not_there_ends_the_training_after_the_first_epoch() {
    let (x, y) = data();
    let mut ended = 0;
    let count = LambdaCallback::new().on_epoch_end(|_, _| ended += 1);
    let fit = epochs(5).callback(count).callback(EarlyStopping::default());
    let error = net(Adam::default()).fit(&x, &y, fit).unwrap_err();
    assert!(matches!(error, Error::Callback { .. }));
    assert_eq!(
        error.to_string(),
        "callback EarlyStopping: there is no figure `val_loss` to monitor; there are: loss; \
         `fit` was given no validation data"
    );
    assert_eq!(ended, 1);
}

#[test]
fn a_validation_that_comes_later_is_waited_for() {
    let (x, y) = data();
    let mut stop = EarlyStopping::default().patience(1);
    let fit = epochs(6).validation_split(0.25).validation_freq(2).callback(&mut stop);
    // The learning rate is 0, so no epoch is better than the first one that was looked at.
    let history = net(SGD::new(0.0)).fit(&x, &y, fit).unwrap();
    assert_eq!((stop.best_epoch(), stop.stopped_epoch()), (Some(1), Some(3)));
    assert_eq!(history.epochs(), [0, 1, 2, 3]);
}

#[test]
fn an_optimizer_that_makes_no_sense_is_refused() {
    let (x, y) = data();
    let error = net(SGD::new(0.1).momentum(1.5)).fit(&x, &y, epochs(1)).unwrap_err().to_string();
    assert_eq!(error, "momentum of sgd: expected a number from 0 to 1, but found 1.5");
    // Another optimizer's state arrays are no trouble.
    let mut model = net(Adam::default());
    model.fit(&x, &y, epochs(1)).unwrap();
    *model.optimizer_mut() = Adam::default().amsgrad(true);
    model.fit(&x, &y, epochs(1)).unwrap();
}
