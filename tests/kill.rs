//! A training that is killed again and again ends in the same bits as one that never was.

#![cfg(unix)]
#![allow(missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

use keras_core::backend::Random;
use keras_core::ndarray::Array2;
use keras_core::prelude::*;
use keras_core::training::callbacks::SaveFreq;

sequential! {
    #[allow(keras::bias_before_normalization)]
    struct Net< Dense<3, 8>, BatchNormalization, Activation<Tanh>, Dropout<0.3>, Dense<_, 1, Sigmoid> >
}

const FOLDER: &str = "KERAS_KILL_TEST_FOLDER";
const BATCHES: &str = "KERAS_KILL_TEST_BATCHES";
const EPOCHS: usize = 20;

/// Says that a batch is done, and waits to be answered.
fn tick() {
    println!("batch");
    let mut answer = [0];
    let _ = std::io::stdin().read(&mut answer);
}

/// The training; what it came to is in the file `end`.
fn train(folder: &Path, batches: usize, mut tick: impl FnMut()) {
    let x = Array2::from_shape_fn((100, 3), |(i, j)| ((i * 7 + j * 5) % 11) as f32 / 11.0);
    let y = Array2::from_shape_fn((100, 1), |(i, _)| f32::from(x[[i, 0]] > x[[i, 1]]));
    let optimizer = Adam::new(0.02).amsgrad(true).use_ema(true).gradient_accumulation_steps(2);
    let metrics = (BinaryAccuracy::default(), AUC::default());
    let mut model = Net::<Cpu>::new(5).compile(optimizer, BinaryCrossentropy::default(), metrics);
    let freq = if batches == 0 { SaveFreq::Epoch } else { SaveFreq::Batches(batches) };
    let mut stop = EarlyStopping::default().patience(EPOCHS).restore_best_weights(true);
    let mut best = ModelCheckpoint::new(folder.join("best.safetensors")).save_best_only(true);
    let fit = Fit::epochs(EPOCHS)
        .batch_size(10)
        .validation_split(0.2)
        .verbose(Verbose::Silent)
        .callback(LambdaCallback::new().on_train_batch_end(|_, _| tick()))
        .callback(BackupAndRestore::new(folder.join("backup")).save_freq(freq))
        .callback(ReduceLROnPlateau::default().patience(2).factor(0.7))
        .callback(CSVLogger::new(folder.join("log.csv")))
        .callback(&mut best)
        .callback(&mut stop);
    let history = model.fit(&x, &y, fit).unwrap();
    model.save_weights(folder.join("weights.safetensors")).unwrap();
    let bytes = fs::read(folder.join("weights.safetensors")).unwrap();
    let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let mut weights: Vec<_> = file.tensors().into_iter().map(|(n, t)| (n, t.data().to_vec())).collect();
    weights.sort();
    let log = fs::read_to_string(folder.join("log.csv")).unwrap();
    let (stop, best) = ((stop.best(), stop.best_epoch()), best.best());
    fs::write(folder.join("end"), format!("{history:?}\n{stop:?}\n{best:?}\n{log}\n{weights:?}")).unwrap();
}

/// Not a test but the process that is killed.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    train(Path::new(&folder), std::env::var(BATCHES).unwrap().parse().unwrap(), tick);
}

/// Kills the training `kills` times, then lets it end.
fn killed(folder: &Path, batches: usize, kills: usize) {
    let mut random = Random::new(11, batches as u64);
    for kill in 0..=kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env(FOLDER, folder)
            .env(BATCHES, batches.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answers = child.stdin.take().unwrap();
        let mut left = 1 + random.below(7);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            if !line.unwrap().ends_with("batch") {
                continue;
            }
            // Now it goes on: with the next batch, the end of an epoch, or a checkpoint.
            let _ = answers.write_all(b"+");
            left -= u64::from(kill < kills);
            if left == 0 {
                (0..random.below(400_000)).for_each(|i| _ = std::hint::black_box(i));
                child.kill().unwrap();
                break;
            }
        }
        let status = child.wait().unwrap();
        match kill < kills {
            true => assert_eq!(status.signal(), Some(9), "run {kill}: {status}"),
            false => assert!(status.success(), "run {kill}: {status}"),
        }
    }
}

fn compare(batches: usize, kills: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (whole, cut) = (folder.path().join("whole"), folder.path().join("cut"));
    fs::create_dir(&whole).unwrap();
    fs::create_dir(&cut).unwrap();
    train(&whole, batches, || ());
    killed(&cut, batches, kills);
    let end = |folder: &Path| fs::read_to_string(folder.join("end")).unwrap();
    assert_eq!(end(&cut), end(&whole));
    // Nothing is left of the backup, nor of those that were half written.
    assert_eq!(fs::read_dir(cut.join("backup")).unwrap().count(), 0);
}

#[test]
fn killed_twenty_times_with_a_checkpoint_after_every_third_batch() {
    compare(3, 20);
}

#[test]
fn killed_eight_times_with_a_checkpoint_an_epoch() {
    compare(0, 8);
}
