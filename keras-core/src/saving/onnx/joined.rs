//! Layers of several values.

use onnx_files::Attribute;

use super::builder::{Builder, Made, all, int};
use crate::backend::Merging;

/// All values in one form: channels first where one of them is so already and all have as many sizes.
/// Comes back whether they are so.
fn alike(g: &mut Builder, at: &str, values: &mut [Made]) -> (Vec<String>, bool) {
    let rank = values.iter().map(|value| value.sizes.len()).max().unwrap_or_default();
    let is_first = values.iter().any(|value| value.last.is_none())
        && values.iter().all(|value| value.sizes.len() == rank);
    let names = values.iter_mut().map(|value| {
        if is_first {
            return g.first(at, value);
        }
        let name = g.last(at, value);
        // What is not there in front counts for any.
        let missing = rank - value.sizes.len();
        if missing == 0 {
            return name;
        }
        let sizes: Vec<usize> = core::iter::repeat_n(1, missing).chain(value.sizes.iter().copied()).collect();
        g.reshape(at, &name, &sizes)
    });
    (names.collect(), is_first)
}

fn placed(name: String, is_first: bool, sizes: &[usize]) -> Made {
    let (last, first) = if is_first { (None, Some(name)) } else { (Some(name), None) };
    Made { sizes: sizes.to_vec(), last, first }
}

pub fn merge(g: &mut Builder, at: &str, how: Merging, values: &mut [Made], sizes: &[usize]) -> Made {
    let (names, is_first) = alike(g, at, values);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let made = match how {
        Merging::Sum => g.op("Sum", at, &names, &[]),
        Merging::Mean => g.op("Mean", at, &names, &[]),
        Merging::Largest => g.op("Max", at, &names, &[]),
        Merging::Smallest => g.op("Min", at, &names, &[]),
        Merging::Difference => g.op("Sub", at, &names, &[]),
        Merging::Product => {
            let mut product = names[0].to_owned();
            for name in &names[1..] {
                product = g.op("Mul", at, &[&product, name], &[]);
            }
            product
        }
    };
    placed(made, is_first, sizes)
}

pub fn concatenate(g: &mut Builder, at: &str, axis: usize, values: &mut [Made], sizes: &[usize]) -> Made {
    let (names, is_first) = alike(g, at, values);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let place = match (is_first, axis + 1 == sizes.len()) {
        (true, true) => 1,
        (true, false) => axis + 2,
        (false, _) => axis + 1,
    };
    let made = g.op("Concat", at, &names, &[("axis", Attribute::Int(int(place)))]);
    placed(made, is_first, sizes)
}

/// `y[i, j] = Σ a[i, k] · b[j, k]`
pub fn dot(
    g: &mut Builder,
    at: &str,
    axes: [usize; 2],
    normalize: bool,
    [a, b]: [&mut Made; 2],
    sizes: &[usize],
) -> Made {
    // A table whose rows are the vectors, and one whose columns are.
    let mut table = |value: &mut Made, axis: usize, columns: bool| {
        let (len, name) = (value.sizes[axis], g.last(at, value));
        let count: usize = value.sizes.iter().product::<usize>() / len;
        let others = (0..value.sizes.len()).filter(|other| *other != axis).map(|other| other + 1);
        let order: Vec<usize> = if columns {
            [0, axis + 1].into_iter().chain(others).collect()
        } else {
            core::iter::once(0).chain(others).chain([axis + 1]).collect()
        };
        let turned = g.op("Transpose", at, &[&name], &[("perm", all(order))]);
        let table = g.reshape(at, &turned, &if columns { [len, count] } else { [count, len] });
        if normalize { unit(g, at, &table, if columns { 1 } else { 2 }) } else { table }
    };
    let (rows, columns) = (table(a, axes[0], false), table(b, axes[1], true));
    let product = g.op("MatMul", at, &[&rows, &columns], &[]);
    placed(g.reshape(at, &product, sizes), false, sizes)
}

/// Vectors divided by their lengths, which count as 1e-7 at least.
fn unit(g: &mut Builder, at: &str, table: &str, axis: i64) -> String {
    let axis = g.ints(at, vec![axis]);
    let length = g.op("ReduceL2", at, &[table, &axis], &[("keepdims", Attribute::Int(1))]);
    let least = g.number(at, 1e-7);
    let length = g.op("Max", at, &[&length, &least], &[]);
    g.op("Div", at, &[table, &length], &[])
}

/// One half of an axis, times the sigmoid of the other.
pub fn gate(g: &mut Builder, at: &str, axis: usize, x: &mut Made) -> String {
    let (value, half) = (g.last(at, x), x.sizes[axis] / 2);
    let mut part = |start: usize| {
        let [start, end, axis] = [start, start + half, axis + 1].map(|place| g.ints(at, vec![int(place)]));
        g.op("Slice", at, &[&value, &start, &end, &axis], &[])
    };
    let (a, b) = (part(0), part(half));
    let open = g.op("Sigmoid", at, &[&b], &[]);
    g.op("Mul", at, &[&a, &open], &[])
}
