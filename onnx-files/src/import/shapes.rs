//! Steps that move numbers or give them other sizes, and the arithmetic of sizes before them.

use serde_json::json;

use super::attributes::axis;
use super::model::{Model, Problem, path};
use super::value::{BATCH, Known};
use super::view::View;
use crate::proto::{Attribute, Node};

/// The most sizes that are worked out as one list.
const MOST_INTS: usize = 1 << 12;

impl Model {
    pub(super) fn identity(&mut self, node: &Node) -> Result<(), Problem> {
        let known = self.input(node, 0).cloned().ok_or("takes nothing")?;
        self.set(node, known);
        Ok(())
    }

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

    fn axes(&self, node: &Node, at: usize) -> Result<Option<Vec<i64>>, Problem> {
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

    pub(super) fn pad(&mut self, node: &Node) -> Result<(), Problem> {
        if node.text("mode", "constant") != "constant" {
            return Err(node.wrong("mode"));
        }
        let value = match self.input(node, 2) {
            None => node.real("value", 0.0),
            Some(_) => f64::from(self.floats(node, 2)?.1.first().copied().unwrap_or(0.0)),
        };
        if value != 0.0 {
            return Err(format!("has `value` = {value}, which does not exist yet"));
        }
        let (made, view) = self.made(node, 0)?;
        let rank = view.axes.len() + 1;
        let pads = match node.list("pads") {
            Some(pads) => pads.to_vec(),
            None => self.ints(node, 1)?.ok_or("has no pads")?.to_vec(),
        };
        let pads: Option<Vec<usize>> = pads.iter().map(|pad| usize::try_from(*pad).ok()).collect();
        let pads = pads.filter(|pads| pads.len() == 2 * rank && pads[0] == 0 && pads[rank] == 0);
        let pads = pads.ok_or("has pads that are below 0, or of samples, which does not exist yet")?;
        let sides: Vec<[usize; 2]> = (1..rank).map(|at| [pads[at], pads[rank + at]]).collect();
        if sides.iter().all(|side| *side == [0, 0]) {
            self.set(node, Known::Made(made, view));
            return Ok(());
        }
        let changed: Vec<bool> = sides.iter().map(|side| *side != [0, 0]).collect();
        let config = |order: &[usize]| {
            let at = |i: usize| if i + 1 < order.len() { sides[order[i]] } else { [0, 0] };
            json!({"padding": [at(0), at(1)]})
        };
        let size =
            |axis: usize, len: usize| len.saturating_add(sides[axis][0]).saturating_add(sides[axis][1]);
        self.enlarge(node, &changed, "ZeroPadding2D", size, config)
    }

    pub(super) fn resize(&mut self, node: &Node) -> Result<(), Problem> {
        let (_, view) = self.made(node, 0)?;
        let old = node.op == "Upsample" || self.opset < 11;
        let at = if old { 1 } else { 2 };
        let from = view.sizes();
        let whole = |scale: f32| (scale >= 1.0 && scale.fract() == 0.0).then_some(scale as usize);
        let scales: Option<Vec<usize>> = match (node.attribute("scales"), self.input(node, at)) {
            (Some(Attribute::Floats(scales)), _) => scales.iter().map(|scale| whole(*scale)).collect(),
            (_, Some(Known::Floats(_, scales))) if !scales.is_empty() => {
                scales.iter().map(|scale| whole(*scale)).collect()
            }
            _ => self.ints(node, 3)?.map(|sizes| {
                let scale = |(to, from): (&i64, &usize)| {
                    usize::try_from(*to).ok().filter(|to| to % from == 0).map(|to| to / from)
                };
                let all: Option<Vec<usize>> = sizes.iter().skip(1).zip(&from).map(scale).collect();
                core::iter::once(1).chain(all.unwrap_or_default()).collect()
            }),
        };
        let scales = scales.filter(|scales| scales.len() == from.len() + 1 && scales[0] == 1);
        let scales = scales.ok_or("has scales that are not whole, or unknown, which does not exist yet")?;
        let how = node.text("coordinate_transformation_mode", if old { "asymmetric" } else { "half_pixel" });
        let nearest = node.text("nearest_mode", if old { "floor" } else { "round_prefer_floor" });
        let interpolation = match node.text("mode", "nearest") {
            "nearest" => match (how, nearest) {
                ("asymmetric", "floor") | ("half_pixel", "round_prefer_floor" | "round_prefer_ceil") => {
                    "nearest"
                }
                ("asymmetric", _) => return Err(node.wrong("nearest_mode")),
                _ => return Err(node.wrong("coordinate_transformation_mode")),
            },
            "linear" | "bilinear" if how == "half_pixel" || how == "pytorch_half_pixel" => "bilinear",
            "linear" | "bilinear" => return Err(node.wrong("coordinate_transformation_mode")),
            _ => return Err(node.wrong("mode")),
        };
        let changed: Vec<bool> = scales[1..].iter().map(|scale| *scale != 1).collect();
        let config = |order: &[usize]| {
            let at = |i: usize| if i + 1 < order.len() { scales[order[i] + 1] } else { 1 };
            json!({"size": [at(0), at(1)], "interpolation": interpolation})
        };
        self.enlarge(node, &changed, "UpSampling2D", |axis, len| len.saturating_mul(scales[axis + 1]), config)
    }

    /// Means and largest numbers of whole images.
    pub(super) fn global(&mut self, node: &Node) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        let rank = view.axes.len();
        let (mut gone, mut keep) = (vec![true; rank], true);
        if node.op.starts_with("Reduce") {
            gone = vec![false; rank];
            for at in self.axes(node, 1)?.ok_or("of everything does not exist yet")? {
                let at = axis(at, rank + 1)?.checked_sub(1).ok_or("of samples does not exist yet")?;
                gone[at] = true;
            }
            keep = node.int("keepdims", 1) != 0;
        } else if rank > 0 {
            gone[0] = false;
        }
        let rest = View { axes: (0..rank).filter(|at| !gone[*at]).map(|at| view.axes[at].clone()).collect() };
        let channels = match rest.flat().as_slice() {
            [] => 1,
            [(size, 1)] => *size,
            _ => return Err("keeps other axes than our last one, which does not exist yet".into()),
        };
        let (path, count) = (path(node), view.numel() / channels.max(1));
        let sizes = match *self.shapes[value].as_slice() {
            [h, w, c] if c == channels => [h, w, c],
            _ => [count, 1, channels],
        };
        let value = self.shaped(&path, value, &sizes);
        let class = if node.op.contains("Max") { "GlobalMaxPooling2D" } else { "GlobalAveragePooling2D" };
        // Whether what follows takes flat features.
        let (flat, shape) = if keep && !self.is_flattened(node) {
            (false, vec![1, 1, channels])
        } else {
            (true, vec![channels])
        };
        let made = self.layer(&path, class, json!({"keepdims": !flat}), vec![value], shape);
        let axes = (0..rank).filter(|at| keep || !gone[*at]);
        let axes = axes.map(|at| if gone[at] || channels == 1 { Vec::new() } else { vec![(channels, 1)] });
        self.set(node, Known::Made(made, View { axes: axes.collect() }));
        Ok(())
    }

    fn is_flattened(&self, node: &Node) -> bool {
        node.outputs.first().is_some_and(|output| self.flattened.contains(output))
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
