//! Where all of a model's numbers lie, worked out once, by const evaluation.

mod build;
mod gradients;
mod group;
mod part;
mod places;
mod row;
#[cfg(test)]
mod tests;

use core::ops::Range;

pub use build::plan;
pub use group::{Group, count, ends, group, rows, starts, value};
pub use row::{Row, row, row_of};

/// Where a value is, when it is what its part of the model was given; where a gradient goes, when it is
/// handed out of that part.
pub const INPUT: usize = usize::MAX;

/// The most values that a layer takes.
pub const MOST_INPUTS: usize = 8;
/// The most values that a model gives.
pub const MOST_OUTPUTS: usize = 8;

/// What a step does with the gradient by one of its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gradient {
    /// It writes it to its place: nobody has been there before.
    Write,
    /// It writes it to a place of its own; then it is added to what is there.
    Add,
    /// It is the gradient by the output, which stays where it is.
    Move,
    /// It is a copy of the gradient by the output.
    Copy,
    /// The gradient by the output is added to what is there.
    AddOutput,
}

/// One of a step's inputs.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// Where it is: offset, or [`INPUT`].
    pub at: usize,
    /// Which of the part's inputs it is, where it is one.
    pub input: usize,
    /// Its length.
    pub len: usize,
    /// Where the gradient by it is: offset among the gradients, or [`INPUT`].
    pub dx: usize,
    /// Where it is computed first, if it is to be added.
    pub scratch: usize,
    /// What is done with it.
    pub gradient: Gradient,
}

/// Where one layer finds its numbers. Offsets and lengths in the workspace are for one sample and
/// are multiplied by the batch; those of the parameters, the state and what is kept of a batch are not.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The step's number, from 0.
    pub index: usize,
    /// The layer's: that of the first step that uses it.
    pub layer: usize,
    /// Its parameters: offset.
    pub params: usize,
    /// Its parameters: length.
    pub params_len: usize,
    /// Its state: offset behind all parameters.
    pub state: usize,
    /// Its state: length.
    pub state_len: usize,
    /// What it keeps of a batch: offset behind the next state.
    pub kept: usize,
    /// What it keeps of a batch: length.
    pub kept_len: usize,
    /// Its inputs; there are as many as `arity` says.
    pub inputs: [Wire; MOST_INPUTS],
    /// How many inputs it has.
    pub arity: usize,
    /// Its output: offset.
    pub y: usize,
    /// Its output: length.
    pub y_len: usize,
    /// What it keeps: offset.
    pub aux: usize,
    /// What it keeps: length.
    pub aux_len: usize,
    /// The gradient by its output: offset among the gradients.
    pub dy: usize,
    /// Whether a later step uses the same layer, so that its gradients are there already on the way back.
    pub add: bool,
}

/// All offsets of a model, from one const evaluation. (A const per layer that refers to the one before
/// would run into rustc's limit on query depth at about 128 layers.)
#[derive(Clone, Copy, Debug)]
pub struct Plan<const N: usize> {
    /// The steps, in order.
    pub steps: [Step; N],
    /// The same where there will be no backward pass: what was used for the last time makes room.
    pub light: [Step; N],
    /// Floating-point operations of a forward pass of one sample.
    pub flops: usize,
    /// The sizes of the arenas.
    pub layout: Layout,
}

/// How large a model's arenas are.
///
/// The parameters are all variables that are trained, layer by layer, then the state of all layers.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Floats of variables that are trained.
    pub trained: usize,
    /// Floats that layers remember.
    pub state: usize,
    /// Floats that layers keep of a batch.
    pub kept: usize,
    /// Where there will be a backward pass.
    pub full: Parts,
    /// Where there will be none.
    pub light: Parts,
}

/// The layers fall into two parts, each with a workspace of its own, and either may be empty: the front
/// can be worked off with a few samples at a time, the head needs the whole batch.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The layers before the first one that needs the whole batch.
    pub front: Part,
    /// The layers from there on.
    pub head: Part,
}

