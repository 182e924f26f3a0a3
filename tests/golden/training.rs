//! Trainings, batch by batch: what each step reports, the weights at the end, and what is predicted then.

use keras_core::data::Data;
use keras_core::element::Element;
use keras_core::losses::Loss;
use keras_core::metrics::Metrics;
use keras_core::ndarray::{Array1, ArrayD, Axis};
use keras_core::optimizers::Optimizer;
use keras_core::prelude::*;

use crate::case::{Case, run, widen};
use crate::kwargs::{self, Kwargs};
use crate::nets::{
    Activity, Autoencoder, Binary, ConstrainedMlp, ConvnetWithoutDropout, Lenet, Mlp, Multi, Regressor,
    RegularMlp, Resnet,
};
use crate::{several, weights};

/// Keras' figures that have another name with us, or none.
const RENAMED: [(&str, Option<&str>); 2] = [("mae", Some("mean_absolute_error")), ("auc", None)];

/// Our name of a figure of Keras'.
pub fn our_name(theirs: &str) -> Option<&str> {
    RENAMED.iter().find(|(name, _)| *name == theirs).map_or(Some(theirs), |(_, ours)| *ours)
}

/// The arguments of a compile argument, a name or a configuration, that must be this class.
pub fn config(value: &serde_json::Value, class: &str) -> Kwargs {
    if let Some(name) = value.as_str() {
        assert_eq!(name, class.to_lowercase());
        return Kwargs::new();
    }
    assert_eq!(value["class_name"], class);
    value["config"].as_object().unwrap().clone()
}

/// One model, loss and list of metrics in both precisions.
macro_rules! both {
    ($case:ident, $model:ident, $optimizer:expr, $loss:expr, $metrics:expr) => {
        both!($case, $model, $optimizer, $loss, $metrics, |y| y)
    };
    ($case:ident, $model:ident, $optimizer:expr, $loss:expr, $metrics:expr, $target:expr) => {
        steps::<$model<Cpu<f32>>, f32, _, _, _, _>(
            $case,
            $optimizer,
            $loss,
            $metrics,
            $target,
            $case.tolerance(),
        )
        .and_then(|()| {
            steps::<$model<Cpu<f64>>, f64, _, _, _, _>($case, $optimizer, $loss, $metrics, $target, 1e-6)
        })
    };
}

/// Targets that are class numbers.
fn classes(y: ArrayD<f64>) -> ArrayD<i32> {
    y.mapv(|class| class as i32)
}

#[test]
fn training() {
    run("training", &[], |case| {
        if case.text("model") == "multi_io" {
            return several::training(case);
        }
        let compile = case.json("compile");
        if case.name == "training/mlp_05" {
            let loss = &compile["loss"];
            assert_eq!(
                (&loss["class_name"], &loss["config"]["from_logits"]),
                (&"SparseCategoricalCrossentropy".into(), &true.into())
            );
            let adagrad = kwargs::adagrad(&config(&compile["optimizer"], "Adagrad"));
            let (loss, metric) =
                (SparseCategoricalCrossentropy::from_logits(), SparseCategoricalAccuracy::default());
            return both!(case, ConstrainedMlp, adagrad, loss, (metric,), classes);
        }
        if case.name == "training/multi_00" {
            return both!(case, Multi, several_optimizers(&compile), CategoricalCrossentropy::default(), ());
        }
        let optimizer = |class| config(&compile["optimizer"], class);
        let loss = compile["loss"].as_str().unwrap();
        let mae = (keras_core::metrics::MeanAbsoluteError::default(),);
        match (case.text("model"), case.name.as_str(), loss) {
            ("autoencoder", _, "mse") => {
                let adam = kwargs::adam(&optimizer("Adam"));
                both!(case, Autoencoder, adam, MeanSquaredError::default(), mae)
            }
            (_, "training/mlp_00", "categorical_crossentropy") => {
                let (adam, loss) = (kwargs::adam(&optimizer("Adam")), CategoricalCrossentropy::default());
                both!(case, Mlp, adam, loss, (Accuracy::default(),))
            }
            (_, "training/mlp_01", "categorical_crossentropy") => {
                let (sgd, loss) = (kwargs::sgd(&optimizer("SGD")), CategoricalCrossentropy::default());
                both!(case, Mlp, sgd, loss, (Accuracy::default(),))
            }
            (_, "training/mlp_02", "categorical_crossentropy") => {
                let (rmsprop, loss) =
                    (kwargs::rmsprop(&optimizer("RMSprop")), CategoricalCrossentropy::default());
                both!(case, RegularMlp, rmsprop, loss, ())
            }
            (_, "training/mlp_03", "mean_squared_error") => {
                let adam = kwargs::adam(&optimizer("Adam"));
                let metrics = (mae.0, RootMeanSquaredError::default());
                both!(case, Regressor, adam, MeanSquaredError::default(), metrics)
            }
            (_, "training/mlp_04", "binary_crossentropy") => {
                let (adamw, loss) = (kwargs::adamw(&optimizer("AdamW")), BinaryCrossentropy::default());
                let metrics = (Accuracy::default(), Precision::default(), Recall::default());
                both!(case, Binary, adamw, loss, metrics.clone())
            }
            ("activity", _, "mean_squared_error") => {
                let sgd = serde_json::json!({"learning_rate": 0.1, "loss_scale_factor": 8.0});
                assert_eq!(optimizer("SGD"), *sgd.as_object().unwrap());
                let sgd = SGD::new(0.1).loss_scale_factor(8.0);
                both!(case, Activity, sgd, MeanSquaredError::default(), ())
            }
            ("convnet", _, "sparse_categorical_crossentropy") => {
                let (adam, loss) =
                    (kwargs::adam(&optimizer("Adam")), SparseCategoricalCrossentropy::default());
                both!(case, ConvnetWithoutDropout, adam, loss, (Accuracy::default(),), classes)
            }
            ("resnet", _, "sparse_categorical_crossentropy") => {
                let (sgd, loss) = (kwargs::sgd(&optimizer("SGD")), SparseCategoricalCrossentropy::default());
                both!(case, Resnet, sgd, loss, (Accuracy::default(),), classes)
            }
            ("lenet", _, "sparse_categorical_crossentropy") => {
                let (sgd, loss) = (kwargs::sgd(&optimizer("SGD")), SparseCategoricalCrossentropy::default());
                both!(case, Lenet, sgd, loss, (Accuracy::default(),), classes)
            }
            _ => Err("a training that is not handled".into()),
        }
    });
}

