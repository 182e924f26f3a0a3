//! Steps with two values or more.

use serde_json::json;

use super::attributes::axis;
use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::{View, channels_last};
use crate::proto::Node;

impl Model {
    /// Element by element: two values, or one and numbers of the file.
    pub(super) fn arithmetic(&mut self, node: &Node) -> Result<(), Problem> {
        let made: Vec<bool> =
            (0..node.inputs.len()).map(|at| matches!(self.input(node, at), Some(Known::Made(..)))).collect();
        match made.as_slice() {
            [true, false] => self.with_numbers(node, 0, 1),
            [false, true] => self.with_numbers(node, 1, 0),
            _ if made.iter().all(|made| *made) => self.merge(node),
            _ => Err("takes values and numbers of the file together, which does not exist yet".into()),
        }
    }

    fn merge(&mut self, node: &Node) -> Result<(), Problem> {
        if self.gate(node)? {
            return Ok(());
        }
        let class = match (node.op.as_str(), node.inputs.len()) {
            ("Add" | "Sum", 2..) => "Add",
            ("Sub", 2) => "Subtract",
            ("Mul", 2) => "Multiply",
            ("Max", 2..) => "Maximum",
            ("Min", 2..) => "Minimum",
            ("Mean", 2..) => "Average",
            _ => return Err(format!("of {} values does not exist yet", node.inputs.len())),
        };
        let mut all = Vec::new();
        for at in 0..node.inputs.len() {
            all.push(self.made(node, at)?);
        }
        let rank = all.iter().map(|(_, view)| view.axes.len()).max().unwrap_or_default();
        for (_, view) in &mut all {
            // Axes that are not there in front count for any.
            let missing = rank - view.axes.len();
            view.axes.splice(0..0, vec![Vec::new(); missing]);
        }
        let path = path(node);
        if all.iter().all(|(value, view)| *view == all[0].1 && self.shapes[*value] == self.shapes[all[0].0]) {
            let (shape, view) = (self.shapes[all[0].0].clone(), all[0].1.clone());
            let values = all.iter().map(|(value, _)| *value).collect();
            let made = self.layer(&path, class, json!({}), values, shape);
            self.set(node, Known::Made(made, view));
            return Ok(());
        }
        let order = common(&all).ok_or("takes values whose numbers stand in different orders")?;
        let mut sizes = vec![1; rank];
        for (_, view) in &all {
            for (size, other) in sizes.iter_mut().zip(view.sizes()) {
                if *size != other && *size != 1 && other != 1 {
                    return Err(format!("takes values of the sizes {size} and {other}"));
                }
                *size = other.max(*size);
            }
        }
        let mut values = Vec::new();
        for (value, view) in &all {
            values.push(self.in_order(&path, (*value, view), &order)?);
        }
        let shape = order.iter().map(|axis| sizes[*axis]).collect();
        let made = self.layer(&path, class, json!({}), values, shape);
        self.set(node, Known::Made(made, View::ordered(&sizes, &order)));
        Ok(())
    }

