use keras_shapes::{Dims, MOST, Text, numel_text, params_text};

use super::part::part;
use super::row::{Row, stop_if};
use super::{Layout, MOST_INPUTS, MOST_OUTPUTS, Parts, Plan, Step, Wire};

/// A layer of more floats than this sees the whole batch at once: each piece of a batch would have to
/// fetch its weights anew.
pub(super) const HEAVY: usize = 96 << 10;

const NONE: Step = Step {
    index: 0,
    layer: 0,
    params: 0,
    params_len: 0,
    state: 0,
    state_len: 0,
    kept: 0,
    kept_len: 0,
    inputs: [Wire::NONE; MOST_INPUTS],
    arity: 0,
    y: 0,
    y_len: 0,
    aux: 0,
    aux_len: 0,
    dy: 0,
    add: false,
};

/// Lays out a model: the values that it is given, its layers in an order in which each takes what is
/// there already, and which values it gives. Values are numbered, the inputs first. Stops the
/// compilation when there are too many numbers for any memory.
#[must_use]
#[track_caller]
pub const fn plan<const K: usize, const N: usize>(
    inputs: [Dims; K],
    rows: [Row; N],
    outputs: &[usize],
) -> Plan<N> {
    let mut lens = [0; K];
    let mut i = 0;
    while i < K {
        stop_if(numel_text(if K == 1 { "the input" } else { "an input" }, inputs[i]));
        lens[i] = inputs[i].numel();
        i += 1;
    }
    if outputs.len() > MOST_OUTPUTS {
        stop_if(Some(Text::new("the model gives more than ").num(MOST_OUTPUTS).str(" values")));
    }
    let mut steps = [NONE; N];
    let (mut params, mut state, mut kept, mut flops): (usize, usize, usize, usize) = (0, 0, 0, 0);
    let mut i = 0;
    while i < N {
        let row = rows[i];
        steps[i].index = i;
        (steps[i].state, steps[i].state_len) = (state, row.state);
        (steps[i].kept, steps[i].kept_len) = (kept, row.kept);
        steps[i].params_len = row.params;
        match row.layer {
            Some(first) if first < i => {
                (steps[i].layer, steps[i].params) = (first, steps[first].params);
                let mut j = first;
                while j < i {
                    steps[j].add |= steps[j].layer == first;
                    j += 1;
                }
            }
            _ => {
                (steps[i].layer, steps[i].params) = (i, params);
                params = params.saturating_add(row.params);
            }
        }
        state = state.saturating_add(row.state);
        kept = kept.saturating_add(row.kept);
        flops = flops.saturating_add(row.flops);
        i += 1;
    }
    stop_if(params_text("the model", params.saturating_add(state)));
    let cut = cut(K, &rows, outputs, flops);
    let mut light = steps;
    let full = parts(&rows, &mut steps, (cut, true), lens, outputs, params, state + kept);
    let brief = parts(&rows, &mut light, (cut, false), lens, outputs, params, state + kept);
    let all = full.front.activations.saturating_add(full.front.gradients);
    let all = all.saturating_add(full.head.activations).saturating_add(full.head.gradients);
    if all.saturating_add(kept) > MOST {
        stop_if(Some(Text::new("the model: its layers' outputs are too large for any memory")));
    }
    Plan { steps, light, flops, layout: Layout { trained: params, state, kept, full, light: brief } }
}

#[track_caller]
const fn parts<const K: usize, const N: usize>(
    rows: &[Row; N],
    steps: &mut [Step; N],
    (cut, keeps): (usize, bool),
    lens: [usize; K],
    outputs: &[usize],
    params: usize,
    fixed: usize,
) -> Parts {
    let (mut front, mut head);
    if cut == 0 || cut == N {
        let whole = part(rows, steps, (0, N), keeps, lens, outputs);
        (front, head) = if cut == 0 { (super::Part::NONE, whole) } else { (whole, super::Part::NONE) };
        (head.start, head.end) = (cut, N);
        front.end = cut;
    } else {
        // One value goes from the front to the head, which is as if it were its input.
        let crossing = crossing(K, rows, cut, outputs);
        front = part(rows, steps, (0, cut), keeps, lens, &[crossing]);
        let mut given = lens;
        given[0] = rows[crossing - K].out;
        head = part(rows, steps, (cut, N), keeps, given, outputs);
    }
    (front.params_end, head.params_end) = (params, params);
    if cut < N {
        front.params_end = 0;
        let mut i = 0;
        while i < cut {
            let end = steps[i].params + steps[i].params_len;
            front.params_end = if end > front.params_end { end } else { front.params_end };
            i += 1;
        }
    }
    // Only the head keeps anything of a batch.
    head.fixed = fixed;
    Parts { front, head }
}

/// The first layer that needs the whole batch: one that looks at all of it, or has many weights. If
/// little is done before it, or more than one value goes from there on, all layers may as well.
const fn cut(inputs: usize, rows: &[Row], outputs: &[usize], flops: usize) -> usize {
    let (mut cut, mut before) = (rows.len(), 0);
    let (mut i, mut sum) = (0, 0_usize);
    while i < rows.len() {
        if rows[i].whole_batch || rows[i].kept > 0 || rows[i].state > 0 {
            return 0;
        }
        if rows[i].params > HEAVY && i < cut {
            (cut, before) = (i, sum);
        }
        sum = sum.saturating_add(rows[i].flops);
        i += 1;
    }
    if cut == rows.len() {
        return cut;
    }
    if before < flops / 4 || crossing(inputs, rows, cut, outputs) == MANY { 0 } else { cut }
}

const MANY: usize = usize::MAX;

/// The one value that goes from the layers before `cut` to those behind, or [`MANY`].
const fn crossing(inputs: usize, rows: &[Row], cut: usize, outputs: &[usize]) -> usize {
    let mut found = None;
    let mut i = cut;
    while i <= rows.len() {
        // Behind the last layer: what the model gives.
        let values = if i == rows.len() { outputs } else { rows[i].inputs.as_slice() };
        if i < rows.len()
            && let Some(first) = rows[i].layer
            && first < cut
        {
            return MANY;
        }
        let mut j = 0;
        while j < values.len() {
            let value = values[j];
            if value < inputs + cut {
                match found {
                    None if value >= inputs && i < rows.len() => found = Some(value),
                    Some(same) if same == value && i < rows.len() => {}
                    _ => return MANY,
                }
            }
            j += 1;
        }
        i += 1;
    }
    match found {
        Some(value) => value,
        None => MANY,
    }
}
