use super::part::ALIVE;
use super::places::Places;
use super::row::Row;
use super::{Gradient, INPUT, Part, Step};

/// Where gradients lie, from the last layer of a part to the first. What is used more than once has one
/// place, in which its gradients are added up.
#[track_caller]
pub(super) const fn gradients<const K: usize, const N: usize>(
    rows: &[Row; N],
    steps: &mut [Step; N],
    roots: &[usize; N],
    outputs: &[usize],
    part: &mut Part,
) {
    let start = part.start;
    let mut places = Places::<ALIVE>::new();
    // Of each layer's output, if it has been written; and whether that of an input was handed out.
    let (mut at, mut handed_out) = ([INPUT; N], [false; K]);
    let mut o = 0;
    while o < outputs.len() {
        let (value, len) = (outputs[o], part.outputs[o].len);
        let gradient = places.take(len);
        part.outputs[o].gradient = gradient;
        if part.outputs[o].at != INPUT {
            let from = roots[value - K] - K;
            if at[from] != INPUT {
                panic!("two of the model's outputs are the same numbers\nhelp: leave one of them out");
            }
            at[from] = gradient;
        } else {
            // It will be handed out as it is.
            handed_out[part.outputs[o].input] = true;
        }
        o += 1;
    }
    let mut i = part.end;
    while i > start {
        i -= 1;
        if rows[i].view {
            continue;
        }
        let dy = at[i];
        if dy == INPUT {
            panic!("what a layer gives is not used");
        }
        steps[i].dy = dy;
        let mut moved = false;
        let mut j = 0;
        while j < steps[i].arity {
            let mut wire = steps[i].inputs[j];
            let from = if wire.at == INPUT { wire.input } else { from::<K, N>(rows, roots, i, j) };
            let first = if from < K { !handed_out[from] } else { at[from - K] == INPUT };
            wire.gradient = match (rows[i].passes, first) {
                (false, true) => Gradient::Write,
                (false, false) => Gradient::Add,
                (true, false) => Gradient::AddOutput,
                (true, true) if from >= K && !moved && !again(&steps[i], j) => Gradient::Move,
                (true, true) => Gradient::Copy,
            };
            if matches!(wire.gradient, Gradient::Add) {
                wire.scratch = places.take(wire.len);
            }
            if from < K {
                handed_out[from] = true;
                wire.dx = INPUT;
            } else {
                if matches!(wire.gradient, Gradient::Move) {
                    (at[from - K], moved) = (dy, true);
                } else if first {
                    at[from - K] = places.take(wire.len);
                }
                wire.dx = at[from - K];
            }
            steps[i].inputs[j] = wire;
            j += 1;
        }
        j = 0;
        while j < steps[i].arity {
            let wire = steps[i].inputs[j];
            if matches!(wire.gradient, Gradient::Add) {
                places.give(wire.scratch, wire.len);
            }
            j += 1;
        }
        if !moved {
            places.give(dy, rows[i].out);
        }
    }
    part.gradients = places.end;
}

/// The layer in whose memory an input of layer `i` lies.
const fn from<const K: usize, const N: usize>(
    rows: &[Row; N],
    roots: &[usize; N],
    i: usize,
    j: usize,
) -> usize {
    roots[rows[i].inputs.all[j] - K]
}

/// Whether a later input of this layer is the same.
const fn again(step: &Step, j: usize) -> bool {
    let mut k = j + 1;
    while k < step.arity {
        if step.inputs[k].at == step.inputs[j].at && step.inputs[k].input == step.inputs[j].input {
            return true;
        }
        k += 1;
    }
    false
}
