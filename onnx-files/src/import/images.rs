//! Layers on images.

use serde_json::{Value, json};

use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::{View, channels_last};
use crate::proto::Node;

/// What a window does at the edges.
enum Edge {
    Valid,
    Same,
    /// Above and below, left and right.
    Border([[usize; 2]; 2]),
}

/// A value as an image: its number, and height, width and channels. One of a single axis has a width of 1.
struct Image {
    value: usize,
    sizes: [usize; 3],
    axes: usize,
}

impl Model {
    fn image(&mut self, node: &Node) -> Result<Image, Problem> {
        let (value, view) = self.made(node, 0)?;
        let rank = view.axes.len();
        let sizes = view.sizes();
        let sizes = match sizes.as_slice() {
            [c, l] => [*l, 1, *c],
            [c, h, w] => [*h, *w, *c],
            _ => return Err(format!("works on {} axes, which does not exist yet", rank + 1)),
        };
        let value = self.in_order(&path(node), (value, &view), &channels_last(rank))?;
        let value = self.shaped(&path(node), value, &sizes);
        Ok(Image { value, sizes, axes: rank - 1 })
    }

    /// What a layer made of an image, which the file has with the channels first.
    fn set_image(&mut self, node: &Node, made: usize, axes: usize) {
        let sizes = match (axes, self.shapes[made].as_slice()) {
            (1, [h, _, c]) => vec![*c, *h],
            (_, [h, w, c]) => vec![*c, *h, *w],
            (_, other) => other.to_vec(),
        };
        let order = channels_last(sizes.len());
        self.set(node, Known::Made(made, View::ordered(&sizes, &order)));
    }

