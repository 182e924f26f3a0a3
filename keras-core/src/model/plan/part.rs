use super::gradients::gradients;
use super::places::Places;
use super::row::Row;
use super::{INPUT, MOST_INPUTS, Output, Part, Step, Wire};

/// More values than this are never alive at a time.
pub(super) const ALIVE: usize = 256;

/// The memory that a value lies in: that of an input, below `K`, or of a layer's output. A layer from
/// before this part stands for its first input.
const fn root<const K: usize, const N: usize>(roots: &[usize; N], start: usize, value: usize) -> usize {
    if value < K {
        value
    } else if value - K < start {
        0
    } else {
        roots[value - K]
    }
}

/// Lays out the layers `start..end`; `lens` are the lengths of what they are given.
#[track_caller]
pub(super) const fn part<const K: usize, const N: usize>(
    rows: &[Row; N],
    steps: &mut [Step; N],
    (start, end): (usize, usize),
    keeps: bool,
    lens: [usize; K],
    outputs: &[usize],
) -> Part {
    let mut part = Part { start, end, ..Part::NONE };
    if start == end {
        return part;
    }
    let roots = roots::<K, N>(rows, (start, end));
    let last = last_uses::<K, N>(rows, &roots, (start, end), outputs);
    let (done, next) = done_by::<N>(&last, (start, end));
    let mut places = Places::<ALIVE>::new();
    let (mut at, mut bump) = ([INPUT; N], 0_usize);
    let mut i = start;
    while i < end {
        let row = rows[i];
        let mut wires = [Wire::NONE; MOST_INPUTS];
        let mut j = 0;
        while j < row.inputs.len {
            let value = row.inputs.all[j];
            let from = root::<K, N>(&roots, start, value);
            let len = if value >= K && value - K >= start { rows[value - K].out } else { lens[from] };
            wires[j].len = len;
            if from < K {
                wires[j].input = from;
            } else {
                wires[j].at = at[from - K];
            }
            j += 1;
        }
        (steps[i].inputs, steps[i].arity) = (wires, row.inputs.len);
        (steps[i].y_len, steps[i].aux_len) = (row.out, row.aux);
        if row.view {
            (at[i], steps[i].y) = (wires[0].at, wires[0].at);
        } else if keeps {
            (at[i], steps[i].y) = (bump, bump);
            bump = bump.saturating_add(row.out);
        } else {
            at[i] = places.take(row.out);
            (steps[i].y, steps[i].aux) = (at[i], places.take(row.aux));
            places.give(steps[i].aux, row.aux);
        }
        if !keeps {
            let mut value = done[i];
            while value != INPUT {
                if roots[value] == K + value {
                    places.give(at[value], rows[value].out);
                }
                value = next[value];
            }
        }
        i += 1;
    }
    if keeps {
        // What layers keep lies behind all outputs.
        i = start;
        while i < end {
            steps[i].aux = bump;
            bump = bump.saturating_add(rows[i].aux);
            i += 1;
        }
    }
    part.activations = if keeps { bump } else { places.end };
    part.count = outputs.len();
    let mut o = 0;
    while o < outputs.len() {
        let (value, from) = (outputs[o], root::<K, N>(&roots, start, outputs[o]));
        let len = if value >= K { rows[value - K].out } else { lens[value] };
        let place = if from < K { INPUT } else { at[from - K] };
        let input = if from < K { from } else { 0 };
        part.outputs[o] = Output { at: place, input, len, gradient: 0, place: part.output_len };
        part.output_len = part.output_len.saturating_add(len);
        o += 1;
    }
    if keeps {
        gradients::<K, N>(rows, steps, &roots, outputs, &mut part);
    }
    part
}

/// The memory of each layer's output.
const fn roots<const K: usize, const N: usize>(rows: &[Row; N], (start, end): (usize, usize)) -> [usize; N] {
    let mut roots = [0; N];
    let mut i = start;
    while i < end {
        roots[i] = if rows[i].view { root::<K, N>(&roots, start, rows[i].inputs.all[0]) } else { K + i };
        i += 1;
    }
    roots
}

/// The last layer that reads what lies in each layer's memory; [`INPUT`] for what goes out.
const fn last_uses<const K: usize, const N: usize>(
    rows: &[Row; N],
    roots: &[usize; N],
    (start, end): (usize, usize),
    outputs: &[usize],
) -> [usize; N] {
    let mut last = [0; N];
    let mut i = start;
    while i < end {
        last[i] = i;
        let mut j = 0;
        while j < rows[i].inputs.len {
            let from = root::<K, N>(roots, start, rows[i].inputs.all[j]);
            if from >= K {
                last[from - K] = i;
            }
            j += 1;
        }
        i += 1;
    }
    let mut o = 0;
    while o < outputs.len() {
        let from = root::<K, N>(roots, start, outputs[o]);
        if from >= K {
            last[from - K] = INPUT;
        }
        o += 1;
    }
    last
}

/// The values that each layer is the last to read, as lists: the first of each, and the one behind each.
/// (Looking for them at each layer would take layers times layers.)
const fn done_by<const N: usize>(
    last: &[usize; N],
    (start, end): (usize, usize),
) -> ([usize; N], [usize; N]) {
    let (mut first, mut next) = ([INPUT; N], [INPUT; N]);
    let mut value = end;
    while value > start {
        value -= 1;
        if last[value] != INPUT {
            next[value] = first[last[value]];
            first[last[value]] = value;
        }
    }
    (first, next)
}
