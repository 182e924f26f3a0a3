use super::probability::log_sum_exp;
use super::{Axes, Loss, Reduction, Room, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::maths;
use crate::shape::{Ints, Rank1, Rank2};

/// `-ln p` of a sequence of labels, `p` being the probability that an output of more steps spells them: the
/// sum over all ways to repeat labels and to put blanks between them. Keras: `CTC`.
///
/// `CTC<LABELS, CLASSES>` compares an output `Rank2<STEPS, CLASSES>` of logits with up to `LABELS` labels a
/// sample, `Ints<Rank1<LABELS>>`. 0 is the blank, and fills up what is shorter. A label needs a step, and so
/// does the blank between two equal ones. Source: Graves et al., "Connectionist temporal classification", 2006.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// // Two steps spell the one label as `1 1`, `1 0` or `0 1`: three of four ways.
/// let loss = CTC::<3, 2>::default();
/// let value = Loss::<Rank2<2, 2>>::value(&loss, &keras_core::ndarray::array![[1, 0, 0]], &[[[0.0, 0.0], [0.0, 0.0]]])?;
/// assert!((value + 0.75_f64.ln()).abs() < 1e-12);
///
/// let wrong = Loss::<Rank2<2, 2>>::value(&loss, &keras_core::ndarray::array![[1, 1, 0]], &[[[0.0, 0.0], [0.0, 0.0]]]);
/// let expected = "labels of sample 0: expected such as 2 steps can spell, but found some that need 3";
/// assert_eq!(wrong.unwrap_err().to_string(), expected);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CTC<const LABELS: usize, const CLASSES: usize> {
    reduction: Reduction,
}

/// The labels of a sample, without what fills them up.
fn labels(y_true: &[i32]) -> &[i32] {
    &y_true[..y_true.iter().filter(|&&label| label != 0).count()]
}

/// How many steps these labels need.
fn steps(labels: &[i32]) -> usize {
    labels.len() + labels.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// `ln(eᵃ + eᵇ)`
fn log_add(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small == f64::NEG_INFINITY { large } else { large + maths::ln_1p(maths::exp(small - large)) }
}

/// The labels with blanks before, between and after them: what a way through the steps passes, one after the
/// other; a blank between two different labels may be left out.
#[derive(Clone, Copy)]
struct Places<'a>(&'a [i32]);

impl Places<'_> {
    fn count(self) -> usize {
        2 * self.0.len() + 1
    }
    fn class(self, place: usize) -> usize {
        if place.is_multiple_of(2) { 0 } else { self.0[place / 2] as usize }
    }
    /// Whether a way may come to a place from that two before.
    fn leaps(self, place: usize) -> bool {
        place >= 2 && !place.is_multiple_of(2) && self.class(place) != self.class(place - 2)
    }
}

impl<const LABELS: usize, const CLASSES: usize> CTC<LABELS, CLASSES> {
    reducible!();
}

/// With the logarithms of all probabilities, writes for each step those of all ways to each place, the step
/// itself included. That of all ways comes back.
fn forward(places: Places<'_>, classes: usize, log_p: &[f64], to: &mut [f64]) -> f64 {
    let count = places.count();
    to.fill(f64::NEG_INFINITY);
    for (step, log_p) in log_p.chunks_exact(classes).enumerate() {
        for place in 0..count {
            let ways = if step == 0 {
                if place < 2 { 0.0 } else { f64::NEG_INFINITY }
            } else {
                let before = &to[(step - 1) * count..step * count];
                let mut ways = before[place];
                if place > 0 {
                    ways = log_add(ways, before[place - 1]);
                }
                if places.leaps(place) { log_add(ways, before[place - 2]) } else { ways }
            };
            to[step * count + place] = ways + log_p[places.class(place)];
        }
    }
    let last = to.len() - 1;
    if count > 1 { log_add(to[last], to[last - 1]) } else { to[last] }
}

