use std::path::Path;
use std::sync::Arc;

use super::about::{About, CallbackAbout, Training, VERSION};
use super::{CHECKPOINT, Checkpoint, Counters, WEIGHTS, layers};
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::{Optimizer, OptimizerState};
use crate::saving::archive::Archive;
use crate::saving::load::Load;
use crate::saving::set_values;
use crate::saving::weights::Fitting;
use crate::training::callbacks::{CallbackState, Snapshot};
use crate::training::{Compiled, History, Position};

type Elem<M> = <<M as Model>::Backend as Backend>::Elem;

/// What a checkpoint gives back of a `fit`.
pub(crate) struct Restored {
    pub checkpoint: Checkpoint,
    pub position: Option<Position>,
    /// What the epoch had added up, if it was in the middle of one.
    pub sums: Option<Vec<f64>>,
    pub callbacks: Vec<CallbackState>,
}

/// Reads a checkpoint into a compiled model: all of it, or, with an error, nothing.
pub(crate) fn load<M, O, L, Ms>(compiled: &mut Compiled<M, O, L, Ms>, path: &Path) -> Result<Restored>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    let mut archive = Archive::open(path)?;
    let about = header(&mut archive)?;
    // Shapes first: they say most when the model is another one.
    let mut fitting = Fitting {
        archive: &mut archive,
        prefix: WEIGHTS,
        how: Load::all(),
        finite: false,
        differences: Vec::new(),
    };
    let (values, _) = fitting.all(&compiled.model)?;
    other_layers::<M>(path, &about)?;
    if about.optimizer != compiled.optimizer.name() {
        let (found, expected) = (&about.optimizer, compiled.optimizer.name());
        let problem = format!("its optimizer is {found}, but the model is compiled with {expected}");
        return Err(Error::file(path, problem));
    }
    let arrays = match about.state {
        Some(counters) => Some(slots(&mut archive, compiled, counters)?),
        None => None,
    };
    let (position, history, sums) = training(&mut archive, about.training)?;
    let mut callbacks = Vec::new();
    for (number, callback) in about.callbacks.into_iter().enumerate() {
        callbacks.push(state::<M>(&mut archive, number, callback)?);
    }

    // From here on nothing is wrong with the file.
    set_values(&mut compiled.model, &values)?;
    compiled.trained = None;
    if let Some((counters, arrays)) = arrays {
        compiled.prepare()?;
        if let Some(trained) = &mut compiled.trained {
            let device = &compiled.model.store().device;
            for (name, values) in arrays {
                if let Some(slot) = trained.state.slot_mut(name) {
                    device.write(slot, &values);
                }
            }
            trained.state.set_counters(counters);
            device.finish()?;
        }
    }
    let options = compiled.optimizer.options_mut();
    if options.schedule.is_none() {
        options.learning_rate = f64::from_bits(about.learning_rate);
    }
    let store = compiled.model.store_mut();
    (store.seed, store.step, compiled.passes) = (about.seed, about.step, about.passes);
    let (epoch, batch) = position.as_ref().map_or((0, 0), |position| (position.epoch, position.batch));
    let checkpoint = Checkpoint { path: path.into(), epoch, batch, history };
    Ok(Restored { checkpoint, position, sums, callbacks })
}

fn header(archive: &mut Archive) -> Result<About> {
    let wrong = |problem: String| Error::file(&archive.path, problem);
    let said = |key: &str| archive.about.get(key).map(String::as_str);
    match said("format") {
        Some(CHECKPOINT) => {}
        Some("keras-core") => {
            let problem = "this file has weights only: `load_weights` reads it, and a checkpoint is expected";
            return Err(wrong(problem.into()));
        }
        _ => return Err(wrong("this is not a checkpoint of keras-core".into())),
    }
    let version = said("version").unwrap_or("none");
    if version != VERSION {
        return Err(wrong(format!("its version is {version}, but this program reads version {VERSION}")));
    }
    let text = said("training").unwrap_or_default();
    let about: core::result::Result<About, _> = serde_json::from_str(text);
    if !archive.verify()? {
        return Err(Error::file(&archive.path, "the file is damaged: it has no checksum"));
    }
    let about = about.map_err(|e| Error::file(&archive.path, format!("its header is broken: {e}")))?;
    match about.fault() {
        Some(fault) => Err(Error::file(&archive.path, fault)),
        None => Ok(about),
    }
}

