//! Products of matrices: `MatMul` and `Gemm`.

use serde_json::json;

use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::{View, places};
use crate::proto::Node;

impl Model {
    pub(super) fn mat_mul(&mut self, node: &Node) -> Result<(), Problem> {
        if matches!(self.input(node, 1), Some(Known::Made(..))) {
            return self.products(node);
        }
        let (sizes, kernel) = self.floats(node, 1)?;
        self.spend(kernel.len())?;
        self.dense(node, (sizes, kernel.to_vec()), None)
    }

    /// Two tables: the products of the rows of one with the columns of the other.
    fn products(&mut self, node: &Node) -> Result<(), Problem> {
        let ((a, rows), (b, columns), path) = (self.made(node, 0)?, self.made(node, 1)?, path(node));
        let (of_rows, of_columns) = (rows.sizes(), columns.sizes());
        let ([m, k], [same, n]) = (of_rows.as_slice(), of_columns.as_slice()) else {
            return Err("of values with other than two axes a sample does not exist yet".into());
        };
        let (m, k, same, n) = (*m, *k, *same, *n);
        if k != same {
            return Err(format!("multiplies {:?} by {:?}", [m, k], [same, n]));
        }
        let wrong = "takes numbers in another order than they stand here";
        let (of_a, of_b) = (rows.order().ok_or(wrong)?, columns.order().ok_or(wrong)?);
        let a = self.in_order(&path, (a, &rows), &of_a)?;
        let b = self.in_order(&path, (b, &columns), &of_b)?;
        // Counted from the batch.
        let axes = [if of_a == [0, 1] { 2 } else { 1 }, if of_b == [0, 1] { 1 } else { 2 }];
        let made = self.layer(&path, "Dot", json!({"axes": axes}), vec![a, b], vec![m, n]);
        self.set(node, Known::Made(made, View::ordered(&[m, n], &[0, 1])));
        Ok(())
    }

    pub(super) fn gemm(&mut self, node: &Node) -> Result<(), Problem> {
        if node.int("transA", 0) != 0 {
            return Err(node.wrong("transA"));
        }
        let (mut sizes, kernel) = self.floats(node, 1)?;
        self.spend(kernel.len())?;
        let mut kernel = kernel.to_vec();
        let [rows, columns] = *sizes.as_slice() else { return Err("has a kernel that is no matrix".into()) };
        if node.int("transB", 0) != 0 {
            kernel = (0..rows * columns).map(|i| kernel[i % rows * columns + i / rows]).collect();
            sizes.reverse();
        }
        let (alpha, beta) = (node.real("alpha", 1.0) as f32, node.real("beta", 1.0) as f32);
        kernel.iter_mut().for_each(|value| *value *= alpha);
        let units = sizes[1];
        let bias = match self.input(node, 2) {
            None => None,
            Some(_) => {
                let (_, bias) = self.floats(node, 2)?;
                self.spend(bias.len())?;
                let bias: Vec<f32> = bias.iter().map(|value| value * beta).collect();
                match bias.len() {
                    1 => Some(vec![bias[0]; Self::few(units)?]),
                    len if len == units => Some(bias),
                    _ => return Err("has a bias of another size than its kernel".into()),
                }
            }
        };
        self.dense(node, (sizes, kernel), bias)
    }

    fn dense(
        &mut self,
        node: &Node,
        (sizes, kernel): (Vec<usize>, Vec<f32>),
        bias: Option<Vec<f32>>,
    ) -> Result<(), Problem> {
        let [inputs, units] = *sizes.as_slice() else { return Err("has a kernel that is no matrix".into()) };
        let ((value, view), path) = (self.made(node, 0)?, path(node));
        let shape = view.sizes();
        if shape.last() != Some(&inputs) || units == 0 {
            return Err(format!("multiplies {shape:?} by a kernel of {sizes:?}"));
        }
        let (value, kernel) = if let [features] = view.axes.as_slice() {
            // The rows of the kernel stand as the features do here.
            let mut rows = vec![0.0; kernel.len()];
            for (from, to) in places(features).into_iter().enumerate() {
                rows[to * units..(to + 1) * units].copy_from_slice(&kernel[from * units..(from + 1) * units]);
            }
            (self.shaped(&path, value, &[inputs]), rows)
        } else {
            let order: Vec<usize> = (0..shape.len()).collect();
            (self.in_order(&path, (value, &view), &order)?, kernel)
        };
        let mut out = shape;
        if let Some(last) = out.last_mut() {
            *last = units;
        }
        let config = json!({"units": units, "use_bias": bias.is_some()});
        let made = self.layer(&path, "Dense", config, vec![value], out.clone());
        self.variable(made, "kernel", &[inputs, units], kernel);
        if let Some(bias) = bias {
            self.variable(made, "bias", &[units], bias);
        }
        let order: Vec<usize> = (0..out.len()).collect();
        self.set(node, Known::Made(made, View::ordered(&out, &order)));
        Ok(())
    }
}
