//! Steps that move numbers or give them other sizes.

use super::attributes::axis;
use super::model::{Model, Problem};
use super::value::{BATCH, Known};
use super::view::View;
use crate::proto::Node;

impl Model {
    pub(super) fn identity(&mut self, node: &Node) -> Result<(), Problem> {
        let known = self.input(node, 0).cloned().ok_or("takes nothing")?;
        self.set(node, known);
        Ok(())
    }

    pub(super) fn transpose(&mut self, node: &Node) -> Result<(), Problem> {
        let order = |rank: usize| -> Result<Vec<usize>, Problem> {
            let Some(perm) = node.list("perm") else { return Ok((0..rank).rev().collect()) };
            let order: Option<Vec<usize>> = perm.iter().map(|axis| usize::try_from(*axis).ok()).collect();
            let order = order.filter(|order| {
                let mut sorted = order.clone();
                sorted.sort_unstable();
                sorted == (0..rank).collect::<Vec<_>>()
            });
            order.ok_or_else(|| node.wrong("perm"))
        };
        let known = match self.input(node, 0).cloned() {
            Some(Known::Made(value, view)) => {
                let order = order(view.axes.len() + 1)?;
                if order[0] != 0 {
                    return Err("moves the batch, which does not exist yet".into());
                }
                let axes = order[1..].iter().map(|axis| view.axes[axis - 1].clone()).collect();
                Known::Made(value, View { axes })
            }
            Some(Known::Floats(sizes, values)) => {
                let order = order(sizes.len())?;
                self.spend(values.len())?;
                let turned: Vec<usize> = order.iter().map(|axis| sizes[*axis]).collect();
                let mut strides = vec![1; sizes.len()];
                for axis in (1..sizes.len()).rev() {
                    strides[axis - 1] = strides[axis] * sizes[axis];
                }
                let places = order.iter().fold(vec![0], |places: Vec<usize>, axis| {
                    let (size, stride) = (sizes[*axis], strides[*axis]);
                    places.iter().flat_map(|place| (0..size).map(move |i| place + i * stride)).collect()
                });
                Known::floats(turned, places.iter().map(|place| values[*place]).collect())
            }
            _ => return Err("of this does not exist yet".into()),
        };
        self.set(node, known);
        Ok(())
    }