/// An error for a checkpoint of other layers, where the weights do not tell.
fn other_layers<M: Model>(path: &Path, about: &About) -> Result<()> {
    let here = layers::<M>();
    let differs = |(here, there): &(&String, &String)| here != there;
    let pair = here.iter().zip(&about.layers).find(differs);
    let problem = match pair {
        Some((here, there)) => format!("a layer is `{here}` in the model, but `{there}` in the file"),
        None if here.len() != about.layers.len() => {
            format!("the model has {} layers, but the file's has {}", here.len(), about.layers.len())
        }
        None => return Ok(()),
    };
    Err(Error::file(path, format!("this is a checkpoint of another model, {}: {problem}", about.model)))
}

type Arrays<M> = (Counters, Vec<(&'static str, Vec<Elem<M>>)>);

fn slots<M: Model, O: Optimizer, L, Ms>(
    archive: &mut Archive,
    compiled: &Compiled<M, O, L, Ms>,
    counters: Counters,
) -> Result<Arrays<M>> {
    let fresh = OptimizerState::with_layers(
        compiled.model.device(),
        &compiled.optimizer,
        M::LAYERS,
        M::LAYOUT.trained,
    )?;
    let (mut differences, mut arrays) = (Vec::new(), Vec::new());
    for &name in fresh.slot_names() {
        let full = format!("optimizer/{name}");
        let mut values = vec![Elem::<M>::default(); fresh.slot_len(name)];
        match archive.tensors.get(&full).cloned() {
            None => differences.push(format!("`{full}` [{}] is not in the file", values.len())),
            Some(info) => match archive.read(&info, &mut values) {
                Ok(()) => arrays.push((name, values)),
                Err(problem) => differences.push(format!("`{full}` {problem}")),
            },
        }
    }
    for name in archive.tensors.keys() {
        if let Some(slot) = name.strip_prefix("optimizer/")
            && !fresh.slot_names().contains(&slot)
        {
            differences.push(format!("`{name}` is in the file, but not in the optimizer"));
        }
    }
    if fresh.counters().scale.is_some() != counters.scale.is_some() {
        differences.push("a loss that is scaled in one of them only".into());
    }
    match differences.is_empty() {
        true => Ok((counters, arrays)),
        false => Err(Error::Weights { path: archive.path.clone(), differences }),
    }
}

type OfFit = (Option<Position>, History, Option<Vec<f64>>);

fn training(archive: &mut Archive, about: Option<Training>) -> Result<OfFit> {
    let Some(Training { position, epochs, figures }) = about else {
        return Ok((None, History::default(), None));
    };
    let mut columns = Vec::new();
    for name in figures {
        // Each epoch has each figure at most once.
        let values = numbers(archive, &format!("history/{name}"), epochs.len())?;
        columns.push((name, values));
    }
    let sums = match position.batch {
        0 => None,
        _ => Some(numbers(archive, "epoch/sums", 1 << 24)?),
    };
    Ok((Some(position), History::of(epochs, columns), sums))
}

/// A tensor of any length up to `most`.
fn numbers(archive: &mut Archive, name: &str, most: usize) -> Result<Vec<f64>> {
    let wrong = |path: &Path, problem: String| Error::file(path, format!("`{name}` {problem}"));
    let Some(info) = archive.tensors.get(name).cloned() else {
        return Err(wrong(&archive.path, "is not in the file".into()));
    };
    let [len] = info.shape[..] else {
        return Err(wrong(&archive.path, format!("is {:?}, but should have one axis", info.shape)));
    };
    if len > most {
        return Err(wrong(&archive.path, format!("has {len} numbers, but at most {most} are expected")));
    }
    let mut values = vec![0.0; len];
    archive.read(&info, &mut values).map_err(|problem| wrong(&archive.path, problem))?;
    Ok(values)
}

fn state<M: Model>(archive: &mut Archive, number: usize, about: CallbackAbout) -> Result<CallbackState> {
    let mut state = CallbackState::new(about.name);
    state.numbers = about.numbers.into_iter().map(|(name, bits)| (name, f64::from_bits(bits))).collect();
    (state.counts, state.texts) = (about.counts, about.texts);
    for name in about.weights {
        let full = format!("callbacks/{number}/{name}");
        let wrong = |path: &Path, problem: &str| Error::file(path, format!("`{full}` {problem}"));
        let Some(info) = archive.tensors.get(&full).cloned() else {
            return Err(wrong(&archive.path, "is not in the file"));
        };
        let mut values = vec![Elem::<M>::default(); M::PARAMS];
        archive.read(&info, &mut values).map_err(|problem| wrong(&archive.path, &problem))?;
        state.weights.push((name, Snapshot(Arc::new(values))));
    }
    Ok(state)
}
