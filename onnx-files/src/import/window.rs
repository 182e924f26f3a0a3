//! What a window does at the edges of an image.

use serde_json::json;

use super::images::Image;
use super::model::{Model, Problem, path};
use crate::proto::Node;

/// What a window does at the edges.
pub enum Edge {
    Valid,
    Same,
    /// Above and below, left and right.
    Border([[usize; 2]; 2]),
}

impl Model {
    /// The size of what a window makes, and what it does at the edges.
    pub(super) fn edge(
        node: &Node,
        image: &Image,
        span: [usize; 2],
        strides: [usize; 2],
    ) -> Result<Edge, Problem> {
        let input = [image.sizes[0], image.sizes[1]];
        let same = |axis: usize| -> [usize; 2] {
            let out = input[axis].div_ceil(strides[axis].max(1));
            let reach = out.saturating_sub(1).saturating_mul(strides[axis]).saturating_add(span[axis]);
            let all = reach.saturating_sub(input[axis]);
            [all / 2, all - all / 2]
        };
        let same = [same(0), same(1)];
        let pads = match node.text("auto_pad", "NOTSET") {
            "SAME_UPPER" => return Ok(Edge::Same),
            "SAME_LOWER" => same.map(|[before, after]| [after, before]),
            "VALID" => [[0; 2]; 2],
            _ => {
                match node.list("pads").map(|pads| pads.iter().map(|n| usize::try_from(*n).ok()).collect()) {
                    None => [[0; 2]; 2],
                    Some(Some(pads)) => match <Vec<usize> as AsRef<[usize]>>::as_ref(&pads) {
                        [top, bottom] if image.axes == 1 => [[*top, *bottom], [0, 0]],
                        [top, left, bottom, right] if image.axes == 2 => [[*top, *bottom], [*left, *right]],
                        _ => return Err(node.wrong("pads")),
                    },
                    Some(None) => return Err(node.wrong("pads")),
                }
            }
        };
        Ok(match pads {
            [[0, 0], [0, 0]] => Edge::Valid,
            pads if pads == same => Edge::Same,
            pads => Edge::Border(pads),
        })
    }

    pub(super) fn bordered(&mut self, path: &str, image: &mut Image, border: [[usize; 2]; 2]) {
        for (size, [before, after]) in image.sizes.iter_mut().zip(border) {
            *size = size.saturating_add(before.saturating_add(after));
        }
        let config = json!({"padding": border});
        image.value = self.layer(
            &format!("{path}_pad"),
            "ZeroPadding2D",
            config,
            vec![image.value],
            image.sizes.to_vec(),
        );
    }

    /// Height and width of what a window makes.
    pub(super) fn window(
        image: &Image,
        same: bool,
        span: [usize; 2],
        strides: [usize; 2],
    ) -> Result<[usize; 2], Problem> {
        let mut out = [0; 2];
        for (axis, out) in out.iter_mut().enumerate() {
            let (input, stride) = (image.sizes[axis], strides[axis]);
            if stride == 0 || span[axis] == 0 || !same && span[axis] > input {
                return Err("has a window that is larger than the image, or sizes of 0".into());
            }
            *out = if same { input.div_ceil(stride) } else { (input - span[axis]) / stride + 1 };
        }
        Ok(out)
    }

    /// Whether the padding is Keras' `same`; any other border is a layer of its own.
    pub(super) fn edges(
        &mut self,
        node: &Node,
        image: &mut Image,
        span: [usize; 2],
        strides: [usize; 2],
    ) -> Result<bool, Problem> {
        match Self::edge(node, image, span, strides)? {
            Edge::Valid => Ok(false),
            Edge::Same => Ok(true),
            Edge::Border(border) => {
                self.bordered(&path(node), image, border);
                Ok(false)
            }
        }
    }
}
