use super::{Name, Names};

/// The initializers.
pub const INITIALIZERS: Names = Names {
    what: "initializer",
    all: &[
        Name::new("Zeros", "zeros").or(&["zero"]),
        Name::new("Ones", "ones").or(&["one"]),
        Name::new("Constant", "constant"),
        Name::new("GlorotUniform", "glorot_uniform"),
        Name::new("GlorotNormal", "glorot_normal"),
        Name::new("HeUniform", "he_uniform"),
        Name::new("HeNormal", "he_normal"),
        Name::new("LecunUniform", "lecun_uniform"),
        Name::new("LecunNormal", "lecun_normal"),
        Name::new("RandomUniform", "random_uniform").or(&["uniform"]),
        Name::new("RandomNormal", "random_normal").or(&["normal"]),
        Name::new("TruncatedNormal", "truncated_normal"),
        Name::new("VarianceScaling", "variance_scaling"),
        Name::new("Orthogonal", "orthogonal").or(&["orthogonal_initializer"]),
        Name::new("Identity", "identity").or(&["identity_initializer"]),
        Name::new("STFT", "stft").or(&["stft_initializer"]),
    ],
};
