//! Losses: values, and gradients by the predictions.

use keras_core::backend::{Backend, Cpu, LossRows};
use keras_core::data::Data;
use keras_core::element::Element;
use keras_core::losses::{
    BinaryCrossentropy, CategoricalCrossentropy, Huber, Logits, Loss, MeanAbsoluteError, MeanSquaredError,
    Probabilities, Reduction, Scores, SparseCategoricalCrossentropy,
};
use keras_core::ndarray::ArrayD;
use keras_core::shape::{Ints, Rank1, Rank2, Shape, Value};

use crate::case::{Case, cast, run, widen};

#[test]
fn losses() {
    run("losses", &[], |case| {
        let mut kwargs = case.kwargs();
        let from_logits = kwargs.remove("from_logits").is_some_and(|v| v.as_bool().unwrap());
        let smoothing = kwargs.remove("label_smoothing").map_or(0.0, |v| v.as_f64().unwrap());
        let ignore_class = kwargs.remove("ignore_class").map(|v| v.as_i64().unwrap() as i32);
        let delta = kwargs.remove("delta").map_or(1.0, |v| v.as_f64().unwrap());
        // `none` is no reduction of ours: `per_row` is tested instead.
        let (reduction, per_row) = match kwargs.remove("reduction") {
            None => (Reduction::default(), false),
            Some(name) if name == "none" => (Reduction::Sum, true),
            Some(name) => (serde_json::from_value(name).unwrap(), false),
        };
        if let Some(unknown) = kwargs.keys().next() {
            return Err(format!("argument {unknown} is not handled"));
        }
        match (case.text("class"), from_logits) {
            ("MeanSquaredError", _) => {
                dense(case, &MeanSquaredError::default().with_reduction(reduction), per_row)
            }
            ("MeanAbsoluteError", _) => {
                dense(case, &MeanAbsoluteError::default().with_reduction(reduction), per_row)
            }
            ("Huber", _) => dense(case, &Huber::new(delta).with_reduction(reduction), per_row),
            ("BinaryCrossentropy", false) => {
                let loss = BinaryCrossentropy::default().label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("BinaryCrossentropy", true) => {
                let loss = BinaryCrossentropy::from_logits().label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("CategoricalCrossentropy", false) => {
                let loss = CategoricalCrossentropy::default().label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("CategoricalCrossentropy", true) => {
                let loss = CategoricalCrossentropy::from_logits().label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("SparseCategoricalCrossentropy", false) => {
                let loss = SparseCategoricalCrossentropy::<Probabilities>::default();
                sparse(case, ignored(loss, ignore_class).with_reduction(reduction), per_row)
            }
            ("SparseCategoricalCrossentropy", true) => {
                let loss = SparseCategoricalCrossentropy::<Logits>::from_logits();
                sparse(case, ignored(loss, ignore_class).with_reduction(reduction), per_row)
            }
            (other, _) => Err(format!("class {other} is not handled")),
        }
    });
}

fn ignored<P: Scores>(
    loss: SparseCategoricalCrossentropy<P>,
    class: Option<i32>,
) -> SparseCategoricalCrossentropy<P> {
    class.map_or(loss, |class| loss.ignore_class(class))
}

/// A loss that compares floats.
fn dense<L>(case: &Case, loss: &L, per_row: bool) -> Result<(), String>
where
    L: Loss<Rank1<1>, Target = Rank1<1>>
        + Loss<Rank1<3>, Target = Rank1<3>>
        + Loss<Rank1<5>, Target = Rank1<5>>,
    L: Loss<Rank2<2, 5>, Target = Rank2<2, 5>> + Loss<Rank2<3, 4>, Target = Rank2<3, 4>>,
{
    let y_true = case.tensor("input.y_true").array();
    match case.tensor("input.y_pred").shape[1..] {
        [1] => check::<Rank1<1>, L>(case, loss, &y_true, per_row),
        [3] => check::<Rank1<3>, L>(case, loss, &y_true, per_row),
        [5] => check::<Rank1<5>, L>(case, loss, &y_true, per_row),
        [2, 5] => check::<Rank2<2, 5>, L>(case, loss, &y_true, per_row),
        [3, 4] => check::<Rank2<3, 4>, L>(case, loss, &y_true, per_row),
        _ => Err("a shape that is not handled".into()),
    }
}

/// A loss that compares with class numbers.
fn sparse<P: Scores>(
    case: &Case,
    loss: SparseCategoricalCrossentropy<P>,
    per_row: bool,
) -> Result<(), String> {
    let y_true = case.tensor("input.y_true");
    let y_true = ArrayD::from_shape_vec(y_true.shape.clone(), y_true.ints()).unwrap();
    match case.tensor("input.y_pred").shape[1..] {
        [4] => check::<Rank1<4>, _>(case, &loss, &y_true, per_row),
        [5] => check::<Rank1<5>, _>(case, &loss, &y_true, per_row),
        [3, 4] => check::<Rank2<3, 4>, _>(case, &loss, &y_true, per_row),
        _ => Err("a shape that is not handled".into()),
    }
}

fn check<Out, L>(
    case: &Case,
    loss: &L,
    y_true: &impl TwoPrecisions<L::Target>,
    per_row: bool,
) -> Result<(), String>
where
    Out: Shape,
    L: Loss<Out>,
{
    let y_pred = case.tensor("input.y_pred").array();
    let weights = case.find("input.sample_weight").map(|w| w.values.as_slice());
    let mine = match (per_row, weights) {
        (true, _) => Loss::<Out>::per_row(loss, y_true, &y_pred).map_err(|e| e.to_string())?,
        (_, None) => vec![Loss::<Out>::value(loss, y_true, &y_pred).map_err(|e| e.to_string())?],
        (_, Some(weights)) => {
            vec![Loss::<Out>::value_weighted(loss, y_true, &y_pred, weights).map_err(|e| e.to_string())?]
        }
    };
    case.compare("output.0", &mine, 1e-9)?;
    kernel::<Out, f64, L>(case, loss, y_true, per_row, 1e-9)?;
    kernel::<Out, f32, L>(case, loss, y_true, per_row, case.tolerance())
}

/// The kernel that training uses: the sum of all rows' losses, and the gradient.
fn kernel<Out: Shape, E: Element, L: Loss<Out>>(
    case: &Case,
    loss: &L,
    y_true: &impl TwoPrecisions<L::Target>,
    per_row: bool,
    tolerance: f64,
) -> Result<(), String> {
    let y_true = y_true.targets::<E>();
    let y_pred = cast::<E>(&case.tensor("input.y_pred").values);
    let cotangent = &case.tensor("cotangent.0").values;
    let width = Out::DIMS.last();
    let rows = y_pred.len() / width;
    // Where each row's loss is a result, the cotangent of each is its weight.
    let weights = match case.find("input.sample_weight") {
        _ if per_row => Some(cast::<E>(cotangent)),
        weights => weights.map(|w| cast::<E>(&w.values)),
    };
    let rows_per_weight = weights.as_ref().map_or(1, |w| rows / w.len());
    let mut layout = LossRows { rows, width, target_width: y_true.len() / rows, rows_per_weight, scale: 0.0 };
    let factor = loss.factor::<E>(layout, &y_true, weights.as_deref());
    layout.scale = if per_row { 1.0 } else { factor * cotangent[0] };
    let mut gradient = vec![E::of(f64::NAN); y_pred.len()];
    let device = Cpu::<E>::default();
    let sum =
        device.loss::<L::Target, L>(loss, layout, &y_true, &y_pred, weights.as_deref(), Some(&mut gradient));
    if !per_row {
        case.compare("output.0", &[sum * factor], tolerance)?;
    }
    case.compare("grad.y_pred", &widen(&gradient), tolerance)
}

/// Targets that can be had in either precision.
trait TwoPrecisions<V: Value>: Data<V, Cpu<f64>> {
    fn targets<E: Element>(&self) -> Vec<V::Scalar<E>>;
}

impl<V: Shape> TwoPrecisions<V> for ArrayD<f64> {
    fn targets<E: Element>(&self) -> Vec<E> {
        self.iter().map(|&v| E::of(v)).collect()
    }
}

impl<V: Shape> TwoPrecisions<Ints<V>> for ArrayD<i32> {
    fn targets<E: Element>(&self) -> Vec<i32> {
        self.iter().copied().collect()
    }
}