/// Goes back from the last step; hands to `each` a step, a place and the logarithm of all ways from there, the
/// step itself not included. `after` and `here` have room for all places.
fn backward(
    places: Places<'_>,
    classes: usize,
    log_p: &[f64],
    [mut after, mut here]: [&mut [f64]; 2],
    mut each: impl FnMut(usize, usize, f64),
) {
    let (count, steps) = (places.count(), log_p.len() / classes);
    for step in (0..steps).rev() {
        for (place, now) in here.iter_mut().enumerate().take(count) {
            *now = if step + 1 == steps {
                if place + 2 >= count { 0.0 } else { f64::NEG_INFINITY }
            } else {
                let log_p = &log_p[(step + 1) * classes..];
                let next = |place: usize| log_p[places.class(place)] + after[place];
                let mut ways = next(place);
                if place + 1 < count {
                    ways = log_add(ways, next(place + 1));
                }
                if place + 2 < count && places.leaps(place + 2) {
                    log_add(ways, next(place + 2))
                } else {
                    ways
                }
            };
            each(step, place, *now);
        }
        core::mem::swap(&mut after, &mut here);
    }
}

impl<const LABELS: usize, const CLASSES: usize> RowLoss<Ints<Rank1<LABELS>>> for CTC<LABELS, CLASSES> {
    fn row<E: Element>(&self, y_true: &[i32], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let places = Places(labels(y_true));
        let count = places.count();
        let mut log_p = Room::<f64>::new(y_pred.len());
        for (log_p, y_pred) in log_p.chunks_exact_mut(CLASSES).zip(y_pred.chunks_exact(CLASSES)) {
            log_p.iter_mut().zip(y_pred).for_each(|(l, p)| *l = p.f64());
            let (largest, log_sum) = log_sum_exp(log_p, None);
            log_p.iter_mut().for_each(|l| *l = (*l - largest) - log_sum);
        }
        let mut ways = Room::<f64>::new(y_pred.len() / CLASSES * count);
        let all = forward(places, CLASSES, &log_p, &mut ways);
        if let Some(gradient) = gradient {
            for (g, l) in gradient.iter_mut().zip(&*log_p) {
                *g = E::of(maths::exp(*l));
            }
            let mut rest = Room::<f64>::new(2 * count);
            let (after, here) = rest.split_at_mut(count);
            backward(places, CLASSES, &log_p, [after, here], |step, place, onward| {
                // A probability, also where rounding says more.
                let share = maths::exp(f64::min(ways[step * count + place] + onward - all, 0.0));
                gradient[step * CLASSES + places.class(place)] -= E::of(share);
            });
        }
        E::of(-all)
    }
}

impl<const STEPS: usize, const LABELS: usize, const CLASSES: usize> Loss<Rank2<STEPS, CLASSES>>
    for CTC<LABELS, CLASSES>
{
    type Target = Ints<Rank1<LABELS>>;
    const NAME: &'static str = "ctc";
    const FROM_LOGITS: bool = true;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        Axes::new([1, 2])
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, i32>) -> Result<()> {
        y_true.check_classes(CLASSES)?;
        for (sample, all) in y_true.values().chunks_exact(LABELS.max(1)).enumerate() {
            let name = || format!("labels of sample {sample}");
            let labels = labels(all);
            if labels.contains(&0) {
                return Err(Error::argument(name(), "zeros after the last label only", format!("{all:?}")));
            }
            let needed = steps(labels);
            if needed > STEPS {
                let expected = format!("such as {STEPS} steps can spell");
                return Err(Error::argument(name(), expected, format!("some that need {needed}")));
            }
        }
        Ok(())
    }
}

configured! {
    [const LABELS: usize, const CLASSES: usize] CTC<LABELS, CLASSES>, "CTC", "keras.losses", Self::default(), |this, fields| {
        fields.unused("name", "ctc");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
