use super::*;

fn model() -> Model {
    let value = |name: &str| Value {
        name: name.into(),
        kind: 1,
        sizes: Some(vec![Size::Open("n".into()), Size::Fixed(3)]),
    };
    let node = Node {
        op: "Clip".into(),
        inputs: vec!["x".into(), String::new(), "most".into()],
        outputs: vec!["y".into()],
        attributes: vec![
            ("alpha".into(), Attribute::Float(0.0)),
            ("axis".into(), Attribute::Int(-1)),
            ("mode".into(), Attribute::Text("linear".into())),
            ("pads".into(), Attribute::Ints(vec![0, 1])),
            ("scales".into(), Attribute::Floats(vec![1.0, 2.0])),
            ("value".into(), Attribute::Tensor(Tensor::ints("", vec![1, -2]))),
        ],
        ..Node::default()
    };
    let graph = Graph {
        name: "net".into(),
        nodes: vec![node],
        initializers: vec![Tensor::floats("most", &[], vec![6.0])],
        inputs: vec![value("x")],
        outputs: vec![value("y")],
    };
    let opsets = vec![(String::new(), 17)];
    Model { ir_version: 8, producer: "test".into(), producer_version: "1".into(), opsets, graph }
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(Model::from_bytes(&model().to_bytes()).unwrap(), model());
    assert_eq!(model().opset(), 17);
}

#[test]
fn a_damaged_file_is_an_error_or_another_file() {
    let bytes = model().to_bytes();
    for at in 0..bytes.len() {
        let _ = Model::from_bytes(&bytes[..at]);
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let _ = Model::from_bytes(&flipped);
        }
    }
    assert!(Model::from_bytes(&bytes[..bytes.len() / 2]).is_err());
    assert!(Model::from_bytes(b"").is_err());
}
