//! Activations.

use serde_json::{Value, json};

use super::{floats, keras, said};
use crate::activations::{AnyActivation, Celu, Elu, Gelu, LeakyRelu, Linear, RectifiedLinear, Relu, Silu};

fn read(value: Value) -> AnyActivation {
    serde_json::from_value(value).unwrap()
}

#[test]
fn names_are_read_and_written_again() {
    let all = keras("activations");
    assert!(all.len() >= 29, "{}", all.len());
    for name in all {
        assert_eq!(serde_json::to_value(read(name.clone())).unwrap(), name);
    }
}

#[test]
fn layers_are_activations_too() {
    let layers: Vec<AnyActivation> = keras("activation_layers").into_iter().map(read).collect();
    let expected: [AnyActivation; 5] = [
        LeakyRelu::new(0.3).into(),
        LeakyRelu::new(0.1).into(),
        Elu::new(0.5).into(),
        RectifiedLinear::new(0.0, 6.0, 0.0).into(),
        RectifiedLinear::new(0.25, f64::INFINITY, 1.0).into(),
    ];
    assert_eq!(layers, expected);
    for (layer, object) in layers.into_iter().zip(keras("activation_layers")) {
        let written = floats(serde_json::to_value(layer).unwrap());
        assert_eq!(written["class_name"], object["class_name"]);
        for (key, value) in written["config"].as_object().unwrap() {
            assert_eq!(*value, floats(object["config"][key].clone()), "{key} of {object}");
        }
    }
}

#[test]
fn others_are_what_they_say() {
    assert_eq!(read(Value::Null), Linear.into());
    assert_eq!(read(json!("swish")), Silu.into());
    let function = json!({"module": "builtins", "class_name": "function", "config": "relu", "registered_name": "function"});
    assert_eq!(read(function), Relu.into());
    let own: [AnyActivation; 2] = [Celu::new(0.5).into(), Gelu::approximate().into()];
    for any in own {
        assert_eq!(read(serde_json::to_value(any).unwrap()), any);
    }
    assert!(said::<AnyActivation>(json!("rely")).contains("such as `relu`"));
    let slope = json!({"class_name": "LeakyReLU", "config": {"negative_slop": 1}});
    assert!(said::<AnyActivation>(slope).contains("such as `negative_slope`"));
    assert!(said::<AnyActivation>(json!({"class_name": "PReLU", "config": {}})).contains("`PReLU`"));
    assert!(said::<AnyActivation>(json!(3)).contains("a name, or an object"));
}
