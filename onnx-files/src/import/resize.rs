//! Borders, images made larger, and figures of whole images.

use serde_json::{Value, json};

use super::attributes::axis;
use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::{View, channels_last};
use crate::proto::{Attribute, Node};

impl Model {
    /// The axes of a sample whose outermost two, with the channels last, are the image's.
    pub(super) fn spatial(view: &View, changed: &[bool]) -> Option<Vec<usize>> {
        let rank = view.axes.len();
        let natural: Vec<usize> = (0..rank).collect();
        [channels_last(rank), natural].into_iter().find(|order| {
            let inner = order.last().is_none_or(|last| !changed[*last]);
            inner && (2..=3).contains(&rank) && view.is(order)
        })
    }

    /// A layer that makes an image larger: `config` is for height and width.
    pub(super) fn enlarge(
        &mut self,
        node: &Node,
        changed: &[bool],
        class: &str,
        size: impl Fn(usize, usize) -> usize,
        config: impl Fn(&[usize]) -> Value,
    ) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        let order = Self::spatial(&view, changed).ok_or("changes an axis that is none of an image's")?;
        let value = self.in_order(&path(node), (value, &view), &order)?;
        let mut sizes: Vec<usize> = self.shapes[value].clone();
        if let [h, c] = *sizes.as_slice() {
            sizes = vec![h, 1, c];
        }
        let value = self.shaped(&path(node), value, &sizes);
        let mut out = view.sizes();
        for (axis, len) in out.iter_mut().enumerate() {
            *len = size(axis, *len);
        }
        let ours: Vec<usize> = order.iter().map(|axis| out[*axis]).collect();
        let shape = if let [h, c] = *ours.as_slice() { vec![h, 1, c] } else { ours };
        let made = self.layer(&path(node), class, config(&order), vec![value], shape);
        self.set(node, Known::Made(made, View::ordered(&out, &order)));
        Ok(())
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