    /// `x · sigmoid(x)`, for which there is a word.
    fn gate(&mut self, node: &Node) -> Result<bool, Problem> {
        if node.op != "Mul" || node.inputs.len() != 2 {
            return Ok(false);
        }
        for (x, gate) in [(0, 1), (1, 0)] {
            let ((value, view), (gated, _)) = (self.made(node, x)?, self.made(node, gate)?);
            let alone = self.is_alone(node, gate, gated) && self.taken(gated) == [value];
            if let Some(("Activation", config)) = self.config(gated)
                && alone
                && config.get("activation") == Some(&json!("sigmoid"))
            {
                config.insert("activation".into(), json!("silu"));
                self.set(node, Known::Made(gated, view));
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A value and numbers: a bias, or the factors and summands of a batch normalisation that is frozen.
    fn with_numbers(&mut self, node: &Node, at: usize, numbers: usize) -> Result<(), Problem> {
        let ((value, view), (sizes, given)) = (self.made(node, at)?, self.floats(node, numbers)?);
        let width = self.shapes[value].last().copied().unwrap_or(1);
        if given.len() != 1 {
            self.along_channels(&view, &sizes, width)?;
        }
        let numbers = match given.as_slice() {
            [one] => vec![*one; Self::few(width)?],
            all if all.len() == width => all.to_vec(),
            _ => return Err(format!("takes numbers of the sizes {sizes:?}, which does not exist yet")),
        };
        self.spend(4 * width)?;
        let alone = self.is_alone(node, at, value);
        if node.op == "Add"
            && let Some(("Dense" | "Conv2D", config)) = self.config(value)
            && alone
            && config.get("use_bias") == Some(&json!(false))
            && !config.contains_key("activation")
        {
            config.insert("use_bias".into(), json!(true));
            self.variable(value, "bias", &[width], numbers);
            self.set(node, Known::Made(value, view));
            return Ok(());
        }
        let turned = at == 1;
        let all = |of: &dyn Fn(f32) -> f32| numbers.iter().map(|number| of(*number)).collect::<Vec<f32>>();
        let (factors, summands) = match (node.op.as_str(), turned) {
            ("Add", _) => (vec![1.0; width], numbers.clone()),
            ("Mul", _) => (numbers.clone(), vec![0.0; width]),
            ("Sub", false) => (vec![1.0; width], all(&|number| -number)),
            ("Sub", true) => (vec![-1.0; width], numbers.clone()),
            ("Div", false) => (all(&|number| 1.0 / number), vec![0.0; width]),
            _ => return Err("of a value and numbers of the file does not exist yet".into()),
        };
        let made = self.affine(node, value, factors, summands);
        self.set(node, Known::Made(made, view));
        Ok(())
    }

    /// That the numbers are one for each of our channels.
    fn along_channels(&self, view: &View, sizes: &[usize], width: usize) -> Result<(), Problem> {
        let rank = view.axes.len();
        let long: Vec<usize> = (0..sizes.len()).filter(|axis| sizes[*axis] != 1).collect();
        let wrong = || Err(format!("takes numbers of the sizes {sizes:?}, which does not exist yet"));
        let [axis] = *long.as_slice() else { return wrong() };
        // Counted from the end, without the batch.
        let Some(at) = (axis + rank).checked_sub(sizes.len()) else { return wrong() };
        if view.axes[at] == [(sizes[axis], 1)] && sizes[axis] == width { Ok(()) } else { wrong() }
    }

    /// `factors · x + summands`: a normalisation by a mean of 0 and a deviation of 1.
    fn affine(&mut self, node: &Node, value: usize, factors: Vec<f32>, summands: Vec<f32>) -> usize {
        let (shape, width) = (self.shapes[value].clone(), factors.len());
        let made =
            self.layer(&path(node), "BatchNormalization", json!({"epsilon": 0.001}), vec![value], shape);
        if let Some(layer) = self.maker(made) {
            self.graph.layers[layer].frozen = true;
        }
        self.variable(made, "gamma", &[width], factors);
        self.variable(made, "beta", &[width], summands);
        self.variable(made, "moving_mean", &[width], vec![0.0; width]);
        self.variable(made, "moving_variance", &[width], vec![0.999; width]);
        made
    }

    pub(super) fn negate(&mut self, node: &Node) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        let width = self.shapes[value].last().copied().unwrap_or(1);
        let width = Self::few(width)?;
        self.spend(4 * width)?;
        let made = self.affine(node, value, vec![-1.0; width], vec![0.0; width]);
        self.set(node, Known::Made(made, view));
        Ok(())
    }

    pub(super) fn concat(&mut self, node: &Node) -> Result<(), Problem> {
        let mut all = Vec::new();
        for at in 0..node.inputs.len() {
            all.push(self.made(node, at)?);
        }
        let rank = all.first().map_or(0, |(_, view)| view.axes.len());
        let at = axis(node.int("axis", 1), rank + 1)?.checked_sub(1).ok_or("joins batches")?;
        if all.iter().any(|(_, view)| view.axes.len() != rank) {
            return Err("joins values with different numbers of axes".into());
        }
        let order = common(&all).ok_or("joins values whose numbers stand in different orders")?;
        let (mut sizes, mut values, path) = (all[0].1.sizes(), Vec::new(), path(node));
        sizes[at] = all.iter().fold(0, |sum, (_, view)| sum.saturating_add(view.sizes()[at]));
        for (value, view) in &all {
            values.push(self.in_order(&path, (*value, view), &order)?);
        }
        if let [one] = values.as_slice() {
            self.set(node, Known::Made(*one, View::ordered(&sizes, &order)));
            return Ok(());
        }
        let place = order.iter().position(|axis| *axis == at).unwrap_or_default() + 1;
        let shape = order.iter().map(|axis| sizes[*axis]).collect();
        let made = self.layer(&path, "Concatenate", json!({"axis": place}), values, shape);
        self.set(node, Known::Made(made, View::ordered(&sizes, &order)));
        Ok(())
    }
}

/// An order of axes in which all of the values stand.
fn common(all: &[(usize, View)]) -> Option<Vec<usize>> {
    let rank = all.first()?.1.axes.len();
    let natural: Vec<usize> = (0..rank).collect();
    [natural, channels_last(rank)].into_iter().find(|order| all.iter().all(|(_, view)| view.is(order)))
}
