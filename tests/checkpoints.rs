//! Checkpoints of whole trainings: they go on in the same bits, and no file makes their reader panic.

#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use keras_core::ndarray::Array2;
use keras_core::optimizers::LossScaleOptimizer;
use keras_core::prelude::*;
use keras_core::saving::{Load, seal};
use keras_core::training::callbacks::{Callback, CallbackState, Trainee};
use keras_core::training::{Compiled, Logs};
use keras_core::{Error, Result};
use proptest::prelude::*;

sequential! { struct Net< Dense<2, 4, Tanh>, Dropout<0.25>, Dense<_, 1> > }
sequential! { struct Other< Dense<2, 4, Relu>, Dropout<0.25>, Dense<_, 1> > }
sequential! { struct Larger< Dense<2, 5, Tanh>, Dropout<0.25>, Dense<_, 1> > }

type Metrics = (MeanAbsoluteError, R2Score);

fn compiled<O: Optimizer>(optimizer: O) -> Compiled<Net, O, MeanSquaredError, Metrics> {
    Net::<Cpu>::new(4).compile(optimizer, MeanSquaredError::default(), Metrics::default())
}

fn data() -> (Array2<f32>, Array2<f32>) {
    let x = Array2::from_shape_fn((22, 2), |(i, j)| ((i * 3 + j * 5) % 7) as f32 / 7.0);
    let y = Array2::from_shape_fn((22, 1), |(i, _)| x[[i, 0]] - x[[i, 1]]);
    (x, y)
}

/// Ends the training with an error after so many batches: a crash.
struct Crash(usize);

impl Callback for Crash {
    fn on_train_batch_begin(&mut self, _: usize, _: &mut dyn Trainee) -> Result<()> {
        if self.0 == 0 {
            return Err(Error::Callback { callback: "Crash".into(), problem: "crash".into() });
        }
        self.0 -= 1;
        Ok(())
    }
}

fn fit<'a>(backup: BackupAndRestore) -> Fit<'a> {
    Fit::epochs(4)
        .batch_size(4)
        .validation_split(0.1)
        .verbose(Verbose::Silent)
        .callback(EarlyStopping::default().patience(2).restore_best_weights(true))
        .callback(LearningRateScheduler::new(|_, rate| rate * 0.9))
        .callback(backup)
}

fn crashes<O: Optimizer>(optimizer: O, every: usize, steps: Option<usize>) {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let backup = || BackupAndRestore::new(folder.path()).save_freq(every);
    let steps = |fit: Fit<'static>| match steps {
        Some(steps) => fit.steps_per_epoch(steps),
        None => fit,
    };
    let mut whole = compiled(optimizer.clone());
    let expected = whole.fit(&x, &y, steps(fit(backup()))).unwrap();
    let batches = whole.iterations() as usize;
    for first in [1, 3, 5, 7, batches - 2, batches - 1] {
        let error =
            compiled(optimizer.clone()).fit(&x, &y, steps(fit(backup()).callback(Crash(first)))).unwrap_err();
        assert!(error.to_string().ends_with("crash"), "{error}");
        let mut again = compiled(optimizer.clone());
        let history = again.fit(&x, &y, steps(fit(backup()))).unwrap();
        assert_eq!(format!("{history:?}"), format!("{expected:?}"), "{} after {first}", optimizer.name());
        assert_eq!(again.predict(&x).unwrap().as_slice(), whole.predict(&x).unwrap().as_slice());
        assert_eq!(again.iterations(), whole.iterations());
        assert!(!backup().path().exists());
    }
}

#[test]
fn all_kinds_of_state_come_back() {
    crashes(Adam::new(0.05).amsgrad(true), 1, None);
    crashes(SGD::new(0.1).momentum(0.9).use_ema(true).ema_overwrite_frequency(3), 2, None);
    crashes(RMSprop::new(0.01).gradient_accumulation_steps(2), 5, None);
    crashes(LossScaleOptimizer::new(Adam::new(0.05)).dynamic_growth_steps(3), 3, None);
    crashes(ScheduleFreeAdamW::new(0.05), 2, None);
    crashes(Adafactor::new(0.05), 4, None);
    crashes(Nadam::new(0.05), 2, Some(3));
}

