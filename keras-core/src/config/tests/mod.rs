//! What Keras 3.15 wrote, in `keras.json`: read, and written again as it was.

mod activations;
mod metrics;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::constraints::{AnyConstraint, MaxNorm};
use crate::initializers::{AnyInitializer, Identity};
use crate::losses::{AnyLoss, AnySparseLoss, BinaryCrossentropy, CosineSimilarity, Huber, MeanSquaredError};
use crate::optimizers::{Adam, AdamW, AnyOptimizer, LossScaleOptimizer, Optimizer, SGD};
use crate::regularizers::AnyRegularizer;
use crate::schedules::{CosineDecay, Schedule};

fn keras(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("keras.json")).unwrap();
    all[kind].as_array().unwrap().clone()
}

/// All numbers as floats: Keras writes 1 and 1.0 alike.
fn floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(all) => all.into_iter().map(floats).collect(),
        Value::Object(all) => all.into_iter().map(|(key, value)| (key, floats(value))).collect(),
        other => other,
    }
}

fn reads_and_writes<T: Serialize + DeserializeOwned>(kind: &str, least: usize) {
    let all = keras(kind);
    assert!(all.len() >= least, "{kind}: {}", all.len());
    for object in all {
        let read: T =
            serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{object}: {error}"));
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(floats(written), floats(object));
    }
}

fn said<T: DeserializeOwned>(value: Value) -> String {
    serde_json::from_value::<T>(value).err().unwrap().to_string()
}

#[test]
fn what_keras_writes_is_read_and_written_again() {
    reads_and_writes::<Schedule>("schedules", 8);
    reads_and_writes::<AnyOptimizer>("optimizers", 22);
    reads_and_writes::<AnyInitializer>("initializers", 18);
    reads_and_writes::<AnyRegularizer>("regularizers", 4);
    reads_and_writes::<AnyConstraint>("constraints", 4);
    reads_and_writes::<AnyLoss>("losses", 21);
    reads_and_writes::<AnySparseLoss>("sparse_losses", 3);
    for object in keras("loss_scale") {
        let read: LossScaleOptimizer<AnyOptimizer> = serde_json::from_value(object.clone()).unwrap();
        assert_eq!(read.learning_rate(), 0.5);
        assert_eq!(floats(serde_json::to_value(read).unwrap()), floats(object["config"].clone()));
    }
}

#[test]
fn values_mean_what_they_say() {
    let optimizers: Vec<AnyOptimizer> =
        keras("optimizers").into_iter().map(|object| serde_json::from_value(object).unwrap()).collect();
    for expected in [
        SGD::new(0.5).momentum(0.9).nesterov(true).clipnorm(1.0).into(),
        Adam::new(0.125).amsgrad(true).clipvalue(0.5).weight_decay(0.01).into(),
        AdamW::new(f64::from(0.001_f32)).into(),
        Adam::default().schedule(CosineDecay::new(0.1, 20)).into(),
        SGD::new(f64::from(0.01_f32)).loss_scale_factor(8.0).gradient_accumulation_steps(4).into(),
    ] {
        assert!(optimizers.contains(&expected), "{expected:?}");
    }
    let of_logits: AnyLoss = serde_json::from_value(keras("losses")[5].clone()).unwrap();
    assert_eq!(of_logits, BinaryCrossentropy::from_logits().label_smoothing(0.1).into());
}

#[test]
fn missing_fields_take_their_defaults() {
    let read = |value| serde_json::from_value::<AnyOptimizer>(value).unwrap();
    assert_eq!(read(json!("adam")), Adam::default().into());
    assert_eq!(read(json!({"class_name": "Adam"})), Adam::default().into());
    assert_eq!(read(json!({"class_name": "Adam", "config": {"learning_rate": 1}})), Adam::new(1.0).into());
    let adam: Adam = serde_json::from_value(json!({"beta_1": 0.8})).unwrap();
    assert_eq!(adam, Adam::default().beta_1(0.8));
    assert!(
        said::<Schedule>(json!({"class_name": "CosineDecay", "config": {"alpha": 0.1}}))
            .starts_with("initial_learning_rate of CosineDecay: expected a value, but found none")
    );
}

#[test]
fn what_keras_does_not_write_is_not_lost() {
    let again =
        |loss: AnyLoss| serde_json::from_value::<AnyLoss>(serde_json::to_value(loss).unwrap()).unwrap();
    let losses: [AnyLoss; 3] = [
        Huber::new(2.0).into(),
        CosineSimilarity::default().axis(1).into(),
        MeanSquaredError::halved().into(),
    ];
    for loss in losses {
        assert_eq!(again(loss), loss);
    }
    let identity: AnyInitializer = serde_json::from_value(
        serde_json::to_value(Identity::new(0.5))
            .map(|config| json!({"class_name": "Identity", "config": config}))
            .unwrap(),
    )
    .unwrap();
    assert!(format!("{identity:?}").contains("0.5"));
    let sgd = SGD::default().exclude_from_weight_decay(&["bias"]);
    assert_eq!(serde_json::from_value::<SGD>(serde_json::to_value(sgd).unwrap()).unwrap(), sgd);
}

#[test]
fn what_is_wrong_is_named() {
    let adam = |config: Value| said::<AnyOptimizer>(json!({"class_name": "Adam", "config": config}));
    assert_eq!(
        adam(json!({"beta1": 0.8})),
        "the configuration of Adam: expected one of its fields, such as `beta_1`, but found `beta1`"
    );
    assert_eq!(adam(json!({"beta_1": "0.8"})), "beta_1 of Adam: expected a number, but found \"0.8\"");
    assert_eq!(
        said::<AnyOptimizer>(json!({"class_name": "Adma", "config": {}})),
        "optimizer: expected the name of one, such as `Adam`, but found `Adma`"
    );
    assert!(said::<AnyOptimizer>(json!(3)).contains("a name, or an object with `class_name` and `config`"));
    assert!(said::<AnyOptimizer>(json!({"class_name": "Adam", "confg": {}})).contains("`confg`"));
    assert!(
        said::<AnyOptimizer>(json!({"class_name": "LossScaleOptimizer", "config": {}}))
            .contains("AnyOptimizer may be")
    );
    assert_eq!(said::<Adam>(json!({"class_name": "SGD"})), "class_name: expected `Adam`, but found `SGD`");
    let axes = json!({"class_name": "HeNormal", "config": {"input_axes": [0], "output_axes": [1]}});
    assert_eq!(said::<AnyInitializer>(axes), "input_axes of HeNormal: expected null, but found [0]");
    assert!(said::<MaxNorm>(json!({"axis": []})).contains("1 to 4"));
    let sparse = json!({"class_name": "SparseCategoricalCrossentropy", "config": {}});
    assert!(said::<AnyLoss>(sparse).contains("AnyLoss may be"));
    assert!(
        said::<BinaryCrossentropy>(json!({"from_logits": true})).contains("expected false, as its type says")
    );
    let own = Adam::default().schedule(|step| 0.1 / (step + 1) as f64);
    assert!(serde_json::to_value(AnyOptimizer::from(own)).unwrap_err().to_string().contains("closure"));
}
