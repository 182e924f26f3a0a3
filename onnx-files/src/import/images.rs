//! Layers on images.

use serde_json::json;

use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::{View, channels_last};
use super::window::Edge;
use crate::proto::Node;

/// A value as an image: its number, and height, width and channels. One of a single axis has a width of 1.
pub struct Image {
    pub value: usize,
    pub sizes: [usize; 3],
    pub axes: usize,
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
}
