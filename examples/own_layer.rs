//! A layer and an activation of one's own, checked and trained like those of the library.
//!
//! ```sh
//! cargo run --release --example own_layer
//! ```
//!
//! [`Rbf`] answers how near its input is to each of some points that it learns; [`SquaredRelu`] is
//! `max(x, 0)²`. Together they tell three species of iris apart. Their sizes take part in the
//! checking: put `Dense<17, 8, SquaredRelu>` behind `Rbf<4, 16>`, or `Rbf<4, 0>` in its place, and
//! the program does not compile.

use keras_core::activations::Activate;
use keras_core::backend::Random;
use keras_core::data::{Split, Standardize, Table, stratified_split};
use keras_core::element::Element;
use keras_core::layers::{Backward, Forward, Run, Text, Variable};
use keras_core::prelude::*;
use keras_core::shape::Dims;

/// Radial basis functions: `y_j = exp(-gamma * |x - centre_j|²)`.
#[derive(Clone, Debug)]
pub struct Rbf<const IN: usize, const OUT: usize> {
    gamma: f64,
}

impl<const IN: usize, const OUT: usize> Default for Rbf<IN, OUT> {
    fn default() -> Self {
        Self { gamma: 1.0 }
    }
}

impl<const IN: usize, const OUT: usize> Rbf<IN, OUT> {
    /// How fast the answer falls with the distance: the option `gamma = 0.2` calls this.
    #[must_use]
    pub fn gamma(mut self, gamma: f64) -> Self {
        self.gamma = gamma;
        self
    }
}

/// The rule: what goes in, what comes out, what is learned.
impl<const IN: usize, const OUT: usize> Layer<Rank1<IN>> for Rbf<IN, OUT> {
    type Out = Rank1<OUT>;
    const FAULT: Option<Text> =
        if OUT == 0 { Some(Text::new("it has no centres; it needs at least 1")) } else { None };
    const VARIABLES: &'static [Variable] = &[Variable::new("centres", Dims::new([OUT, IN]))];
    const FLOPS: usize = OUT * (3 * IN + 2);

    fn init(&self, _variable: usize, random: &mut Random, values: &mut [f32]) {
        values.fill_with(|| random.normal() as f32);
    }
}

/// The code, for the CPU: here all arrays are slices, `n` samples one after the other.
impl<const IN: usize, const OUT: usize, E: Element> Run<Rank1<IN>, Cpu<E>> for Rbf<IN, OUT> {
    fn forward(&self, io: Forward<'_, Cpu<E>>) {
        let gamma = E::of(self.gamma);
        for (x, y) in io.x.chunks_exact(IN).zip(io.y.chunks_exact_mut(OUT)) {
            for (centre, y) in io.params.chunks_exact(IN).zip(y) {
                let mut distance = E::ZERO;
                for (&x, &c) in x.iter().zip(centre) {
                    distance += (x - c) * (x - c);
                }
                *y = (-gamma * distance).exp();
            }
        }
    }

    // dy_j / dx_i = -2 gamma (x_i - c_ji) y_j, and the same with the other sign by c_ji.
    fn backward(&self, mut io: Backward<'_, Cpu<E>>) {
        let gamma = E::of(2.0 * self.gamma);
        if !io.add {
            io.grads.fill(E::ZERO);
        }
        if let Some(dx) = &mut io.dx {
            dx.fill(E::ZERO);
        }
        for sample in 0..io.n {
            let inputs = sample * IN..(sample + 1) * IN;
            let x = &io.x[inputs.clone()];
            for unit in 0..OUT {
                let at = sample * OUT + unit;
                let slope = gamma * io.dy[at] * io.y[at];
                let centre = &io.params[unit * IN..(unit + 1) * IN];
                let centre_grads = &mut io.grads[unit * IN..(unit + 1) * IN];
                for i in 0..IN {
                    centre_grads[i] += slope * (x[i] - centre[i]);
                }
                if let Some(dx) = &mut io.dx {
                    for (i, dx) in dx[inputs.clone()].iter_mut().enumerate() {
                        *dx += slope * (centre[i] - x[i]);
                    }
                }
            }
        }
    }
}

/// `max(x, 0)²` (So et al., "Primer", 2021).
#[derive(Clone, Debug, Default)]
pub struct SquaredRelu;

impl Activate for SquaredRelu {
    const NEEDS_INPUT: bool = true;

    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            let positive = v.maximum(E::ZERO);
            *v = positive * positive;
        }
    }

    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            *d *= E::of(2.0) * x.maximum(E::ZERO);
        }
    }
}

sequential! {
    /// How likely each of three species of iris is.
    pub struct Iris< Input<4>, Rbf<4, 16, gamma = 0.2>, Dense<16, 8, SquaredRelu>, Dense<_, 3, Softmax> >
}

fn main() -> keras_core::Result<()> {
    let table = Table::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/iris.csv"))?;
    let species = table.categories("species")?;
    let inputs = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"];
    let (x, y) = (table.columns(&inputs)?, table.class_numbers("species", &species)?);
    let Split { x_train, y_train, x_test, y_test } = stratified_split(&x, &y, 0.3, 7)?;
    let columns = Standardize::fit(&x_train)?;

    let mut model = Iris::<Cpu>::new(7).compile(
        Adam::new(0.01),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    let fit = Fit::epochs(50).batch_size(16).verbose(Verbose::Silent);
    model.fit(&columns.apply(&x_train)?, &y_train, fit)?;
    let scores = model.evaluate(&columns.apply(&x_test)?, &y_test)?;
    println!("test accuracy {:.4}", scores["accuracy"]);
    Ok(())
}
