use std::rc::Rc;

use super::view::View;
use crate::proto::{Data, Tensor};

/// What a list of integers has where the number of samples stands.
pub const BATCH: i64 = i64::MIN + 1;

/// What is known of a value.
#[derive(Clone, Debug)]
pub enum Known {
    /// A value of the model, which a layer makes: its number, and how its axes lie there.
    Made(usize, View),
    /// Numbers that stand in the file.
    Floats(Vec<usize>, Rc<Vec<f32>>),
    /// Integers that stand in the file, or follow from sizes.
    Ints(Vec<usize>, Rc<Vec<i64>>),
    /// What follows from something that has no counterpart.
    Lost,
}

impl Known {
    pub fn of(tensor: &Tensor) -> Self {
        match &tensor.data {
            Data::Floats(values) => Self::floats(tensor.sizes.clone(), values.clone()),
            Data::Ints(values) => Self::Ints(tensor.sizes.clone(), Rc::new(values.clone())),
            Data::Other(_) => Self::Lost,
        }
    }

    pub fn ints(values: Vec<i64>) -> Self {
        Self::Ints(vec![values.len()], Rc::new(values))
    }

    pub fn floats(sizes: Vec<usize>, values: Vec<f32>) -> Self {
        Self::Floats(sizes, Rc::new(values))
    }
}
