use std::collections::HashSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use keras_files::save::{self, Known, Layer};
use keras_files::{Call, snake};

use crate::element::Element;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::saving::values;
use crate::saving::write::atomically;
use crate::values::Values;

/// Writes a model to a `.keras` file, which Keras opens as a `Sequential` where each layer takes what the one before
/// makes, and as a `Functional` model otherwise. What it predicts there is what it predicts here. Models in it
/// are unfolded: the layer `dense` of a model `encoder` is called `encoder_dense`. Either the whole file is
/// written, or what was there before stays.
///
/// The weights are written as `f32`. How training goes on (optimizer, loss, metrics) is not in it, nor where a
/// weight began when its initializer is one that Keras has not.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::saving::keras::{model_text, save_keras};
///
/// const UNITS: usize = 64;
/// sequential! { struct Mlp< hidden: Dense<100, UNITS, Relu>, Dropout<0.5>, Dense<_, 1> > }
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("mlp.keras");
/// save_keras(&Mlp::<Cpu>::new(1), &path)?;
/// assert!(model_text(&path)?.contains("hidden: Dense<_, 64, Relu>"));
/// # keras_core::Result::Ok(())
/// ```
///
/// # Errors
/// If the file cannot be written, or the model has something that Keras has not, such as a layer of one's own: all
/// of that.
pub fn save_keras<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    write(path.as_ref(), save::keras(&drawn(model), &date(now)))
}

/// Writes a model's weights to a `.weights.h5` file, as Keras does: `load_weights` reads it into the same model
/// there. Either the whole file is written, or what was there before stays.
///
/// # Errors
/// As [`save_keras`]: Keras' file counts the layers by Keras' classes.
pub fn save_keras_weights<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<()> {
    write(path.as_ref(), save::weights(&drawn(model)))
}

fn write(path: &Path, file: keras_files::Result<Vec<u8>>) -> Result<()> {
    let problem = |error: keras_files::Error| {
        let problems = error.problems.join("\n");
        Error::file(path, format!("the model cannot be written as Keras':\n{problems}"))
    };
    atomically(path, &file.map_err(problem)?)
}

/// What Keras' file has to know of a model.
fn drawn<M: Model>(model: &M) -> save::Model {
    let (all, frozen) = (values(model), &model.store().frozen);
    let mut taken = HashSet::new();
    let dims = <M::Input as Values>::DIMS;
    let layers = M::LAYERS.iter().map(|layer| {
        let mut known = Known::default();
        layer.known.each(|name, number| known.add(name, number));
        let variables = layer.places().map(|(variable, range)| {
            let numbers = all[range].iter().map(|number| number.f64() as f32).collect();
            (variable.dims.sizes().to_vec(), numbers)
        });
        Layer {
            name: unique(&layer.name.replace('/', "_"), &mut taken),
            title: layer.title.into(),
            known,
            output: layer.output.sizes().to_vec(),
            frozen: frozen.is(layer),
            variables: variables.collect(),
        }
    });
    let layers = layers.collect();
    let name = |at: usize| M::INPUTS.get(at).copied().unwrap_or("input_layer");
    let inputs = dims.iter().enumerate();
    let inputs = inputs.map(|(at, dims)| (unique(name(at), &mut taken), dims.sizes().to_vec())).collect();
    let owner = |(at, row): (usize, &crate::model::Row)| {
        let step = row.shares().unwrap_or(at);
        let layer = M::LAYERS.iter().position(|layer| layer.step == step);
        Call { layer: layer.unwrap_or_default(), values: row.takes().to_vec() }
    };
    save::Model {
        name: snake(M::NAME),
        inputs,
        layers,
        calls: M::ROWS.iter().enumerate().map(owner).collect(),
        outputs: M::ENDS.to_vec(),
    }
}

/// A name that is not taken.
fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_n{number}"));
    let found = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let found = found.unwrap_or_default();
    taken.insert(found.clone());
    found
}

/// Seconds since 1970 as Keras writes a date.
fn date(seconds: u64) -> String {
    let (mut days, second) = (seconds / 86_400, seconds % 86_400);
    let leap = |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year}-{month:02}-{:02}@{hour:02}:{minute:02}:{second:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (seconds, written) in [
            (0, "1970-01-01@00:00:00"),
            (951_782_399, "2000-02-28@23:59:59"),
            (951_782_400, "2000-02-29@00:00:00"),
            (1_709_251_199, "2024-02-29@23:59:59"),
            (1_735_689_599, "2024-12-31@23:59:59"),
            (1_767_225_600, "2026-01-01@00:00:00"),
        ] {
            assert_eq!(date(seconds), written);
        }
    }
}