#[test]
fn a_checkpoint_of_an_epoch_that_was_ended_is_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    // No epoch is better than the first, so the second one ends the training.
    let train = |backup: BackupAndRestore| {
        let fit = Fit::epochs(9).validation_split(0.1).verbose(Verbose::Silent);
        let stop = EarlyStopping::default().patience(1);
        let mut model = compiled(SGD::new(0.0));
        (model.fit(&x, &y, fit.callback(backup).callback(stop)).unwrap(), model.iterations())
    };
    let first = train(BackupAndRestore::new(folder.path()).delete_checkpoint(false));
    assert_eq!(first.0.epochs(), [0, 1]);
    assert_eq!(train(BackupAndRestore::new(folder.path())), first);
}

#[test]
fn where_the_last_checkpoint_is_damaged_the_one_before_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let backup = || BackupAndRestore::new(folder.path()).save_freq(2).double_checkpoint(true);
    let mut whole = compiled(Adam::new(0.05));
    let expected = whole.fit(&x, &y, fit(backup())).unwrap();
    let crash = || compiled(Adam::new(0.05)).fit(&x, &y, fit(backup()).callback(Crash(9))).unwrap_err();
    let (last, previous) = (backup().path().to_owned(), backup().path().with_extension("safetensors.bkp"));

    crash();
    let (mut bytes, kept) = (fs::read(&last).unwrap(), fs::read(&previous).unwrap());
    assert_ne!(bytes, kept);
    let at = bytes.len() - 3;
    bytes[at] ^= 1;
    fs::write(&last, &bytes).unwrap();
    let single = BackupAndRestore::new(folder.path()).save_freq(2);
    let error = compiled(Adam::new(0.05)).fit(&x, &y, fit(single)).unwrap_err().to_string();
    assert!(error.contains("the file is damaged"), "{error}");
    for damage in [&bytes[..], &bytes[..100], &[]] {
        fs::write(&last, damage).unwrap();
        fs::write(&previous, &kept).unwrap();
        let mut again = compiled(Adam::new(0.05));
        let history = again.fit(&x, &y, fit(backup())).unwrap();
        assert_eq!(format!("{history:?}"), format!("{expected:?}"));
        assert_eq!(again.predict(&x).unwrap().as_slice(), whole.predict(&x).unwrap().as_slice());
        assert!(!last.exists() && !previous.exists());
    }

    // Both are damaged: the error is that of the last one.
    crash();
    fs::write(&last, &bytes).unwrap();
    fs::write(&previous, b"nothing").unwrap();
    let error = compiled(Adam::new(0.05)).fit(&x, &y, fit(backup())).unwrap_err().to_string();
    assert!(error.contains("the file is damaged"), "{error}");
}

#[test]
fn another_training_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let backup = || BackupAndRestore::new(folder.path()).delete_checkpoint(false);
    let quiet = |fit: Fit<'static>| fit.verbose(Verbose::Silent).callback(backup());
    compiled(SGD::default()).fit(&x, &y, quiet(Fit::epochs(1))).unwrap();
    let error = compiled(SGD::default()).fit(&x, &y, quiet(Fit::epochs(2).batch_size(7))).unwrap_err();
    assert!(error.to_string().contains("with 22 samples a batch instead of 7: delete"), "{error}");
    let error = compiled(SGD::default()).fit(&x, &y, quiet(Fit::epochs(2).shuffle_seed(9))).unwrap_err();
    assert!(error.to_string().contains("with another order of the samples"), "{error}");
    let error = compiled(Adam::default()).fit(&x, &y, quiet(Fit::epochs(2))).unwrap_err().to_string();
    assert!(
        error.to_lowercase().ends_with("its optimizer is sgd, but the model is compiled with adam"),
        "{error}"
    );
    let history = compiled(SGD::default()).fit(&x, &y, quiet(Fit::epochs(3))).unwrap();
    assert_eq!(history.epochs(), [0, 1, 2]);
}

