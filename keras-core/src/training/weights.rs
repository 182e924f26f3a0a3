//! The weight of each sample, from sample weights and class weights.

use super::compiled::{Elem, TargetRows};
use super::fit::Weighting;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::losses::Objective;
use crate::model::Model;
use crate::values::Values;

/// One weight a sample, or none where nothing is weighted.
pub(crate) fn weights<M: Model, L: Objective<M::Output>>(
    weighting: &Weighting<'_>,
    y: &TargetRows<'_, M, L>,
) -> Result<Option<Vec<Elem<M>>>> {
    if weighting.samples.is_none() && weighting.classes.is_empty() {
        return Ok(None);
    }
    let n = L::Target::samples(y);
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
        let classes = M::Output::DIMS[0].last().max(2);
        for (i, (class, w)) in weighting.classes.iter().enumerate() {
            if *class >= classes || weighting.classes[..i].iter().any(|(other, _)| other == class) {
                let expected = format!("each of the classes 0 to {} at most once", classes - 1);
                return Err(Error::argument("class_weight", expected, format!("class {class}")));
            }
            if !w.is_finite() {
                return Err(Error::argument("class_weight", "finite weights", w));
            }
        }
        for (weight, found) in weights.iter_mut().zip(L::Target::classes(y)?) {
            // A class that is not named weighs 1, as in Keras.
            if let Some((_, w)) = weighting.classes.iter().find(|(class, _)| Some(*class) == found) {
                *weight *= Elem::<M>::of(*w);
            }
        }
    }
    Ok(Some(weights))
}
