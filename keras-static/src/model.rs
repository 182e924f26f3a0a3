use crate::layers::Variable;

/// A model whose weights lie in the program.
///
/// [`static_model!`](crate::static_model) implements it, and gives the type the same two functions under names of its
/// own, so that this trait need not be in scope.
pub trait StaticModel {
    /// What it is given: an array of floats.
    type Input;
    /// What it gives.
    type Output;
    /// The array that it computes in.
    type Workspace;
    /// How many numbers it learned, with what it remembers.
    const PARAMS: usize;
    /// How many floats the workspace has.
    const WORKSPACE: usize;
    /// How many bytes those are.
    const WORKSPACE_BYTES: usize = Self::WORKSPACE * size_of::<f32>();

    /// Predicts for one sample, in a workspace that is given. What is in it does not matter.
    fn predict_with(x: &Self::Input, workspace: &mut Self::Workspace) -> Self::Output;
}

/// The largest of these sizes; 0 of none.
#[must_use]
pub const fn largest(sizes: &[usize]) -> usize {
    let (mut largest, mut i) = (0, 0);
    while i < sizes.len() {
        if sizes[i] > largest {
            largest = sizes[i];
        }
        i += 1;
    }
    largest
}

/// How many numbers all layers have together.
#[must_use]
pub const fn params(layers: &[&[Variable]]) -> usize {
    let (mut sum, mut i) = (0, 0);
    while i < layers.len() {
        let mut j = 0;
        while j < layers[i].len() {
            sum += layers[i][j].dims.numel();
            j += 1;
        }
        i += 1;
    }
    sum
}