/// One for the layers, one for a layer, one for a variable.
fn several_optimizers(compile: &serde_json::Value) -> MultiOptimizer {
    let map = serde_json::json!({
        ".*/hidden_1/.*": {"class_name": "Adam", "config": {
            "learning_rate": 0.01, "use_ema": true, "ema_momentum": 0.5, "ema_overwrite_frequency": 3
        }},
        ".*/out/kernel": {"class_name": "RMSprop", "config": {"learning_rate": 0.02}}
    });
    let default = serde_json::json!({"learning_rate": 0.1, "momentum": 0.9, "global_clipnorm": 0.5});
    let all = &compile["optimizer"]["config"];
    assert_eq!((&all["optimizer_map"], &all["default_optimizer"]["config"]), (&map, &default));
    MultiOptimizer::new(SGD::new(0.1).momentum(0.9).global_clipnorm(0.5))
        .with("hidden_1", Adam::new(0.01).use_ema(true).ema_momentum(0.5).ema_overwrite_frequency(3))
        .with("out/kernel", RMSprop::new(0.02))
}

fn steps<M, E, O, L, Ms, Y>(
    case: &Case,
    optimizer: O,
    loss: L,
    metrics: Ms,
    target: impl Fn(ArrayD<f64>) -> Y,
    tolerance: f64,
) -> Result<(), String>
where
    E: Element,
    M: OneToOne<Backend = Cpu<E>>,
    O: Optimizer,
    L: Loss<M::Out>,
    Ms: Metrics<M::Out, L::Target>,
    Y: Data<L::Target, Cpu<E>>,
{
    let mut model = weights::load::<M, E>(case).compile(optimizer, loss, metrics);
    let (x, y) = (case.tensor("x.0").array(), case.tensor("y.0").array());
    let sample_weight = case.find("x.sample_weight").map(|weights| weights.array().mapv(|w| w as f32));
    let mut logs = Vec::new();
    for step in 0..case.text("steps").parse().unwrap() {
        let x = x.index_axis(Axis(0), step).to_owned();
        let y = target(y.index_axis(Axis(0), step).to_owned());
        let log = match &sample_weight {
            None => model.train_on_batch(&x, &y),
            Some(weights) => {
                let weights: Array1<f32> = weights.index_axis(Axis(0), step).iter().copied().collect();
                model.train_on_weighted_batch(&x, &y, &weights)
            }
        };
        logs.push(log.map_err(|error| error.to_string())?);
    }
    let mut figures = 0;
    for name in case.names().filter_map(|name| name.strip_prefix("log.")) {
        let Some(ours) = our_name(name) else {
            println!("{}: there is no metric {name} yet", case.name);
            continue;
        };
        let values: Vec<f64> = logs.iter().map(|log| log[ours]).collect();
        case.compare(&format!("log.{name}"), &values, tolerance)?;
        figures += 1;
    }
    assert_eq!(figures, logs[0].names().len(), "{}: figures", case.name);
    weights::compare::<M, E>(case, "final.", &model, tolerance)?;
    let first = x.index_axis(Axis(0), 0).to_owned();
    let output = model.predict(&first).map_err(|error| error.to_string())?;
    case.compare("output.0", &widen(output.as_slice()), tolerance)?;
    if case.find("evaluate.loss").is_some() {
        let y = target(y.index_axis(Axis(0), 0).to_owned());
        let scores = model.evaluate(&first, &y).map_err(|error| error.to_string())?;
        case.compare("evaluate.loss", &[scores["loss"]], tolerance)?;
    }
    Ok(())
}
