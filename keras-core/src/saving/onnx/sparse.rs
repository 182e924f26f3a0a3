use onnx_files::Attribute;

use super::builder::{Builder, int};

/// `max(x - τ, 0)` along the last axis, of `width` elements. The elements are sorted; those count whose sum up
/// to them leaves them above τ. Keras' τ has the sums of the 1, 2, .. largest in it, the paper's the last alone.
pub fn sparsemax(g: &mut Builder, at: &str, x: &str, width: usize, keras: bool) -> String {
    let axis = [("axis", Attribute::Int(-1))];
    let keep = [("keepdims", Attribute::Int(1))];
    let (count, last) = (g.ints(at, vec![int(width)]), g.ints(at, vec![-1]));
    let largest = g.op("ReduceMax", at, &[x, &last], &keep);
    // Keras' τ is not the same for all that are moved alike.
    let near = if keras { x.to_owned() } else { g.op("Sub", at, &[x, &largest], &[]) };
    let sorted = g.op("TopK", at, &[&near, &count], &axis);
    let places = g.name(&format!("{at}/places"));
    if let Some(top) = g.nodes.last_mut() {
        top.outputs.push(places);
    }
    let along = g.axis(at, -1);
    let sums = g.op("CumSum", at, &[&sorted, &along], &[]);
    let numbers = (1..=width).map(|number| number as f32).collect();
    let numbers = g.constant(at, &[width], numbers);
    let product = g.op("Mul", at, &[&sorted, &numbers], &[]);
    let one = g.number(at, 1.0);
    let product = g.op("Add", at, &[&product, &one], &[]);
    let counts = g.op("Greater", at, &[&product, &sums], &[]);
    let counts = g.op("Cast", at, &[&counts], &[("to", Attribute::Int(1))]);
    let summed = if keras { sums } else { sorted };
    let summed = g.op("Mul", at, &[&summed, &counts], &[]);
    let sum = g.op("ReduceSum", at, &[&summed, &last], &keep);
    let sum = g.op("Sub", at, &[&sum, &one], &[]);
    let all = g.op("ReduceSum", at, &[&counts, &last], &keep);
    let tau = g.op("Div", at, &[&sum, &all], &[]);
    let rest = g.op("Sub", at, &[&near, &tau], &[]);
    g.op("Relu", at, &[&rest], &[])
}
