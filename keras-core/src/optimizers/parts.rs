//! The state of [`MultiOptimizer`]: one state for each of its optimizers, whose variables are copied to where they
//! lie side by side, and back.

use core::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::slots::weights;
use super::{MultiOptimizer, OptimizerState, Slot};
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::error::{Error, Result};
use crate::model::LayerInfo;
use crate::saving::Counters;

/// What one of them needs.
struct Part<B: Backend> {
    /// Which of the optimizers it is.
    place: usize,
    /// Its variables, where they lie side by side.
    layers: Vec<LayerInfo>,
    /// Where they lie among all.
    ranges: Vec<Range<usize>>,
    params: FloatBuf<B>,
    grads: FloatBuf<B>,
    state: OptimizerState<B>,
}

/// All of them that have variables.
pub struct Several<B: Backend> {
    /// What they were made for: the names, in order.
    made_for: Vec<Option<&'static str>>,
    parts: Vec<Part<B>>,
    /// `head/momentum`, ..
    names: Vec<&'static str>,
}

impl<B: Backend> Several<B> {
    pub fn new(device: &B, multi: &MultiOptimizer, layers: &[LayerInfo], params: usize) -> Result<Self> {
        let known: usize = weights(layers).map(|(_, range)| range.len()).sum();
        if known != params {
            let expected = format!("variables with all {params} parameters");
            return Err(Error::argument("layers of MultiOptimizer", expected, format!("{known} parameters")));
        }
        let made_for: Vec<_> = multi.optimizers().map(|(name, _)| name).collect();
        let mut found: Vec<(Vec<LayerInfo>, Vec<Range<usize>>, usize)> =
            made_for.iter().map(|_| Default::default()).collect();
        let mut seen = 0;
        for info in layers {
            for (variable, (what, range)) in info.places().enumerate() {
                // A layer that is used twice has the same variables both times.
                if !what.trainable || range.start < seen {
                    continue;
                }
                seen = range.end;
                let (layers, ranges, end) = &mut found[multi.place(info.name, what.name)?];
                let variables = info.variables.get(variable..=variable).unwrap_or_default();
                layers.push(LayerInfo { variables, state: &[], offset: *end, ..*info });
                *end += range.len();
                match ranges.last_mut() {
                    Some(last) if last.end == range.start => last.end = range.end,
                    _ => ranges.push(range),
                }
            }
        }
        let mut several = Self { made_for, parts: Vec::new(), names: Vec::new() };
        for (place, (of_part, ranges, len)) in found.into_iter().enumerate() {
            let name = several.made_for[place];
            if of_part.is_empty() {
                if let Some(name) = name {
                    return Err(unknown(name, layers));
                }
                continue;
            }
            let Some((_, optimizer)) = multi.optimizers().nth(place) else { continue };
            let state = OptimizerState::with_layers(device, optimizer, &of_part, len)?;
            let full = |slot: &&'static str| kept(&format!("{}/{slot}", name.unwrap_or("default")));
            several.names.extend(state.slot_names().iter().map(full));
            let (params, grads) = (device.alloc(len)?, device.alloc(len)?);
            several.parts.push(Part { place, layers: of_part, ranges, params, grads, state });
        }
        Ok(several)
    }

    /// Whether these optimizers have these parts.
    pub fn fits(&self, multi: &MultiOptimizer) -> bool {
        multi.optimizers().map(|(name, _)| name).eq(self.made_for.iter().copied())
    }

    /// One step of each.
    pub fn apply(
        &mut self,
        device: &B,
        multi: &MultiOptimizer,
        params: &mut FloatBuf<B>,
        grads: &FloatBuf<B>,
    ) -> Result<()> {
        for part in &mut self.parts {
            let Some((_, optimizer)) = multi.optimizers().nth(part.place) else { continue };
            for (to, from) in places(&part.ranges) {
                device.copy(B::view(params, from.clone()), B::view_mut(&mut part.params, to.clone()));
                device.copy(B::view(grads, from), B::view_mut(&mut part.grads, to));
            }
            part.state.apply(device, optimizer, &part.layers, &mut part.params, &mut part.grads)?;
            for (from, to) in places(&part.ranges) {
                device.copy(B::view(&part.params, from), B::view_mut(params, to));
            }
        }
        Ok(())
    }

    /// Replaces the parameters by their running means, where those are kept.
    pub fn finalize(&self, device: &B, params: &mut FloatBuf<B>) {
        for part in &self.parts {
            let Some(average) = part.state.slot("average") else { continue };
            for (from, to) in places(&part.ranges) {
                device.copy(B::part(average, from), B::view_mut(params, to));
            }
        }
    }

    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The part that has the state array of this name, and the name there.
    fn find(&self, name: &str) -> Option<(usize, &'static str)> {
        let mut at = self.names.iter().position(|known| *known == name)?;
        for (number, part) in self.parts.iter().enumerate() {
            match part.state.slot_names().get(at) {
                Some(own) => return Some((number, *own)),
                None => at -= part.state.slot_names().len(),
            }
        }
        None
    }

    pub fn slot_len(&self, name: &str) -> usize {
        self.find(name).map_or(0, |(number, own)| self.parts[number].state.slot_len(own))
    }

    pub fn slot(&self, name: &str) -> Option<Floats<'_, B>> {
        let (number, own) = self.find(name)?;
        self.parts[number].state.slot(own)
    }

    pub fn slot_mut(&mut self, name: &str) -> Option<FloatsMut<'_, B>> {
        let (number, own) = self.find(name)?;
        self.parts[number].state.slot_mut(own)
    }

    /// What each state array has of each variable.
    pub fn slots(&self, multi: &MultiOptimizer) -> Vec<Slot> {
        let mut names = self.names.iter();
        let mut all = Vec::new();
        for part in &self.parts {
            let Some((_, optimizer)) = multi.optimizers().nth(part.place) else { continue };
            let own = part.state.slot_names();
            let full: Vec<_> = names.by_ref().take(own.len()).collect();
            for slot in part.state.parts(optimizer, &part.layers) {
                let name = own.iter().position(|name| *name == slot.name).map_or(slot.name, |k| full[k]);
                all.push(Slot { name, ..slot });
            }
        }
        all
    }

    /// All of them have made as many steps.
    pub fn set_counters(&mut self, counters: Counters) {
        for part in &mut self.parts {
            part.state.set_counters(Counters { scale: None, ..counters });
        }
    }
}

/// Where ranges lie side by side, and where among all.
fn places(ranges: &[Range<usize>]) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    ranges.iter().scan(0, |end, range| {
        let start = *end;
        *end += range.len();
        Some((start..*end, range.clone()))
    })
}

/// The error for a name that no layer has.
fn unknown(name: &str, layers: &[LayerInfo]) -> Error {
    let mut names: Vec<&str> = Vec::new();
    for (weight, _) in weights(layers) {
        if !names.contains(&weight.layer) {
            names.push(weight.layer);
        }
    }
    let expected = format!("the name of a layer: {}", names.join(", "));
    Error::argument("MultiOptimizer", expected, format!("`{name}`"))
}

/// The name, kept until the program ends; each once.
fn kept(name: &str) -> &'static str {
    static NAMES: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.iter().find(|known| **known == name) {
        return known;
    }
    let new: &'static str = name.to_owned().leak();
    names.push(new);
    new
}
