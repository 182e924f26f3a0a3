use super::{Name, Names};

/// The optimizers.
pub const OPTIMIZERS: Names = Names {
    what: "optimizer",
    all: &[
        Name::new("SGD", "sgd"),
        Name::new("RMSprop", "rmsprop"),
        Name::new("Adam", "adam"),
        Name::new("AdamW", "adamw"),
        Name::new("Adadelta", "adadelta"),
        Name::new("Adagrad", "adagrad"),
        Name::new("Adamax", "adamax"),
        Name::new("Adafactor", "adafactor"),
        Name::new("Nadam", "nadam"),
        Name::new("Ftrl", "ftrl"),
        Name::new("Lion", "lion"),
        Name::new("Lamb", "lamb"),
        Name::new("Muon", "muon"),
        Name::new("ScheduleFreeAdamW", "schedulefreeadamw"),
        Name::new("LossScaleOptimizer", "lossscaleoptimizer")
            .written("LossScaleOptimizer::new(Adam::default())"),
        Name::new("MultiOptimizer", "multioptimizer")
            .written("MultiOptimizer::new(Adam::default()).with(\"LAYER\", SGD::default())"),
    ],
};
