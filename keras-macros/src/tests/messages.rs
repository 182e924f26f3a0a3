use super::said;

/// The first lines.
fn headlines(layers: &str) -> Vec<String> {
    said(layers).iter().map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_message_has_a_sentence_a_walk_and_a_help() {
    assert_eq!(
        said("Dense<100, 64, Relu>, Dense<32, 1, Linear>"),
        ["layer 2 takes 32 features, but layer 1 gives 64

    input                 (100)
  1 Dense<100, 64, Relu>  (100) → (64)
  2 Dense<32, 1, Linear>  (32) ✗ gets (64)

help: write `Dense<64, 1, Linear>`, or `_` to have it inferred"]
    );
}

#[test]
fn one_mistake_is_one_message() {
    for layers in [
        "Dense<100, 0>, Dense<5, 3>, Dense<3, 1>",
        "Dense<100, 64, Rellu>, Dense<64, 1>",
        "Dense<100, Relu, 64>, Dense<64, 1>",
        "Dense<64>, Dense<64, 1>",
        "Densse<100, 64>, Dense<64, 1>",
        "Flatten, Dense<64, 1>, Dense<1, 3>",
        "Input<4>, Reshape<3>, Flatten, Dense<_, 2>, Dense<2, 1>",
        "Input<4>, Input<4>, Dense<4, 2>",
        "Input<2, 2>, Dense<_, 3>, Dense<3, 1>",
        "Input<0>, Dense<3, 1>, Dense<1, 3>",
        "Dense<4, 3>, a: Dense<3, 3>, a: Dense<3, 3>",
        "Dense<100, 64, use_bais = false>, Dense<64, 1>",
        "Input<4>, Dropout<2.0>, Dense<4, 1>",
        "keras_core::layers::Dense<4, 5>, keras_core::layers::Dense<6, 1>",
        "Dense<4000000000, 4000000000>, Dense<_, 4>",
        "Input<4000000000, 4000000000>, Flatten, Dense<_, 4>",
        "Input<8>, Reshape<4000000000, 4000000000, 4000000000, _>, Flatten, Dense<_, 1>",
        "",
    ] {
        assert_eq!(headlines(layers).len(), 1, "{layers}: {:?}", headlines(layers));
    }
}

#[test]
fn two_mistakes_are_two_messages() {
    assert_eq!(
        headlines("Dense<100, 64>, Dense<32, 10, Softmaxx>, Dense<9, 1>"),
        [
            "unknown activation `Softmaxx`; did you mean `Softmax`?",
            "layer 2 takes 32 features, but layer 1 gives 64",
            "layer 3 takes 9 features, but layer 2 gives 10",
        ]
    );
}

#[test]
fn helps_give_the_replacement() {
    for (layers, help) in [
        ("Dense<4, 8>, Dense<1, 8, Relu>", "help: are the sizes swapped? write `Dense<8, 1, Relu>`"),
        (
            "Input<2, 3>, Dense<6, 4, Relu>",
            "help: put a `Flatten` before it: write `Flatten, Dense<6, 4, Relu>`",
        ),
        ("Dense<4, Relu, 8>", "help: write `Dense<4, 8, Relu>`"),
        ("Dense<4, 8, use_bais = false>", "help: write `use_bias = false`"),
        ("Dense<4, 8, bais = false>", "help: write `use_bias = false`"),
        ("Dense<4, 8, bias = Ones>", "help: write `bias_initializer = Ones`"),
        ("Dense<4, 8, use_bias = true, use_bias = B>", "help: remove `use_bias = true` or `use_bias = B`"),
        ("Dense<4.0, 8>", "help: write `4`"),
        ("Dense<4, -8>", "help: write `8`"),
        ("Input<9.0>, Flatten", "help: write `9`"),
        ("Dense<9000000000, 9000000000>", "help: make the sizes smaller"),
        ("Dense(4, 8)", "help: write `Dense<4, 8>`"),
        ("Input<8>, Dense<8>", "help: write `Dense<_, 8>`: `_` is the number of inputs"),
        ("Input<8>, Dropout<25>", "help: write `0.25` for 25 %"),
        ("Input<8>, Reshape<3, 2>", "help: write `Reshape<4, 2>`, say"),
    ] {
        let text = said(layers).join("\n");
        assert!(text.lines().any(|line| line == help), "{layers}: {text}");
    }
}

#[test]
fn words_of_ones_own_are_left_to_the_compiler() {
    for layers in [
        "Dense<4, 8, Relu6>",
        "Dense<4, 8, self::Rellu>",
        "Dense<4, 8, Swish(2.0)>",
        "Dense<4, 8, kernel_initializer = Mine::new(3)>",
        "Input<4>, self::Densse<4, 3>, Dense<_, 3>",
        "Input<4>, Mine<Rank2<3, 3>, { 3 + 4 }, 'a', scale = -0.5>",
    ] {
        assert!(said(layers).is_empty(), "{layers}: {:?}", said(layers));
    }
}
