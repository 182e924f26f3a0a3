use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 1> > }

fn main() {
    let mut net = compile!(
        Net::<Cpu>::new(7),
        optimizer = "adma",
        loss = "MeanSquareError",
        metrics = ["acuracy", "mae", "precision_at_recall"],
    );
    net.fit(&[[0.0; 4]], &[[1.0]], Fit::epochs(1)).unwrap();
}

// mistakes: 4