#[test]
fn a_model_checkpoint_goes_on_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let quiet = |epochs| Fit::epochs(epochs).batch_size(5).verbose(Verbose::Silent);
    let mut whole = compiled(Adam::default());
    let save = ModelCheckpoint::new(folder.path().join("{epoch:02d}.safetensors"));
    let expected = whole.fit(&x, &y, quiet(4).callback(save)).unwrap();

    let mut model = compiled(Adam::default());
    let at = model.load(folder.path().join("02.safetensors")).unwrap();
    assert_eq!((at.epoch(), at.batch(), at.history()["loss"].as_slice()), (2, 0, &expected["loss"][..2]));
    let rest = model.fit(&x, &y, quiet(4).initial_epoch(at.epoch())).unwrap();
    assert_eq!(rest["loss"], expected["loss"][2..]);
    assert_eq!(model.predict(&x).unwrap().as_slice(), whole.predict(&x).unwrap().as_slice());

    // Its weights are weights.
    let mut net = Net::<Cpu>::new(9);
    net.load_weights(folder.path().join("04.safetensors")).unwrap();
    assert_eq!(net.predict(&x).unwrap().as_slice(), whole.predict(&x).unwrap().as_slice());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn batches_and_weights_only() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let path = folder.path().join("{epoch}-{batch:02d}-{loss:.0f}.safetensors");
    let save = ModelCheckpoint::new(path).save_freq(4).save_weights_only(true);
    let fit = Fit::epochs(2).batch_size(4).verbose(Verbose::Silent).callback(save);
    compiled(SGD::new(0.0)).fit(&x, &y, fit).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let parts: Vec<_> = names.iter().map(|name| &name[..4]).collect();
    assert_eq!(parts, ["1-04", "2-02", "2-06"]);
    let error = compiled(SGD::default()).load(folder.path().join(&names[0])).unwrap_err().to_string();
    assert!(error.contains("this file has weights only"), "{error}");
}

/// A callback of one's own that remembers a number and the weights.
#[derive(Default)]
struct Own {
    seen: usize,
    first: Option<keras_core::training::callbacks::Snapshot>,
}

impl Callback for Own {
    fn state(&self) -> Option<CallbackState> {
        Some(CallbackState::new("Own").count("seen", self.seen).weights("first", self.first.clone()))
    }
    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        (self.seen, self.first) = (state.get_count("seen").unwrap_or_default(), state.get_weights("first"));
        Ok(())
    }
    fn on_epoch_end(&mut self, _: usize, _: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        self.seen += 1;
        self.first.get_or_insert_with(|| trainee.snapshot());
        Ok(())
    }
    fn on_train_end(&mut self, _: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        self.first.iter().for_each(|first| trainee.restore(first));
        Ok(())
    }
}

#[test]
fn own_callbacks_are_remembered_each_in_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let fit = || {
        Fit::epochs(4).batch_size(4).verbose(Verbose::Silent).callback(BackupAndRestore::new(folder.path()))
    };
    let (mut a, mut b) = (Own::default(), Own { seen: 10, first: None });
    let crash = fit().callback(&mut a).callback(&mut b).callback(Crash(13));
    compiled(Adam::default()).fit(&x, &y, crash).unwrap_err();
    let (mut c, mut d) = (Own::default(), Own::default());
    let mut model = compiled(Adam::default());
    model.fit(&x, &y, fit().callback(&mut c).callback(&mut d)).unwrap();
    assert_eq!((c.seen, d.seen), (4, 14));
    let mut one = compiled(Adam::default());
    one.fit(&x, &y, Fit::epochs(1).batch_size(4).verbose(Verbose::Silent)).unwrap();
    assert_eq!(model.predict(&x).unwrap().as_slice(), one.predict(&x).unwrap().as_slice());
}

/// A small checkpoint, in the middle of an epoch.
fn small(folder: &Path) -> Vec<u8> {
    let (x, y) = data();
    let path = folder.join("small.safetensors");
    let fit = Fit::epochs(2)
        .batch_size(4)
        .validation_split(0.1)
        .verbose(Verbose::Silent)
        .callback(BackupAndRestore::new(&path).save_freq(7))
        .callback(EarlyStopping::default().restore_best_weights(true))
        .callback(Crash(8));
    compiled(Adam::default()).fit(&x, &y, fit).unwrap_err();
    fs::read(&path).unwrap()
}

/// What is said of a file; nothing of it was loaded then.
fn load(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).unwrap();
    let mut model = compiled(Adam::default());
    let before = model.predict(&data().0).unwrap().to_vec();
    let result = model.load(path).map(|_| ());
    if result.is_err() {
        assert_eq!(model.predict(&data().0).unwrap().to_vec(), before);
        assert_eq!(model.iterations(), 0);
    }
    result
}

