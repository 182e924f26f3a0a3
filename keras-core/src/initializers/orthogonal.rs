use super::Initializer;
use super::fans::matrix;
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// An orthogonal matrix times `gain`, each one as likely: its columns (its rows, where it has fewer rows
/// than columns) have length 1 and stand at right angles. Keras: `Orthogonal`, `gain` 1 by default.
///
/// A variable of more axes is a matrix whose columns are its last axis; a vector, which Keras does not
/// take, a matrix of one row. In a model: `kernel_initializer = Orthogonal<0.5>`.
///
/// Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep
/// linear neural networks", 2014; by the algorithm of Householder, with the signs of Mezzadri, "How to
/// generate random matrices from the classical compact groups", 2007.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Orthogonal {
    gain: f64,
}

impl Orthogonal {
    /// With another factor.
    #[must_use]
    pub const fn new(gain: f64) -> Self {
        Self { gain }
    }
}

impl Default for Orthogonal {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Initializer for Orthogonal {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let (rows, columns) = matrix(dims);
        let (long, short) = (rows.max(columns), rows.min(columns));
        if values.len() != long * short || values.is_empty() {
            return;
        }
        let vectors = orthonormal(long, short, random);
        for (i, row) in values.chunks_exact_mut(columns).enumerate() {
            for (j, v) in row.iter_mut().enumerate() {
                let (vector, at) = if rows < columns { (i, j) } else { (j, i) };
                *v = (self.gain * vectors[vector * long + at]) as f32;
            }
        }
    }
}

/// `count` vectors of length 1 at right angles, one after the other, each of `long` numbers.
fn orthonormal(long: usize, count: usize, random: &mut Random) -> Vec<f64> {
    // Vector by vector: what the mirrors so far leave of a random one is mirrored onto its first axis.
    let mut mirrors = vec![0.0; count * long];
    let mut signs = vec![1.0; count];
    for (k, sign) in signs.iter_mut().enumerate() {
        let (before, rest) = mirrors.split_at_mut(k * long);
        let vector = &mut rest[..long];
        vector.iter_mut().for_each(|v| *v = random.normal());
        // All mirrors leave what stands before their own first axis as it is: that is cut off at the end.
        for mirror in before.chunks_exact(long) {
            reflect(mirror, vector);
        }
        vector[..k].fill(0.0);
        let length = dot(vector, vector).sqrt();
        *sign = if vector[k] < 0.0 { -1.0 } else { 1.0 };
        vector[k] += *sign * length;
        let square = dot(vector, vector);
        if square > 0.0 {
            let scale = (2.0 / square).sqrt();
            vector.iter_mut().for_each(|v| *v *= scale);
        }
    }
    // The columns of the product of all mirrors; the triangle's diagonal has the signs' opposites.
    let mut vectors = vec![0.0; count * long];
    for (k, (vector, sign)) in vectors.chunks_exact_mut(long).zip(&signs).enumerate() {
        vector[k] = -sign;
        for mirror in mirrors.chunks_exact(long).take(k + 1).rev() {
            reflect(mirror, vector);
        }
    }
    vectors
}

/// `vector - (mirror · vector) mirror`, the mirror having length √2.
fn reflect(mirror: &[f64], vector: &mut [f64]) {
    let share = dot(mirror, vector);
    for (v, m) in vector.iter_mut().zip(mirror) {
        *v -= share * m;
    }
}

/// Eight sums side by side, so that the loop runs in vectors.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_wholes, b_wholes) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a_wholes.remainder().iter().zip(b_wholes.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 8];
    for (a, b) in a_wholes.zip(b_wholes) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}

configured! {
    [] Orthogonal, "Orthogonal", "keras.initializers", Default::default(), |this, fields| {
        fields.unused("seed", serde_json::Value::Null);
        fields.field("gain", &mut this.gain)?;
    }
}
