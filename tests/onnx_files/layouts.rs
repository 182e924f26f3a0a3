//! Files whose images have their channels first, and those that cannot be a model.

use keras_core::saving::onnx::model_text;
use onnx_files::{Attribute, Graph, Model, Node, Size, Tensor, Value, import};

fn value(name: &str, sizes: &[usize]) -> Value {
    let sizes = sizes.iter().map(|size| Size::Fixed(*size));
    let sizes = core::iter::once(Size::Open("n".into())).chain(sizes).collect();
    Value { name: name.into(), kind: 1, sizes: Some(sizes) }
}

fn node(op: &str, inputs: &[&str], output: &str, attributes: &[(&str, Attribute)]) -> Node {
    Node {
        op: op.into(),
        inputs: inputs.iter().map(|name| (*name).into()).collect(),
        outputs: vec![output.into()],
        attributes: attributes.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
        ..Node::default()
    }
}

fn model(nodes: Vec<Node>, initializers: Vec<Tensor>, input: &[usize], output: &[usize]) -> Model {
    let graph = Graph {
        name: "net".into(),
        nodes,
        initializers,
        inputs: vec![value("x", input)],
        outputs: vec![value("y", output)],
    };
    Model { ir_version: 8, opsets: vec![(String::new(), 17)], graph, ..Model::default() }
}

fn text(model: &Model) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.onnx");
    std::fs::write(&path, model.to_bytes()).unwrap();
    model_text(&path).map_err(|error| error.to_string())
}

/// As PyTorch writes a convnet: the rows of the kernel behind `Flatten` are in another order there.
#[test]
fn a_flattened_image_with_its_channels_first() {
    let kernel = (0..8).map(|i| i as f32).collect();
    let file = model(
        vec![
            node("MaxPool", &["x"], "a", &[("kernel_shape", Attribute::Ints(vec![1, 1]))]),
            node("Flatten", &["a"], "b", &[]),
            node("Gemm", &["b", "kernel"], "y", &[("transB", Attribute::Int(1))]),
        ],
        vec![Tensor::floats("kernel", &[1, 8], kernel)],
        &[2, 2, 2],
        &[1],
    );
    let text = text(&file).unwrap();
    assert!(text.contains("Input<2, 2, 2>") && text.contains("Flatten"), "{text}");
    let made = import(&file).unwrap();
    let kernel = &made.weights.last().unwrap().variables[0];
    assert_eq!(kernel.shape, [8, 1]);
    // (channel, row, column) as (row, column, channel).
    assert_eq!(kernel.values, [0.0, 4.0, 1.0, 5.0, 2.0, 6.0, 3.0, 7.0]);
}

/// What two steps see stays what it is, also where one of them has it by another name.
#[test]
fn what_others_see_gets_no_activation() {
    let kernel = vec![Tensor::floats("kernel", &[3, 3], vec![0.5; 9])];
    let nodes = vec![
        node("MatMul", &["x", "kernel"], "a", &[]),
        node("Identity", &["a"], "b", &[]),
        node("Tanh", &["b"], "c", &[]),
        node("Relu", &["a"], "d", &[]),
        node("Add", &["c", "d"], "y", &[]),
    ];
    let text = text(&model(nodes, kernel, &[3], &[3])).unwrap();
    for part in
        ["matmul = Dense<_, 3, use_bias = false>", "Activation<Tanh>(matmul)", "Activation<Relu>(matmul)"]
    {
        assert!(text.contains(part), "{text}");
    }
}

/// The steps that PyTorch and Keras wrote for it before there was an operator.
#[test]
fn a_gelu_of_many_steps() {
    let numbers = || {
        let number = |name: &str, value: f32| Tensor::floats(name, &[], vec![value]);
        vec![number("root", 2.0_f32.sqrt()), number("one", 1.0), number("half", 0.5)]
    };
    let start = || {
        vec![
            node("Div", &["x", "root"], "a", &[]),
            node("Erf", &["a"], "b", &[]),
            node("Add", &["b", "one"], "c", &[]),
        ]
    };
    let ends = [
        [node("Mul", &["x", "c"], "d", &[]), node("Mul", &["d", "half"], "y", &[])],
        [node("Mul", &["x", "half"], "d", &[]), node("Mul", &["d", "c"], "y", &[])],
        [node("Mul", &["half", "c"], "d", &[]), node("Mul", &["x", "d"], "y", &[])],
    ];
    for end in ends {
        let nodes = start().into_iter().chain(end).collect();
        let text = text(&model(nodes, numbers(), &[3], &[3])).unwrap();
        assert!(text.contains("Input<3>,") && text.contains(": Activation<Gelu>,"), "{text}");
    }
    // Another number is none.
    let mut nodes = start();
    nodes.push(node("Mul", &["x", "c"], "y", &[]));
    let error = text(&model(nodes, numbers(), &[3], &[3])).unwrap_err();
    assert!(error.ends_with("the operator `Erf` (`b`) does not exist yet"), "{error}");
}

#[test]
fn all_that_is_missing_is_said() {
    let file = model(
        vec![
            node("Sin", &["x"], "a", &[]),
            node("Frobnicate", &["a"], "b", &[]),
            node("Sin", &["b"], "y", &[]),
        ],
        Vec::new(),
        &[3],
        &[3],
    );
    let error = text(&file).unwrap_err();
    for part in [
        "the operator `Frobnicate` (`b`) does not exist yet",
        "the operator `Sin` (`a`, `y`) does not exist yet",
    ] {
        assert!(error.contains(part), "{error}");
    }
    let flat = model(
        vec![
            node("MaxPool", &["x"], "a", &[("kernel_shape", Attribute::Ints(vec![1, 1]))]),
            node("Flatten", &["a"], "y", &[]),
        ],
        Vec::new(),
        &[2, 2, 2],
        &[8],
    );
    let error = text(&flat).unwrap_err();
    assert!(error.ends_with("the output `y` has numbers in another order than they stand here"), "{error}");
}

#[test]
fn a_damaged_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.onnx");
    let bytes = std::fs::read(crate::folder().join("files/convnet.onnx")).unwrap();
    for cut in (0..bytes.len()).step_by(bytes.len() / 60) {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        assert!(model_text(&path).is_err());
        let mut flipped = bytes.clone();
        flipped[cut] ^= 0xff;
        std::fs::write(&path, &flipped).unwrap();
        let _ = model_text(&path);
    }
    assert!(model_text(folder.path().join("no.onnx")).is_err());
}
