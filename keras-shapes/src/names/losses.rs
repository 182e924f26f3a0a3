use super::{Name, Names};

/// The losses.
pub const LOSSES: Names = Names {
    what: "loss",
    all: &[
        Name::new("MeanSquaredError", "mean_squared_error").or(&["mse"]),
        Name::new("MeanAbsoluteError", "mean_absolute_error").or(&["mae"]),
        Name::new("MeanAbsolutePercentageError", "mean_absolute_percentage_error").or(&["mape"]),
        Name::new("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error").or(&["msle"]),
        Name::new("BinaryCrossentropy", "binary_crossentropy").or(&["bce"]),
        Name::new("CategoricalCrossentropy", "categorical_crossentropy"),
        Name::new("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        Name::new("BinaryFocalCrossentropy", "binary_focal_crossentropy"),
        Name::new("CategoricalFocalCrossentropy", "categorical_focal_crossentropy"),
        Name::new("CategoricalGeneralizedCrossEntropy", "categorical_generalized_cross_entropy"),
        Name::new("KLDivergence", "kl_divergence").or(&["kld", "kullback_leibler_divergence"]),
        Name::new("Poisson", "poisson"),
        Name::new("CosineSimilarity", "cosine_similarity"),
        Name::new("LogCosh", "log_cosh").or(&["logcosh"]),
        Name::new("Huber", "huber").or(&["huber_loss"]),
        Name::new("Hinge", "hinge"),
        Name::new("SquaredHinge", "squared_hinge"),
        Name::new("CategoricalHinge", "categorical_hinge"),
        Name::new("Dice", "dice"),
        Name::new("Tversky", "tversky"),
        Name::new("Circle", "circle"),
        Name::new("CTC", "ctc").written("CTC::<LABELS, CLASSES>::default()"),
    ],
};
