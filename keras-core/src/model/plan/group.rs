//! A model among whose layers are models: their rows are put in its own, one after the other.

use super::row::{Row, Taken, check};
use crate::model::block::{Block, BlockNode};
use crate::shape::Shape;
use keras_shapes::Text;

/// The rows of one of a model's layers: of a layer one, of a model those of its layers.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The row of a layer. Its inputs are numbered as the groups are.
    single: Option<Row>,
    /// The rows of a model, with numbers of its own.
    rows: &'static [Row],
    /// The values that the model takes, numbered as the groups are.
    inputs: Taken,
    /// The row that makes what the model gives.
    output: usize,
    /// The first group that is the same model.
    shared: Option<usize>,
}

impl Group {
    /// Of a layer.
    #[must_use]
    pub const fn single(row: Row) -> Self {
        let shared = row.layer;
        Self { single: Some(row), rows: &[], inputs: Taken::of(&[]), output: 0, shared }
    }

    const fn len(&self) -> usize {
        if self.single.is_some() { 1 } else { self.rows.len() }
    }
}

/// The group of a layer or a model. Stops the compilation when it is too large for any memory.
#[must_use]
#[track_caller]
pub const fn group<N: BlockNode>(who: &str, inputs: &[usize], shared: Option<usize>) -> Group {
    let rows = <N::P as Block<N::In>>::ROWS;
    let (mut params, mut state, mut i) = (0_usize, 0_usize, 0);
    while i < rows.len() {
        if rows[i].layer.is_none() {
            params = params.saturating_add(rows[i].params);
        }
        state = state.saturating_add(rows[i].state);
        i += 1;
    }
    let out = <<N::P as Block<N::In>>::Out as Shape>::DIMS;
    check(who, params, state, out, inputs, shared.is_some());
    // What does not fit is reported elsewhere, once.
    let fits = <N::P as Block<N::In>>::FAULT.is_none();
    match <N::P as Block<N::In>>::OUTPUT {
        Some(output) if fits => {
            if output < inputs.len() {
                let text = Text::new(who).str(" gives what it takes, so that there is nothing to do");
                panic!("{}", text.as_str());
            }
            let output = output.saturating_sub(inputs.len());
            Group { single: None, rows, inputs: Taken::of(inputs), output, shared }
        }
        _ => {
            let row = Row { out: out.numel(), inputs: Taken::of(inputs), layer: shared, ..rows[0] };
            Group::single(row)
        }
    }
}

/// The first step of each group.
#[must_use]
pub const fn starts<const G: usize>(groups: &[Group; G]) -> [usize; G] {
    let mut starts = [0; G];
    let (mut i, mut at) = (0, 0);
    while i < G {
        starts[i] = at;
        at += groups[i].len();
        i += 1;
    }
    starts
}

/// How many steps all groups have.
#[must_use]
pub const fn count(groups: &[Group]) -> usize {
    let (mut i, mut count) = (0, 0);
    while i < groups.len() {
        count += groups[i].len();
        i += 1;
    }
    count
}

/// The step that makes what each group gives.
#[must_use]
pub const fn ends<const G: usize>(groups: &[Group; G]) -> [usize; G] {
    let mut ends = starts(groups);
    let mut i = 0;
    while i < G {
        ends[i] += groups[i].output;
        i += 1;
    }
    ends
}

/// The number among the steps' values of one among the groups', of which the first `K` are the model's inputs.
#[must_use]
pub const fn value<const K: usize, const G: usize>(groups: &[Group; G], value: usize) -> usize {
    if value < K { value } else { K + ends(groups)[value - K] }
}

/// All rows, with numbers of their own. `K` values go in.
#[must_use]
pub const fn rows<const K: usize, const G: usize, const N: usize>(groups: &[Group; G]) -> [Row; N] {
    const NONE: Row = Row {
        out: 0,
        aux: 0,
        params: 0,
        state: 0,
        kept: 0,
        flops: 0,
        view: false,
        passes: false,
        whole_batch: false,
        inputs: Taken::of(&[]),
        layer: None,
    };
    let (starts, ends) = (starts(groups), ends(groups));
    let mut rows = [NONE; N];
    let mut g = 0;
    while g < G {
        let (group, start) = (groups[g], starts[g]);
        let mut r = 0;
        while r < group.len() {
            let mut row = match group.single {
                Some(row) => row,
                None => group.rows[r],
            };
            let root = match row.layer {
                Some(first) if group.single.is_none() => first,
                _ => r,
            };
            row.layer = match group.shared {
                Some(first) => Some(starts[first] + root),
                None if root == r => None,
                None => Some(start + root),
            };
            let taken = row.inputs.as_slice();
            let (mut values, mut j) = ([0; super::MOST_INPUTS], 0);
            while j < taken.len() {
                // What is given to the model from outside, or made in it.
                let outside = match group.single {
                    Some(_) => Some(taken[j]),
                    None if taken[j] < group.inputs.as_slice().len() => {
                        Some(group.inputs.as_slice()[taken[j]])
                    }
                    None => None,
                };
                values[j] = match outside {
                    Some(value) if value < K => value,
                    Some(value) => K + ends[value - K],
                    None => K + start + taken[j] - group.inputs.as_slice().len(),
                };
                j += 1;
            }
            row.inputs = Taken::of(values.split_at(taken.len()).0);
            rows[start + r] = row;
            r += 1;
        }
        g += 1;
    }
    rows
}
