use super::chain;

/// The shapes behind the layers, as messages show them.
fn shapes(layers: &str) -> Vec<String> {
    let chain = chain(layers);
    assert!(chain.errors.is_empty(), "{:?}", chain.errors.texts());
    chain.nodes.iter().map(|node| node.made.shape.show()).collect()
}

#[test]
fn numbers_are_worked_out() {
    assert_eq!(
        shapes("Input<28, 28, 1>, Flatten, Dense<_, 64>, Reshape<4, _, 2>, Dropout<0.5>, Dense<2, 7>"),
        ["(784)", "(64)", "(4, 8, 2)", "(4, 8, 2)", "(4, 8, 7)"]
    );
}

#[test]
fn the_first_dense_says_the_input() {
    let chain = chain("Dense<100, 64, Relu>, Dense<64, 1>");
    assert_eq!(chain.inputs[0].title, "Input<100>");
    assert_eq!(chain.inputs[0].shape.show(), "(100)");
}

#[test]
fn paths_of_the_core_are_built_in() {
    assert_eq!(
        shapes(
            "keras_core::layers::Dense<4, 6, keras_core::activations::Relu>, ::keras_core::prelude::Reshape<3, _>"
        ),
        ["(6)", "(3, 2)"]
    );
}

#[test]
fn names_stand_for_what_is_not_known() {
    assert_eq!(
        shapes("Input<SIDE, SIDE, 3>, Flatten, Dense<_, HIDDEN>, Mine<_>, Dense<_, 3>"),
        ["(SIDE × SIDE × 3)", "(HIDDEN)", "(..)", "(3)"]
    );
}

#[test]
fn parameters_are_counted_where_they_can_be() {
    let params = |layers| chain(layers).nodes.iter().map(|node| node.made.params).collect::<Vec<_>>();
    assert_eq!(
        params("Dense<100, 64>, Dropout<0.5>, Dense<_, 1, use_bias = false>"),
        [Some(6464), Some(0), Some(64)]
    );
    assert_eq!(params("Dense<4, N>, Dense<_, 3>, Dense<_, 2, use_bias = B>"), [None, None, None]);
}

#[test]
fn layers_are_named_as_in_keras() {
    let chain = chain("Dense<1, 1>, dense_1: Dense<1, 1>, Dense<1, 1>, MyLayer, mine::MyLayer");
    let names: Vec<&str> = chain.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["dense", "dense_1", "dense_2", "my_layer", "my_layer_1"]);
}