    /// The size of what a window makes, and what it does at the edges.
    fn edge(node: &Node, image: &Image, span: [usize; 2], strides: [usize; 2]) -> Result<Edge, Problem> {
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

    fn bordered(&mut self, path: &str, image: &mut Image, border: [[usize; 2]; 2]) {
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
    fn window(
        image: &Image,
        same: bool,
        span: [usize; 2],
        strides: [usize; 2],
    ) -> Result<[usize; 2], Problem> {
        let mut out = [0; 2];
        for axis in 0..2 {
            let (input, stride) = (image.sizes[axis], strides[axis]);
            if stride == 0 || span[axis] == 0 || !same && span[axis] > input {
                return Err("has a window that is larger than the image, or sizes of 0".into());
            }
            out[axis] = if same { input.div_ceil(stride) } else { (input - span[axis]) / stride + 1 };
        }
        Ok(out)
    }

    pub(super) fn conv(&mut self, node: &Node) -> Result<(), Problem> {
        let (sizes, weights) = self.floats(node, 1)?;
        let mut image = self.image(node)?;
        let [filters, depth, kernel] = match *sizes.as_slice() {
            [f, c, h] if image.axes == 1 => [f, c, h],
            [f, c, h, w] if image.axes == 2 => [f, c, h * w],
            _ => return Err(format!("has a kernel of {sizes:?}")),
        };
        let size = [sizes[2], sizes.get(3).copied().unwrap_or(1)];
        let groups = usize::try_from(node.int("group", 1)).ok().filter(|groups| *groups > 0);
        let groups = groups.ok_or_else(|| node.wrong("group"))?;
        if depth.checked_mul(groups) != Some(image.sizes[2]) || sizes.contains(&0) || filters % groups != 0 {
            return Err(format!(
                "has a kernel of {sizes:?} for {} channels in {groups} groups",
                image.sizes[2]
            ));
        }
        self.spend(weights.len())?;
        let mut turned = Vec::with_capacity(weights.len());
        for place in 0..kernel {
            for c in 0..depth {
                turned.extend((0..filters).map(|f| weights[(f * depth + c) * kernel + place]));
            }
        }
        let (strides, dilation) =
            (node.pair("strides", 1, image.axes)?, node.pair("dilations", 1, image.axes)?);
        let span = [0, 1].map(|axis| dilation[axis].saturating_mul(size[axis] - 1).saturating_add(1));
        let same = self.edges(node, &mut image, span, strides)?;
        let [h, w] = Self::window(&image, same, span, strides)?;
        let bias = match self.input(node, 2) {
            None => None,
            Some(_) => {
                let bias = self.floats(node, 2)?.1;
                if bias.len() != filters {
                    return Err(format!("has {} biases for {filters} filters", bias.len()));
                }
                self.spend(filters)?;
                Some(bias.to_vec())
            }
        };
        let config = json!({
            "filters": filters, "kernel_size": size, "strides": strides, "dilation_rate": dilation,
            "groups": groups, "use_bias": bias.is_some(), "padding": if same { "same" } else { "valid" },
        });
        let made = self.layer(&path(node), "Conv2D", config, vec![image.value], vec![h, w, filters]);
        self.variable(made, "kernel", &[size[0], size[1], depth, filters], turned);
        if let Some(bias) = bias {
            self.variable(made, "bias", &[filters], bias);
        }
        self.set_image(node, made, image.axes);
        Ok(())
    }

    /// Whether the padding is Keras' `same`; any other border is a layer of its own.
    fn edges(
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

    pub(super) fn pool(&mut self, node: &Node) -> Result<(), Problem> {
        let mut image = self.image(node)?;
        let mean = node.op == "AveragePool";
        if node.list("kernel_shape").is_none() {
            return Err(node.wrong("kernel_shape"));
        }
        let size = node.pair("kernel_shape", 1, image.axes)?;
        let mut strides = node.pair("strides", 1, image.axes)?;
        if image.axes == 1 {
            strides[1] = 1;
        }
        if node.pair("dilations", 1, image.axes)? != [1, 1] {
            return Err(node.wrong("dilations"));
        }
        let counts_zeros = mean && node.int("count_include_pad", 0) != 0;
        let same = match Self::edge(node, &image, size, strides)? {
            Edge::Valid => false,
            Edge::Same if !counts_zeros => true,
            Edge::Same => return Err(node.wrong("count_include_pad")),
            Edge::Border(border) if counts_zeros => {
                self.bordered(&path(node), &mut image, border);
                false
            }
            Edge::Border(_) => return Err(node.wrong("pads")),
        };
        let [h, w] = Self::window(&image, same, size, strides)?;
        let is_whole = |axis: usize| (image.sizes[axis] - size[axis]).is_multiple_of(strides[axis]);
        if node.int("ceil_mode", 0) != 0 && !(!same && is_whole(0) && is_whole(1)) {
            return Err(node.wrong("ceil_mode"));
        }
        let class = if mean { "AveragePooling2D" } else { "MaxPooling2D" };
        let padding = if same { "same" } else { "valid" };
        let config = json!({"pool_size": size, "strides": strides, "padding": padding});
        let made = self.layer(&path(node), class, config, vec![image.value], vec![h, w, image.sizes[2]]);
        self.set_image(node, made, image.axes);
        Ok(())
    }

    pub(super) fn batch_normalization(&mut self, node: &Node) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        if node.int("training_mode", 0) != 0 {
            return Err(node.wrong("training_mode"));
        }
        let channels = view.axes.first().cloned().unwrap_or_default();
        let width = match channels.as_slice() {
            [] => 1,
            [(size, 1)] => *size,
            _ => return Err("works along another axis than our last one, which does not exist yet".into()),
        };
        let mut all = Vec::new();
        for (at, name) in ["gamma", "beta", "moving_mean", "moving_variance"].into_iter().enumerate() {
            let (_, values) = self.floats(node, at + 1)?;
            if values.len() != width {
                return Err(format!("has {} numbers for {width} channels", values.len()));
            }
            self.spend(width)?;
            all.push((name, values.to_vec()));
        }
        let value = self.with_last(&path(node), value, width);
        let shape = self.shapes[value].clone();
        let config = json!({"epsilon": node.real("epsilon", 1e-5)});
        let made = self.layer(&path(node), "BatchNormalization", config, vec![value], shape);
        for (name, values) in all {
            self.variable(made, name, &[width], values);
        }
        self.set(node, Known::Made(made, view));
        Ok(())
    }

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
}