/// A run of layers.
///
/// Its workspace is, in the head, the next state and what layers keep of a batch; then, for each sample,
/// outputs and what layers keep of them. Gradients lie in a buffer of their own.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its first layer.
    pub start: usize,
    /// The layer behind its last.
    pub end: usize,
    /// What it gives.
    pub outputs: [Output; MOST_OUTPUTS],
    /// How many these are.
    pub count: usize,
    /// Floats of all of them, a sample.
    pub output_len: usize,
    /// Floats a sample for outputs and what layers keep.
    pub activations: usize,
    /// Floats a sample for gradients.
    pub gradients: usize,
    /// Floats of the workspace that do not grow with the batch.
    pub fixed: usize,
    /// Where the parameters behind its last layer begin.
    pub params_end: usize,
}

/// One of the values that a part gives.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Where it is: offset, or [`INPUT`].
    pub at: usize,
    /// Which of the part's inputs it is, where it is one.
    pub input: usize,
    /// Its length.
    pub len: usize,
    /// Where the gradient by it is, among the gradients.
    pub gradient: usize,
    /// Where it begins among all outputs, which lie one after the other.
    pub place: usize,
}

impl Wire {
    /// None.
    pub const NONE: Self =
        Self { at: INPUT, input: 0, len: 0, dx: INPUT, scratch: 0, gradient: Gradient::Write };
}

impl Output {
    /// None.
    pub const NONE: Self = Self { at: INPUT, input: 0, len: 0, gradient: 0, place: 0 };

    /// The samples `first..first + n` of it, where all outputs of `all` samples lie one after the other.
    #[inline(always)]
    #[must_use]
    pub const fn range(&self, all: usize, first: usize, n: usize) -> Range<usize> {
        let start = self.place * all + first * self.len;
        start..start + n * self.len
    }
}

impl Part {
    /// No layers.
    pub const NONE: Self = Self {
        start: 0,
        end: 0,
        outputs: [Output::NONE; MOST_OUTPUTS],
        count: 0,
        output_len: 0,
        activations: 0,
        gradients: 0,
        fixed: 0,
        params_end: 0,
    };

    /// Whether there is no layer in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether it has the layer of this number.
    #[inline(always)]
    #[must_use]
    pub const fn has(&self, layer: usize) -> bool {
        self.start <= layer && layer < self.end
    }

    /// What it gives.
    #[inline(always)]
    #[must_use]
    pub fn outputs(&self) -> &[Output] {
        &self.outputs[..self.count]
    }

    /// Floats of the workspace for `n` samples.
    #[must_use]
    pub const fn workspace(&self, n: usize) -> usize {
        self.fixed + self.activations * n
    }

    /// The place of `len` floats a sample in a workspace for `n` samples.
    #[inline(always)]
    #[must_use]
    pub const fn place(&self, at: usize, len: usize, n: usize) -> Range<usize> {
        self.fixed + at * n..self.fixed + (at + len) * n
    }
}

impl Parts {
    /// No layers.
    pub const NONE: Self = Self { front: Part::NONE, head: Part::NONE };

    /// What the whole model gives.
    #[inline(always)]
    #[must_use]
    pub const fn last(&self) -> &Part {
        if self.head.is_empty() { &self.front } else { &self.head }
    }
}

impl Layout {
    /// Of a model that does not compile.
    pub const NONE: Self = Self { trained: 0, state: 0, kept: 0, full: Parts::NONE, light: Parts::NONE };

    /// Floats of parameters and state.
    #[inline(always)]
    #[must_use]
    pub const fn params(&self) -> usize {
        self.trained + self.state
    }

    /// The parts for a pass; `keeps` says whether there will be a backward pass.
    #[inline(always)]
    #[must_use]
    pub const fn parts(&self, keeps: bool) -> &Parts {
        if keeps { &self.full } else { &self.light }
    }

    /// Floats a sample for outputs and what layers keep.
    #[must_use]
    pub const fn activations(&self) -> usize {
        self.full.front.activations + self.full.head.activations
    }

    /// Floats a sample for gradients.
    #[must_use]
    pub const fn gradients(&self) -> usize {
        self.full.front.gradients + self.full.head.gradients
    }

    /// Floats a sample for outputs, where there will be no backward pass.
    #[must_use]
    pub const fn inference(&self) -> usize {
        self.light.front.activations + self.light.head.activations
    }
}
