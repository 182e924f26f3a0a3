//! Numbers that stand in the file, and the arithmetic of sizes that comes before a `Reshape`.

use super::attributes::axis;
use super::model::{Model, Problem};
use super::value::{BATCH, Known};
use crate::proto::{Attribute, Node};

/// The most sizes that are worked out as one list.
const MOST_INTS: usize = 1 << 12;

impl Model {
    pub(super) fn constant(&mut self, node: &Node) -> Result<(), Problem> {
        let len = match node.attributes.first() {
            Some((_, Attribute::Tensor(tensor))) => tensor.sizes.iter().product(),
            _ => 1,
        };
        self.spend(len)?;
        let known = match node.attributes.first() {
            Some((_, Attribute::Tensor(tensor))) => Known::of(tensor),
            Some((_, Attribute::Float(value))) => Known::floats(Vec::new(), vec![*value]),
            Some((_, Attribute::Floats(values))) => Known::floats(vec![values.len()], values.clone()),
            Some((_, Attribute::Int(value))) => Known::Ints(Vec::new(), vec![*value].into()),
            Some((_, Attribute::Ints(values))) => Known::ints(values.clone()),
            _ => return Err("is of a type that does not exist yet".into()),
        };
        self.set(node, known);
        Ok(())
    }

    /// Numbers stay what they are: ours are all of one type.
    pub(super) fn cast(&mut self, node: &Node) -> Result<(), Problem> {
        let (known, is_real) = (self.input(node, 0).cloned(), matches!(node.int("to", 1), 1 | 10 | 11 | 16));
        let known = match known {
            Some(Known::Made(value, view)) if is_real => Known::Made(value, view),
            Some(Known::Ints(sizes, values)) if !is_real => Known::Ints(sizes, values),
            Some(Known::Ints(sizes, values)) => {
                self.spend(values.len())?;
                Known::floats(sizes, values.iter().map(|value| *value as f32).collect())
            }
            Some(Known::Floats(sizes, values)) if is_real => Known::Floats(sizes, values),
            _ => return Err(node.wrong("to")),
        };
        self.set(node, known);
        Ok(())
    }

    pub(super) fn shape_of(&mut self, node: &Node) -> Result<(), Problem> {
        let known = match self.input(node, 0) {
            Some(Known::Made(_, view)) => {
                let sizes = view.sizes().into_iter().map(|size| i64::try_from(size).unwrap_or(i64::MAX));
                Known::ints(core::iter::once(BATCH).chain(sizes).collect())
            }
            _ => return Err("of this does not exist yet".into()),
        };
        self.set(node, known);
        Ok(())
    }

    /// Of sizes only: looking up rows of numbers is an embedding.
    pub(super) fn gather(&mut self, node: &Node) -> Result<(), Problem> {
        let (Some(Known::Ints(_, from)), Some(Known::Ints(sizes, places))) =
            (self.input(node, 0), self.input(node, 1))
        else {
            return Err("of numbers does not exist yet".into());
        };
        let pick = |place: &i64| Ok::<i64, Problem>(from[axis(*place, from.len())?]);
        let picked = places.iter().map(pick).collect::<Result<Vec<i64>, _>>()?;
        let known = Known::Ints(sizes.clone(), picked.into());
        self.set(node, known);
        Ok(())
    }

    /// Of sizes only.
    pub(super) fn slice(&mut self, node: &Node) -> Result<(), Problem> {
        let Some(Known::Ints(_, from)) = self.input(node, 0).cloned() else {
            return Err("of numbers does not exist yet".into());
        };
        let one = |name: &str, at: usize| -> Result<Option<i64>, Problem> {
            match node.list(name) {
                Some(list) => Ok(list.first().copied()),
                None => Ok(self.ints(node, at)?.and_then(|list| list.first().copied())),
            }
        };
        let (start, end) = (one("starts", 1)?.unwrap_or(0), one("ends", 2)?.unwrap_or(i64::MAX));
        if one("steps", 4)?.unwrap_or(1) != 1 {
            return Err("in steps does not exist yet".into());
        }
        let len = i64::try_from(from.len()).unwrap_or(i64::MAX);
        let place = |at: i64| usize::try_from(if at < 0 { at.saturating_add(len) } else { at }.clamp(0, len));
        let (start, end) = (place(start).unwrap_or(0), place(end).unwrap_or(0));
        let part = from.get(start..end).unwrap_or_default().to_vec();
        self.set(node, Known::ints(part));
        Ok(())
    }

    /// Whether a concatenation is one of sizes, which is done here.
    pub(super) fn concat_ints(&mut self, node: &Node) -> bool {
        let all: Option<Vec<&[i64]>> = (0..node.inputs.len())
            .map(|at| match self.input(node, at) {
                Some(Known::Ints(_, values)) => Some(values.as_slice()),
                _ => None,
            })
            .collect();
        let all = all.filter(|all| all.iter().map(|list| list.len()).sum::<usize>() <= MOST_INTS);
        let joined = all.map(|all| all.concat());
        joined.map(|joined| self.set(node, Known::ints(joined))).is_some()
    }
}
