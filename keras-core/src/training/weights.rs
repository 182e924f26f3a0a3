//! The weight of each sample, from sample weights and class weights.

use super::compiled::{Elem, TargetElem};
use super::fit::Weighting;
use crate::data::Rows;
use crate::element::{Element, Scalar};
use crate::error::{Error, Result};
use crate::losses::Loss;
use crate::model::Model;
use crate::shape::{Shape, Value};

/// One weight a sample, or none where nothing is weighted.
pub(crate) fn weights<M: Model, L: Loss<M::Output>>(
    weighting: &Weighting<'_>,
    y: &Rows<'_, TargetElem<M, L>>,
) -> Result<Option<Vec<Elem<M>>>> {
    if weighting.samples.is_none() && weighting.classes.is_empty() {
        return Ok(None);
    }
    let n = y.samples();
    let mut weights = vec![Elem::<M>::ONE; n];
    if let Some(samples) = &weighting.samples {
        if samples.len() != n {
            return Err(Error::Samples {
                left: "y".into(),
                left_samples: n,
                right: "sample_weight".into(),
                right_samples: samples.len(),
            });
        }
        for (sample, (weight, &w)) in weights.iter_mut().zip(samples).enumerate() {
            if !w.is_finite() {
                let name = "sample_weight".into();
                return Err(Error::NotFinite { name, sample, element: 0, value: w.to_string() });
            }
            *weight = Elem::<M>::of(w.into());
        }
    }
    if !weighting.classes.is_empty() {
        // One output tells two classes apart.
        let classes = <M::Output as Shape>::DIMS.last().max(2);
        for (i, (class, w)) in weighting.classes.iter().enumerate() {
            if *class >= classes || weighting.classes[..i].iter().any(|(other, _)| other == class) {
                let expected = format!("each of the classes 0 to {} at most once", classes - 1);
                return Err(Error::argument("class_weight", expected, format!("class {class}")));
            }
            if !w.is_finite() {
                return Err(Error::argument("class_weight", "finite weights", w));
            }
        }
        let width = y.width();
        for (weight, row) in weights.iter_mut().zip(y.values().chunks_exact(width)) {
            let Some(class) = class::<L::Target, Elem<M>>(row) else {
                return Err(Error::argument(
                    "class_weight",
                    "a target with one class a sample",
                    format!("{width} class numbers a sample"),
                ));
            };
            // A class that is not named weighs 1, as in Keras.
            if let Some((_, w)) = weighting.classes.iter().find(|(c, _)| *c == class) {
                *weight *= Elem::<M>::of(*w);
            }
        }
    }
    Ok(Some(weights))
}

/// The class of a sample (a number below 0 is none that can be named): its class number, the place of its one, or the nearest whole number.
fn class<V: Value, E: Element>(row: &[V::Scalar<E>]) -> Option<usize> {
    match row {
        [one] => Some(usize::try_from(one.rounded()).unwrap_or(usize::MAX)),
        many if V::ONE_HOT => {
            let best = many.iter().enumerate().fold(0, |best, (i, v)| if *v > many[best] { i } else { best });
            Some(best)
        }
        _ => None,
    }
}
