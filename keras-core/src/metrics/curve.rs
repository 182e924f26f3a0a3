use super::confusion::share;
use super::histogram::Point;
use crate::element::Element;

/// The curve whose area [`AUC`](super::AUC) is. Keras' argument `curve`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Curve {
    /// The receiver operating characteristic: the recall over the rate of false positives.
    #[default]
    Roc,
    /// The precision over the recall.
    Pr,
    /// The gain in precision over the gain in recall (Flach and Kull, "Precision-Recall-Gain curves",
    /// 2015).
    PrGain,
}

/// How high the curve is between two thresholds. Keras' argument `summation_method`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Summation {
    /// The mean of both ends; under the curve of precision and recall, true positives in proportion to
    /// what is said to be positive (Davis and Goadrich, "The relationship between precision-recall and
    /// ROC curves", 2006).
    #[default]
    Interpolation,
    /// The lower end.
    Minoring,
    /// The upper end.
    Majoring,
}

impl Curve {
    /// The area under the curve through these points, from the highest threshold down.
    pub fn area(self, points: impl Iterator<Item = Point>, summation: Summation) -> f64 {
        let mut points = points;
        let Some(mut last) = points.next() else { return 0.0 };
        let mut area = 0.0;
        for point in points {
            area += match (self, summation) {
                (Self::Pr, Summation::Interpolation) => interpolated_precision(&point, &last),
                _ => {
                    let ((x, y), (last_x, last_y)) = (self.at(&point), self.at(&last));
                    let height = match summation {
                        Summation::Interpolation => (y + last_y) / 2.0,
                        Summation::Minoring => y.min(last_y),
                        Summation::Majoring => y.max(last_y),
                    };
                    (x - last_x) * height
                }
            };
            last = point;
        }
        area
    }

    fn at(self, point: &Point) -> (f64, f64) {
        match self {
            Self::Roc => (point.false_positive_rate(), point.recall()),
            Self::Pr => (point.recall(), point.precision()),
            Self::PrGain if point.true_positives == 0.0 => (0.0, 1.0),
            Self::PrGain => {
                let odds = share(point.positives, point.negatives);
                let gain = |wrong: f64| 1.0 - odds * wrong / point.true_positives;
                (gain(point.positives - point.true_positives).max(0.0), gain(point.false_positives))
            }
        }
    }
}

/// The area under the precision from the threshold of `last` down to that of `point`: between them the
/// true positives are `slope * said + intercept`.
fn interpolated_precision(point: &Point, last: &Point) -> f64 {
    let risen = point.true_positives - last.true_positives;
    let slope = share(risen, (point.said() - last.said()).max(0.0));
    let intercept = last.true_positives - slope * last.said();
    let both = point.said() > 0.0 && last.said() > 0.0;
    let ratio = if both { point.said() / last.said() } else { 1.0 };
    share(slope * (risen + intercept * Element::ln(ratio)), last.positives)
}

#[cfg(feature = "serde")]
crate::config::words!(Curve: "ROC" | "roc" => Curve::Roc, "PR" | "pr" => Curve::Pr, "PRGAIN" | "prgain" => Curve::PrGain);
#[cfg(feature = "serde")]
crate::config::words! {
    Summation: "interpolation" | "Interpolation" => Summation::Interpolation,
    "minoring" | "Minoring" => Summation::Minoring,
    "majoring" | "Majoring" => Summation::Majoring
}
