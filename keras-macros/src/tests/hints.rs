use crate::{check, graph_model, sequential_model};

use super::parsed;

/// The warnings of a model with these attributes: their names, and the layers that they point out.
fn hints(attributes: &str, layers: &str) -> Vec<(&'static str, String)> {
    let model = parsed(format!("{attributes} struct Net< {layers} >").parse().unwrap());
    let chain = check::sequential(&model);
    assert!(chain.errors.is_empty(), "{:?}", chain.errors.texts());
    let hints = check::hints(&chain, &model.attributes).into_iter();
    hints.map(|hint| (hint.name, hint.text.split(['`']).nth(1).unwrap_or_default().to_owned())).collect()
}

#[test]
fn what_is_probably_not_meant_is_found() {
    for (layers, name, at) in [
        ("Dense<4, 8>, Dense<8, 1>", "two_linear_layers", "Dense<4, 8>"),
        ("Dense<4, 8, Linear>, Dropout<0.5>, Dense<_, 1, Relu>", "two_linear_layers", "Dense<4, 8, Linear>"),
        ("Dense<4, 8, Relu>, Dropout<0.5>", "dropout_last", "Dropout<0.5>"),
        ("Input<8, 8, 1>, Conv2D<_, 2, 3>, SpatialDropout2D<0.1>", "dropout_last", "SpatialDropout2D<0.1>"),
        ("Dense<4, 8>, BatchNormalization", "bias_before_normalization", "Dense<4, 8>"),
        (
            "Input<8, 8, 1>, Conv2D<_, 4, 3>, BatchNormalization<momentum = 0.9>",
            "bias_before_normalization",
            "Conv2D<_, 4, 3>",
        ),
    ] {
        assert_eq!(hints("", layers), [(name, at.to_owned())], "{layers}");
        assert!(hints(&format!("#[allow(keras::{name})]"), layers).is_empty());
        assert!(hints("#[allow(keras::all)]", layers).is_empty());
        assert_eq!(hints(&format!("#[allow(keras::all)] #[warn(keras::{name})]"), layers).len(), 1);
    }
}

#[test]
fn what_may_well_be_meant_is_left_alone() {
    for layers in [
        "Dense<4, 8, Relu>, Dense<8, 1>",
        "Dense<8, 2>, Dense<2, 8>",
        "Dense<4, N>, Dense<N, 1>",
        "Input<3, 4>, Dense<4, 8>, Flatten, Dense<_, 1>",
        "Dense<4, 8>, Activation<Relu>, Dense<_, 1>",
        "Dense<4, 8>, mine::Layer, Dense<_, 1>",
        "Dense<4, 8, self::Mine>, Dense<_, 1>",
        "Dense<4, 8, Relu>, Dropout<0.5>, Dense<_, 1>",
        "Dense<4, 8, use_bias = false>, BatchNormalization",
        "Dense<4, 8, Relu>, BatchNormalization",
        "Dense<4, 8>, BatchNormalization<center = false>",
        "Dense<4, 8>, Residual<Dense<_, 8, Relu>>",
        "Input<4>, Flatten, Dropout<0.5>",
    ] {
        assert!(hints("", layers).is_empty(), "{layers}: {:?}", hints("", layers));
    }
}

#[test]
fn a_warning_is_a_deprecated_const_and_its_attribute_is_ours() {
    let model = "#[allow(dead_code, keras::dropout_last)] #[warn(keras::two_linear_layers)] struct Net< Dense<4, 8>, Dense<_, 1>, Dropout<0.5> >";
    let text = sequential_model(model.parse().unwrap()).to_string();
    assert_eq!(text.matches("deprecated (note").count(), 1, "{text}");
    assert!(text.contains("allow (dead_code)") && !text.contains("warn (keras"), "{text}");
    let graph = "struct Net { input x: Input<4>; let a = Dense<_, 8>(x); let b = Dense<_, 1>(a); output b; }";
    assert_eq!(graph_model(graph.parse().unwrap()).to_string().matches("deprecated (note").count(), 1);
    let wrong = "#[allow(keras::dropout_lats)] struct Net< Dense<4, 8> >";
    let text = sequential_model(wrong.parse().unwrap()).to_string();
    assert!(
        text.contains("there is no warning `keras::dropout_lats`; did you mean `dropout_last`?"),
        "{text}"
    );
}

#[test]
fn what_a_loss_does_not_fit_is_in_the_type() {
    for (model, outcome) in [
        ("struct Net< Dense<4, 3, Softmax> >", "true , false"),
        ("struct Net< Dense<4, 3, Sigmoid>, Dropout<0.1> >", "true , true"),
        ("struct Net< Dense<4, 3, Relu> >", "false , false"),
        ("#[allow(keras::softmax_then_logits)] struct Net< Dense<4, 3, Softmax> >", "false , false"),
        ("#[allow(keras::softmax_then_logits)] struct Net< Dense<4, 3, Sigmoid> >", "false , true"),
        ("#[allow(keras::sigmoid_many_classes)] struct Net< Dense<4, 3, Sigmoid> >", "true , false"),
        ("#[allow(keras::all)] struct Net< Dense<4, 3, Sigmoid> >", "false , false"),
    ] {
        let text = sequential_model(model.parse().unwrap()).to_string();
        assert!(text.contains(&format!("Outcome < {outcome} >")), "{model}");
    }
}
