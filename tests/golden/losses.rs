//! Losses: values, and gradients by the predictions.

use keras_core::backend::{Backend, Cpu};
use keras_core::data::Data;
use keras_core::element::Element;
use keras_core::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CTC, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalGeneralizedCrossEntropy, CategoricalHinge, Circle, CosineSimilarity, Dice, Hinge, Huber,
    KLDivergence, LogCosh, Logits, Loss, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, Probabilities, Reduction, Scores, SparseCategoricalCrossentropy,
    SquaredHinge, Tversky,
};
use keras_core::ndarray::ArrayD;
use keras_core::shape::{Ints, Rank1, Rank2, Rank3, Shape, Value};

use crate::case::{Case, cast, run, widen};

#[test]
fn losses() {
    run("losses", &[], |case| {
        let mut kwargs = case.kwargs();
        let from_logits = kwargs.remove("from_logits").is_some_and(|v| v.as_bool().unwrap());
        let smoothing = kwargs.remove("label_smoothing").map_or(0.0, |v| v.as_f64().unwrap());
        let ignore_class = kwargs.remove("ignore_class").map(|v| v.as_i64().unwrap() as i32);
        let mut number = |name: &str, default| kwargs.remove(name).map_or(default, |v| v.as_f64().unwrap());
        let (delta, margin, q) = (number("delta", 1.0), number("margin", 0.4), number("q", 0.5));
        let gamma = number("gamma", if case.text("class") == "Circle" { 80.0 } else { 2.0 });
        let alpha = number("alpha", if case.text("class") == "Tversky" { 0.5 } else { 0.25 });
        let beta = number("beta", 0.5);
        let mut switch = |name: &str, default| kwargs.remove(name).map_or(default, |v| v.as_bool().unwrap());
        let balanced = switch("apply_class_balancing", false);
        let diagonal = switch("remove_diagonal", true);
        let axis = kwargs.remove("axis").filter(|v| !v.is_null());
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
            ("MeanAbsolutePercentageError", _) => {
                dense(case, &MeanAbsolutePercentageError::default().with_reduction(reduction), per_row)
            }
            ("MeanSquaredLogarithmicError", _) => {
                dense(case, &MeanSquaredLogarithmicError::default().with_reduction(reduction), per_row)
            }
            ("CosineSimilarity", _) => {
                let axis = axis.map_or(-1, |v| v.as_i64().unwrap() as i32);
                dense(case, &CosineSimilarity::default().axis(axis).with_reduction(reduction), per_row)
            }
            ("LogCosh", _) => dense(case, &LogCosh::default().with_reduction(reduction), per_row),
            ("Hinge", _) => dense(case, &Hinge::default().with_reduction(reduction), per_row),
            ("SquaredHinge", _) => dense(case, &SquaredHinge::default().with_reduction(reduction), per_row),
            ("CategoricalHinge", _) => {
                dense(case, &CategoricalHinge::default().with_reduction(reduction), per_row)
            }
            ("KLDivergence", _) => dense(case, &KLDivergence::default().with_reduction(reduction), per_row),
            ("Poisson", _) => dense(case, &Poisson::default().with_reduction(reduction), per_row),
            ("Dice", _) => {
                let loss = Dice::default().with_reduction(reduction);
                image(case, &over(axis, loss, Dice::axis, Dice::axis, Dice::axis), per_row)
            }
            ("Tversky", _) => {
                let loss = Tversky::default().alpha(alpha).beta(beta).with_reduction(reduction);
                image(case, &over(axis, loss, Tversky::axis, Tversky::axis, Tversky::axis), per_row)
            }
            ("BinaryFocalCrossentropy", false) => {
                let loss = BinaryFocalCrossentropy::default().apply_class_balancing(balanced);
                let loss = loss.alpha(alpha).gamma(gamma).label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("BinaryFocalCrossentropy", true) => {
                let loss = BinaryFocalCrossentropy::from_logits().apply_class_balancing(balanced);
                let loss = loss.alpha(alpha).gamma(gamma).label_smoothing(smoothing);
                dense(case, &loss.with_reduction(reduction), per_row)
            }
            ("CategoricalFocalCrossentropy", false) => {
                let loss = CategoricalFocalCrossentropy::default().alpha(alpha).gamma(gamma);
                dense(case, &loss.label_smoothing(smoothing).with_reduction(reduction), per_row)
            }
            ("CategoricalFocalCrossentropy", true) => {
                let loss = CategoricalFocalCrossentropy::from_logits().alpha(alpha).gamma(gamma);
                dense(case, &loss.label_smoothing(smoothing).with_reduction(reduction), per_row)
            }
            ("CategoricalGeneralizedCrossEntropy", _) => {
                let loss = CategoricalGeneralizedCrossEntropy::new(q).with_reduction(reduction);
                check::<Rank1<3>, _>(case, &loss, &ints(case), per_row)
            }
            ("Circle", _) => {
                let loss = Circle::default().gamma(gamma).margin(margin).remove_diagonal(diagonal);
                check::<Rank1<4>, _>(case, &loss.with_reduction(reduction), &ints(case), per_row)
            }
            ("CTC", _) => {
                let loss = CTC::<3, 4>::default().with_reduction(reduction);
                check::<Rank2<6, 4>, _>(case, &loss, &ints(case), per_row)
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

/// A loss over the axes that a case names, if it names any.
fn over<L>(
    axis: Option<serde_json::Value>,
    loss: L,
    one: impl Fn(L, [i32; 1]) -> L,
    two: impl Fn(L, [i32; 2]) -> L,
    three: impl Fn(L, [i32; 3]) -> L,
) -> L {
    let axes: Vec<i32> = axis.map_or_else(Vec::new, |axis| serde_json::from_value(axis).unwrap());
    match axes[..] {
        [] => loss,
        [a] => one(loss, [a]),
        [a, b] => two(loss, [a, b]),
        [a, b, c] => three(loss, [a, b, c]),
        _ => panic!("axes that are not handled"),
    }
}

/// A loss that compares images.
fn image<L>(case: &Case, loss: &L, per_row: bool) -> Result<(), String>
where
    L: Loss<Rank3<3, 3, 1>, Target = Rank3<3, 3, 1>> + Loss<Rank3<3, 3, 2>, Target = Rank3<3, 3, 2>>,
{
    let y_true = case.tensor("input.y_true").array();
    match case.tensor("input.y_pred").shape[1..] {
        [3, 3, 1] => check::<Rank3<3, 3, 1>, L>(case, loss, &y_true, per_row),
        [3, 3, 2] => check::<Rank3<3, 3, 2>, L>(case, loss, &y_true, per_row),
        _ => Err("a shape that is not handled".into()),
    }
}

/// Targets that are whole numbers.
fn ints(case: &Case) -> ArrayD<i32> {
    let y_true = case.tensor("input.y_true");
    ArrayD::from_shape_vec(y_true.shape.clone(), y_true.ints()).unwrap()
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
    let y_true = ints(case);
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
    // TensorFlow has no CTC in double precision: that reference is of single precision.
    let tolerance = if case.text("class") == "CTC" { case.tolerance() } else { 1e-9 };
    case.compare("output.0", &mine, tolerance)?;
    kernel::<Out, f64, L>(case, loss, y_true, per_row, tolerance)?;
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
    let mut layout = Loss::<Out>::layout(loss, case.tensor("input.y_pred").shape[0]);
    // Where each row's loss is a result, the cotangent of each is its weight.
    let weights = match case.find("input.sample_weight") {
        _ if per_row => Some(cast::<E>(cotangent)),
        weights => weights.map(|w| cast::<E>(&w.values)),
    };
    if weights.as_ref().is_some_and(|w| per_row || w.len() == layout.rows) {
        layout.rows_per_weight = 1;
    }
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