    pub(super) fn flatten(&mut self, node: &Node) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        if node.int("axis", 1) != 1 {
            return Err(node.wrong("axis"));
        }
        let axes = vec![view.flat()];
        self.set(node, Known::Made(value, View { axes }));
        Ok(())
    }

    pub(super) fn reshape(&mut self, node: &Node) -> Result<(), Problem> {
        let sizes = match node.list("shape") {
            Some(sizes) => sizes.to_vec(),
            None => self.ints(node, 1)?.ok_or("has no sizes")?.to_vec(),
        };
        if let Some(Known::Floats(from, values)) = self.input(node, 0) {
            let sizes = filled(&sizes, from, values.len())?;
            let known = Known::Floats(sizes, values.clone());
            self.set(node, known);
            return Ok(());
        }
        let (value, view) = self.made(node, 0)?;
        let [first, rest @ ..] = sizes.as_slice() else { return Err("makes one number of all".into()) };
        let fixed = self.batch.and_then(|batch| i64::try_from(batch).ok());
        if ![-1, 0, BATCH].contains(first) && Some(*first) != fixed {
            return Err(format!("makes {first} samples of each batch, which does not exist yet"));
        }
        if rest.contains(&BATCH) {
            return Err("puts samples where numbers are, which does not exist yet".into());
        }
        let rest = filled(rest, &view.sizes(), view.numel())?;
        let view = view.reshape(&rest).ok_or_else(|| format!("makes {rest:?} of {:?}", view.sizes()))?;
        self.set(node, Known::Made(value, view));
        Ok(())
    }

    pub(super) fn axes(&self, node: &Node, at: usize) -> Result<Option<Vec<i64>>, Problem> {
        match node.list("axes") {
            Some(axes) => Ok(Some(axes.to_vec())),
            None => Ok(self.ints(node, at)?.map(|axes| axes.to_vec())),
        }
    }

    pub(super) fn squeeze(&mut self, node: &Node) -> Result<(), Problem> {
        let asked = self.axes(node, 1)?;
        let known = match self.input(node, 0).cloned() {
            Some(Known::Made(value, view)) => {
                let rank = view.axes.len() + 1;
                let mut gone = vec![false; rank];
                for at in asked.iter().flatten() {
                    gone[axis(*at, rank)?] = true;
                }
                let keep = |at: usize, part: &Vec<(usize, usize)>| {
                    if asked.is_none() { !part.is_empty() } else { !gone[at + 1] }
                };
                let kept = view.axes.iter().enumerate().filter(|(at, part)| keep(*at, part));
                let axes: Vec<_> = kept.map(|(_, part)| part.clone()).collect();
                let squeezed = View { axes };
                if gone[0] || squeezed.numel() != view.numel() {
                    return Err("leaves out an axis that is not 1".into());
                }
                Known::Made(value, squeezed)
            }
            Some(Known::Ints(_, values)) if values.len() == 1 => Known::Ints(Vec::new(), values),
            Some(Known::Ints(_, values)) => Known::Ints(vec![values.len()], values),
            Some(Known::Floats(sizes, values)) => {
                Known::Floats(sizes.into_iter().filter(|size| *size != 1).collect(), values)
            }
            _ => return Err("of this does not exist yet".into()),
        };
        self.set(node, known);
        Ok(())
    }

    pub(super) fn unsqueeze(&mut self, node: &Node) -> Result<(), Problem> {
        let asked = self.axes(node, 1)?.ok_or("has no axes")?;
        let places = |rank: usize| -> Result<Vec<usize>, Problem> {
            let rank = rank + asked.len();
            let mut places: Vec<usize> = asked.iter().map(|at| axis(*at, rank)).collect::<Result<_, _>>()?;
            places.sort_unstable();
            Ok(places)
        };
        let known = match self.input(node, 0).cloned() {
            Some(Known::Made(value, mut view)) => {
                for place in places(view.axes.len() + 1)? {
                    let place = place.checked_sub(1).ok_or("puts an axis before the batch")?;
                    view.axes.insert(place.min(view.axes.len()), Vec::new());
                }
                Known::Made(value, view)
            }
            Some(Known::Ints(_, values)) => Known::Ints(vec![values.len()], values),
            Some(Known::Floats(mut sizes, values)) => {
                for place in places(sizes.len())? {
                    sizes.insert(place.min(sizes.len()), 1);
                }
                Known::Floats(sizes, values)
            }
            _ => return Err("of this does not exist yet".into()),
        };
        self.set(node, known);
        Ok(())
    }
}

/// Sizes with what -1 and 0 stand for.
fn filled(sizes: &[i64], from: &[usize], count: usize) -> Result<Vec<usize>, Problem> {
    let mut filled = Vec::new();
    let mut open = None;
    for (at, size) in sizes.iter().enumerate() {
        filled.push(match size {
            -1 if open.is_none() => {
                open = Some(at);
                1
            }
            0 => *from.get(at).ok_or_else(|| format!("has the sizes {sizes:?}"))?,
            size => usize::try_from(*size).map_err(|_| format!("has the sizes {sizes:?}"))?,
        });
    }
    let product = filled.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
    let product = product.filter(|product| *product > 0 && count.is_multiple_of(*product));
    let rest = count / product.ok_or_else(|| format!("makes {sizes:?} of {from:?}"))?;
    match open {
        Some(at) => filled[at] = rest,
        None if rest != 1 => return Err(format!("makes {sizes:?} of {from:?}")),
        None => {}
    }
    Ok(filled)
}