#[test]
fn every_length_and_every_byte_counts() {
    let folder = tempfile::tempdir().unwrap();
    let good = small(folder.path());
    let path = folder.path().join("bad.safetensors");
    load(&path, &good).unwrap();
    for len in 0..good.len() {
        assert!(load(&path, &good[..len]).is_err(), "cut to {len} bytes");
    }
    for at in 0..good.len() {
        for flip in [1, 0x20, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert!(load(&path, &bad).is_err(), "byte {at} of {}, {flip}", good.len());
        }
    }
    // Weights alone are as safe.
    let weights = folder.path().join("weights.safetensors");
    Net::<Cpu>::new(1).save_weights(&weights).unwrap();
    let good = fs::read(&weights).unwrap();
    let mut net = Net::<Cpu>::new(2);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&weights, &bad).unwrap();
        assert!(net.load_weights(&weights).is_err(), "byte {at}");
        fs::write(&weights, &good[..at]).unwrap();
        assert!(net.load_weights(&weights).is_err(), "cut to {at} bytes");
    }
}

/// A file with this header, and so many bytes behind it.
fn with_header(header: &str, data: usize) -> Vec<u8> {
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.resize(file.len() + data, 0);
    file
}

#[test]
fn hostile_headers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.safetensors");
    let tensor = |dtype: &str, shape: &str, offsets: &str| {
        format!(r#"{{"a":{{"dtype":"{dtype}","shape":{shape},"data_offsets":{offsets}}}}}"#)
    };
    let files = [
        (1_u64 << 63).to_le_bytes().to_vec(),
        [u64::MAX.to_le_bytes().as_slice(), b"{}"].concat(),
        (1_u64 << 40).to_le_bytes().to_vec(),
        with_header(&"[".repeat(100_000), 0),
        with_header(&format!(r#"{{"a":{}1{}}}"#, "[".repeat(90_000), "]".repeat(90_000)), 0),
        with_header(&tensor("F32", "[18446744073709551615, 2]", "[0,8]"), 8),
        with_header(&tensor("F32", "[4611686018427387904]", "[0,0]"), 0),
        with_header(&tensor("F32", "[2]", "[0,9223372036854775807]"), 8),
        with_header(&tensor("F32", "[2]", "[8,0]"), 8),
        with_header(&tensor("F32", "[2]", "[4,12]"), 12),
        with_header(&tensor("F32", "[NaN]", "[0,8]"), 8),
        with_header(&tensor("F32", "[-1]", "[0,8]"), 8),
        with_header(&tensor("F32", "[1.5]", "[0,8]"), 8),
        with_header(&tensor("X9", "[2]", "[0,8]"), 8),
        with_header(&tensor("F32", "[2]", "[0,8]"), 9),
        with_header(r#"{"__metadata__":{"format":"keras-core checkpoint","version":"1"}}"#, 0),
        with_header(r#"{"__metadata__":{"format":7}}"#, 0),
        with_header("", 0),
    ];
    for (number, file) in files.iter().enumerate() {
        assert!(load(&path, file).is_err(), "file {number}");
        assert!(Net::<Cpu>::new(1).load_weights(&path).is_err(), "file {number}");
    }
    // Longer than any memory, on a disk that has holes.
    let hole = fs::File::create(&path).unwrap();
    hole.set_len(1 << 40).unwrap();
    drop(hole);
    assert!(Net::<Cpu>::new(1).load_weights(&path).is_err());
    assert!(Net::<Cpu>::new(1).load_weights(folder.path()).is_err());
    let wide = format!(
        r#"{{"dense/bias":{{"dtype":"F32","shape":[{}],"data_offsets":[0,{}]}}}}"#,
        1_u64 << 36,
        1_u64 << 38
    );
    fs::write(&path, with_header(&wide, 0)).unwrap();
    fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(8 + wide.len() as u64 + (1 << 38))
        .unwrap();
    let error = Net::<Cpu>::new(1).load_weights(&path).unwrap_err().to_string();
    assert!(error.contains("`dense/bias` is [4] in the model, but [68719476736] in the file"), "{error}");
}

/// The checkpoint with a text of its header replaced by one as long, and sealed again.
fn changed(good: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = good.windows(from.len()).position(|w| w == from.as_bytes()).unwrap_or_else(|| panic!("{from}"));
    let mut bad = good.to_vec();
    bad[at..at + from.len()].copy_from_slice(to.as_bytes());
    seal(&mut bad);
    bad
}

#[test]
fn what_is_wrong_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let good = small(folder.path());
    let path = folder.path().join("bad.safetensors");
    let said = |bytes: &[u8]| load(&path, bytes).unwrap_err().to_string();
    let error = said(&changed(&good, r#""version":"1""#, r#""version":"2""#));
    assert!(error.ends_with("its version is 2, but this program reads version 1"), "{error}");
    let error = said(&changed(&good, "optimizer/velocity", "optimizer/velocitx"));
    assert!(error.contains("`optimizer/velocity` [17] is not in the file"), "{error}");
    assert!(error.contains("`optimizer/velocitx` is in the file, but not in the optimizer"), "{error}");
    let mut bad = good.clone();
    *bad.last_mut().unwrap() ^= 1;
    assert!(said(&bad).contains("the file is damaged: its checksum should be"), "{}", said(&bad));

    fs::write(&path, &good).unwrap();
    let mut other =
        Other::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), Metrics::default());
    let error = other.load(&path).unwrap_err().to_string();
    assert!(
        error.contains("another model, Net: a layer is `dense: Dense<2, 4, Relu>` in the model"),
        "{error}"
    );
    let mut larger =
        Larger::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), Metrics::default());
    let error = larger.load(&path).unwrap_err().to_string();
    for line in [
        "`dense/kernel` is [2, 5] in the model, but [2, 4] in the file",
        "`dense/bias` is [5] in the model, but [4] in the file",
        "`dense_1/kernel` is [5, 1] in the model, but [4, 1] in the file",
    ] {
        assert!(error.contains(line), "{error}");
    }
}

#[test]
fn what_fits_is_loaded_by_name() {
    sequential! { #[allow(keras::two_linear_layers)] struct Two< Dense<2, 4, Tanh>, Dense<_, 4>, Dense<_, 1> > }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    Net::<Cpu>::new(1).save_weights(&path).unwrap();
    let mut two = Two::<Cpu>::new(2);
    let error = two.load_weights(&path).unwrap_err().to_string();
    assert!(error.contains("`dense_2/kernel` [4, 1] is not in the file"), "{error}");
    let error = two.load_weights_with(&path, Load::by_name()).unwrap_err().to_string();
    assert!(error.contains("`dense_1/kernel` is [4, 4] in the model, but [4, 1] in the file"), "{error}");
    let loaded = two.load_weights_with(&path, Load::by_name().skip_mismatch(true)).unwrap();
    assert_eq!(loaded.loaded, ["dense/kernel", "dense/bias"]);
    assert_eq!(loaded.missing, ["dense_2/kernel", "dense_2/bias"]);
    assert_eq!((loaded.skipped.len(), loaded.extra.len()), (2, 0));
    let back = folder.path().join("two.safetensors");
    two.save_weights(&back).unwrap();
    let loaded = Net::<Cpu>::new(3).load_weights_with(&back, Load::by_name().skip_mismatch(true)).unwrap();
    assert_eq!(loaded.extra, ["dense_2/bias", "dense_2/kernel"]);
}

#[test]
fn what_a_killed_writer_left_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let (x, y) = data();
    let good = small(folder.path());
    let (path, beside) =
        (folder.path().join("small.safetensors"), folder.path().join("small.safetensors.7-0.tmp"));
    fs::write(&beside, &good[..good.len() / 2]).unwrap();
    let fit = Fit::epochs(2).batch_size(4).validation_split(0.1).verbose(Verbose::Silent);
    let history = compiled(Adam::default()).fit(&x, &y, fit.callback(BackupAndRestore::new(&path))).unwrap();
    assert_eq!(history.epochs(), [0, 1]);
    assert!(!beside.exists() && !path.exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_change_that_is_sealed_makes_a_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut bad = small(folder.path());
        for (at, to) in changes {
            let len = bad.len();
            bad[at.index(len)] = to;
        }
        seal(&mut bad);
        let _ = load(&folder.path().join("bad.safetensors"), &bad);
        let _ = Net::<Cpu>::new(1).load_weights(folder.path().join("bad.safetensors"));
    }
}
