//! Whole calls of `fit`: the history, the weights, and what `evaluate` and `predict` say afterwards.

use keras_core::data::Data;
use keras_core::element::Element;
use keras_core::losses::Loss;
use keras_core::metrics::Metrics;
use keras_core::ndarray::{Array1, ArrayD};
use keras_core::optimizers::Optimizer;
use keras_core::prelude::*;
use serde_json::Value;

use crate::case::{Case, run, widen};
use crate::kwargs;
use crate::nets::{ConvnetWithoutDropout, Mlp, Regressor};
use crate::training::{config, our_name};
use crate::weights;

/// One model, loss, list of metrics and kind of target in both precisions.
macro_rules! both {
    ($case:ident, $model:ident, $optimizer:expr, $loss:expr, $metrics:expr, $y:expr) => {
        fit::<$model<Cpu<f32>>, f32, _, _, _, _>($case, $optimizer, $loss, $metrics, $y, $case.tolerance())
            .and_then(|()| {
                fit::<$model<Cpu<f64>>, f64, _, _, _, _>($case, $optimizer, $loss, $metrics, $y, 1e-6)
            })
    };
}

#[test]
fn fits() {
    run("fit", &[], |case| {
        let compile = case.json("compile");
        let optimizer = |class| config(&compile["optimizer"], class);
        let (loss, y) = (CategoricalCrossentropy::default(), &case.tensor("y.0").array());
        assert_eq!(
            compile["metrics"].as_array().unwrap().len(),
            usize::from(!matches!(&*case.name, "fit/mlp_05" | "fit/mlp_06"))
        );
        match (case.name.as_str(), compile["loss"].as_str().unwrap()) {
            ("fit/mlp_00", "categorical_crossentropy") => {
                both!(case, Mlp, kwargs::adam(&optimizer("Adam")), loss, (Accuracy::default(),), y)
            }
            ("fit/mlp_01" | "fit/mlp_04", "categorical_crossentropy") => {
                both!(case, Mlp, kwargs::sgd(&optimizer("SGD")), loss, (Accuracy::default(),), y)
            }
            ("fit/mlp_02", "sparse_categorical_crossentropy") => {
                let (loss, classes) = (SparseCategoricalCrossentropy::default(), case.tensor("y.0").ints());
                let rmsprop = kwargs::rmsprop(&optimizer("RMSprop"));
                both!(case, Mlp, rmsprop, loss, (Accuracy::default(),), &classes)
            }
            ("fit/mlp_03", "mse") => {
                let adam = kwargs::adam(&optimizer("Adam"));
                let metrics = (keras_core::metrics::MeanAbsoluteError::default(),);
                both!(case, Regressor, adam, MeanSquaredError::default(), metrics, y)
            }
            ("fit/mlp_05", "categorical_crossentropy") => {
                both!(case, Mlp, kwargs::sgd(&optimizer("SGD")), loss, (), y)
            }
            ("fit/mlp_06", "categorical_crossentropy") => {
                both!(case, Mlp, kwargs::adam(&optimizer("Adam")), loss, (), y)
            }
            ("fit/convnet_00", "sparse_categorical_crossentropy") => {
                let (loss, classes) = (SparseCategoricalCrossentropy::default(), case.tensor("y.0").ints());
                let adam = kwargs::adam(&optimizer("Adam"));
                both!(case, ConvnetWithoutDropout, adam, loss, (Accuracy::default(),), &classes)
            }
            _ => Err("a training that is not handled".into()),
        }
    });
}

/// The arguments of `fit`.
fn arguments<'a>(case: &Case, sample_weight: Option<&'a Array1<f32>>) -> Fit<'a> {
    let arguments = case.json("fit");
    let mut fit = Fit::epochs(arguments["epochs"].as_u64().unwrap() as usize).verbose(Verbose::Silent);
    for (name, value) in arguments.as_object().unwrap() {
        let count = || value.as_u64().unwrap() as usize;
        fit = match name.as_str() {
            "epochs" => fit,
            "batch_size" => fit.batch_size(count()),
            "steps_per_epoch" => fit.steps_per_epoch(count()),
            "shuffle" => fit.shuffle(value.as_bool().unwrap()),
            "validation_split" => fit.validation_split(value.as_f64().unwrap()),
            "class_weight" => {
                let weights = value.as_object().unwrap().iter();
                fit.class_weight(weights.map(|(class, w)| (class.parse().unwrap(), w.as_f64().unwrap())))
            }
            other => panic!("argument {other} is not handled"),
        };
    }
    for callback in case.json("callbacks").as_array().unwrap() {
        fit = add_callback(fit, callback);
    }
    match sample_weight {
        Some(weights) => fit.sample_weight(weights),
        None => fit,
    }
}

fn add_callback<'a>(fit: Fit<'a>, callback: &Value) -> Fit<'a> {
    let config = &callback["config"];
    let patience = config["patience"].as_u64().unwrap() as usize;
    let monitor = config["monitor"].as_str().unwrap();
    match callback["class_name"].as_str().unwrap() {
        "EarlyStopping" => {
            let restore = config["restore_best_weights"].as_bool().unwrap();
            let stop = EarlyStopping::default().monitor(monitor).patience(patience);
            fit.callback(stop.restore_best_weights(restore))
        }
        "ReduceLROnPlateau" => {
            let factor = config["factor"].as_f64().unwrap();
            fit.callback(ReduceLROnPlateau::default().monitor(monitor).patience(patience).factor(factor))
        }
        other => panic!("callback {other} is not handled"),
    }
}

fn fit<M, E, O, L, Ms, Y>(
    case: &Case,
    optimizer: O,
    loss: L,
    metrics: Ms,
    y: &Y,
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
    let say = |error: keras_core::Error| error.to_string();
    let x: ArrayD<f64> = case.tensor("x.0").array();
    let weights = case.find("x.sample_weight").map(|w| w.values.iter().map(|&w| w as f32).collect());
    let mut model = weights::load::<M, E>(case).compile(optimizer, loss, metrics);
    let history = model.fit(&x, y, arguments(case, weights.as_ref())).map_err(say)?;
    let mut figures = 0;
    for name in case.names().filter_map(|name| name.strip_prefix("history.")) {
        let (validation, figure) = name.strip_prefix("val_").map_or(("", name), |figure| ("val_", figure));
        let ours = format!("{validation}{}", our_name(figure).unwrap());
        let values = history.get(&ours).ok_or(format!("there is no {ours} in the history"))?;
        case.compare(&format!("history.{name}"), values, tolerance)?;
        figures += 1;
    }
    assert_eq!(figures, history.names().count(), "{}: figures", case.name);
    weights::compare::<M, E>(case, "final.", &model, tolerance)?;

    let scores = model.evaluate(&x, y).map_err(say)?;
    for name in case.names().filter_map(|name| name.strip_prefix("evaluate.")) {
        case.compare(&format!("evaluate.{name}"), &[scores[our_name(name).unwrap()]], tolerance)?;
    }
    let output = model.predict(&x).map_err(say)?;
    case.compare("output.0", &widen(output.as_slice()), tolerance)
}
