//! Layers on images: ONNX has the channels first.

use onnx_files::Attribute;

use super::builder::{Builder, Made, all, int};
use crate::backend::{Conv2d, Pad2d, Pool2d, Pooling, Upsample2d, Upsampling};

/// Zeros above and left, below and right, so that windows of these spans are all inside.
fn pads(
    input: [usize; 2],
    output: [usize; 2],
    span: [usize; 2],
    strides: [usize; 2],
    before: [usize; 2],
) -> Attribute {
    let after = |axis: usize| {
        let reach = (output[axis].saturating_sub(1)) * strides[axis] + span[axis];
        reach.saturating_sub(input[axis] + before[axis])
    };
    all([before[0], before[1], after(0), after(1)])
}

/// The kernel as ONNX has it: (filters, channels, height, width) of (height, width, channels, filters).
pub fn turned(kernel: &[f32], [h, w, channels, filters]: [usize; 4]) -> Vec<f32> {
    let mut turned = Vec::with_capacity(kernel.len());
    for f in 0..filters {
        for c in 0..channels {
            for place in 0..h * w {
                turned.push(kernel[(place * channels + c) * filters + f]);
            }
        }
    }
    turned
}

pub fn conv(g: &mut Builder, at: &str, conv: &Conv2d, x: &mut Made, weights: &[String]) -> String {
    let x = g.first(at, x);
    let (input, output) = ([conv.input[0], conv.input[1]], [conv.output[0], conv.output[1]]);
    let span = [0, 1].map(|axis| conv.dilation[axis] * (conv.kernel[axis] - 1) + 1);
    let mut inputs = vec![x.as_str()];
    inputs.extend(weights.iter().map(String::as_str));
    let attributes = [
        ("kernel_shape", all(conv.kernel)),
        ("strides", all(conv.strides)),
        ("dilations", all(conv.dilation)),
        ("group", Attribute::Int(int(conv.groups))),
        ("pads", pads(input, output, span, conv.strides, conv.before)),
    ];
    g.op("Conv", at, &inputs, &attributes)
}

pub fn pool(g: &mut Builder, at: &str, pool: &Pool2d, x: &mut Made) -> String {
    let (input, whole) = ([pool.input[0], pool.input[1]], pool.output == [1, 1] && pool.before == [0, 0]);
    let x = g.first(at, x);
    let kind = match pool.pooling {
        Pooling::Max => "MaxPool",
        Pooling::Average => "AveragePool",
    };
    if whole && pool.size == input {
        return g.op(&format!("Global{kind}"), at, &[&x], &[]);
    }
    // What lies outside of the image does not count in a mean: it is ONNX's default.
    let attributes = [
        ("kernel_shape", all(pool.size)),
        ("strides", all(pool.strides)),
        ("pads", pads(input, pool.output, pool.size, pool.strides, pool.before)),
    ];
    g.op(kind, at, &[&x], &attributes)
}

/// A border of so many zeros, times a sign.
pub fn pad(g: &mut Builder, at: &str, pad: &Pad2d, x: &mut Made, sign: i64) -> String {
    let x = g.first(at, x);
    let [[top, bottom], [left, right]] = pad.padding.map(|sides| sides.map(|side| sign * int(side)));
    let pads = g.ints(at, vec![0, 0, top, left, 0, 0, bottom, right]);
    g.op("Pad", at, &[&x, &pads], &[("mode", Attribute::Text("constant".into()))])
}

pub fn upsample(g: &mut Builder, at: &str, up: &Upsample2d, x: &mut Made) -> String {
    let x = g.first(at, x);
    let scales = vec![1.0, 1.0, up.size[0] as f32, up.size[1] as f32];
    let scales = g.constant(at, &[4], scales);
    let text = |text: &str| Attribute::Text(text.into());
    let attributes = match up.upsampling {
        Upsampling::Nearest => vec![
            ("mode", text("nearest")),
            ("coordinate_transformation_mode", text("asymmetric")),
            ("nearest_mode", text("floor")),
        ],
        Upsampling::Bilinear => {
            vec![("mode", text("linear")), ("coordinate_transformation_mode", text("half_pixel"))]
        }
    };
    g.op("Resize", at, &[&x, "", &scales], &attributes)
}
