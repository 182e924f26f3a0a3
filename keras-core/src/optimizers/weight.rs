use crate::backend::{Backend, FloatsMut};
use crate::shape::Dims;

use super::MAX_SLOTS;

/// A variable that is trained, as an optimizer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The name of its layer: `dense_1`.
    pub layer: &'static str,
    /// Its name in the layer: `kernel`.
    pub name: &'static str,
    /// Its shape.
    pub dims: Dims,
}

impl Weight {
    /// Whether `dense_1/kernel` has this in it.
    #[must_use]
    pub fn path_has(&self, part: &str) -> bool {
        match part.rsplit_once('/') {
            Some((layer, name)) => self.layer.ends_with(layer) && self.name.starts_with(name),
            None => self.layer.contains(part) || self.name.contains(part),
        }
    }

    /// Whether one of these is in its name, or is its path, `dense_1/kernel`.
    #[must_use]
    pub fn is_among(&self, names: &[&str]) -> bool {
        names.iter().any(|name| match name.rsplit_once('/') {
            Some((layer, name)) => layer == self.layer && name == self.name,
            None => self.name.contains(name),
        })
    }
}

/// The numbers that belong to one variable.
pub struct Buffers<'a, B: Backend> {
    /// The variable.
    pub params: FloatsMut<'a, B>,
    /// Its gradient; a step may overwrite it.
    pub grads: FloatsMut<'a, B>,
    /// Its part of each state array; empty from the last one on.
    pub slots: [FloatsMut<'a, B>; MAX_SLOTS],
    /// Room for what is computed on the way, as much as
    /// [`scratch`](super::Optimizer::scratch) asked for.
    pub scratch: FloatsMut<'a, B>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        let weight = Weight { layer: "dense_1", name: "kernel", dims: Dims::new([2, 3]) };
        assert!(weight.is_among(&["bias", "kern"]) && weight.is_among(&["dense_1/kernel"]));
        assert!(!weight.is_among(&["dense"]) && !weight.is_among(&["dense/kernel"]));
        assert!(weight.path_has("dense") && weight.path_has("1/ker") && !weight.path_has("embedding"));
    }
}
