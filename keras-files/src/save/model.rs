//! `config.json`.

use serde_json::{Map, Value, json};

use super::layer::{Written, policy};
use super::order::{Item, order};
use super::values::object;
use super::{Layer, Model};

/// The configuration of a whole model.
pub fn config(model: &Model, layers: &[Written]) -> Value {
    if model.is_chain() { chain(model, layers) } else { functional(model, layers) }
}

fn chain(model: &Model, layers: &[Written]) -> Value {
    let shape = batch(&model.inputs[0].1);
    let mut all = vec![input(&model.inputs[0])];
    all.extend(model.calls.iter().map(|call| {
        let mut layer = layer(&model.layers[call.layer], &layers[call.layer]);
        layer["build_config"] = json!({"input_shape": taken(model, &call.values)});
        layer
    }));
    json!({
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": model.name, "trainable": true, "dtype": policy(), "layers": all, "build_input_shape": shape,
        },
        "registered_name": null,
        "build_config": {"input_shape": shape},
    })
}

fn functional(model: &Model, layers: &[Written]) -> Value {
    let keys = keys(model);
    let key = |value: &usize| json!(keys[*value]);
    let item = |item: &Item| match item {
        Item::Input(at) => {
            let mut layer = input(&model.inputs[*at]);
            layer["name"] = json!(model.inputs[*at].0);
            layer["inbound_nodes"] = json!([]);
            layer
        }
        Item::Layer(at) => {
            let calls = model.calls.iter().filter(|call| call.layer == *at);
            let nodes: Vec<Value> = calls.clone().map(|call| node(model, &keys, &call.values)).collect();
            let mut layer = layer(&model.layers[*at], &layers[*at]);
            if let Some(call) = calls.clone().next() {
                layer["build_config"] = json!({"input_shape": taken(model, &call.values)});
            }
            layer["name"] = json!(model.layers[*at].name);
            layer["inbound_nodes"] = json!(nodes);
            layer
        }
    };
    let all: Vec<Value> = order(model.inputs.len(), &model.calls, &model.outputs).iter().map(item).collect();
    let inputs: Vec<Value> = (0..model.inputs.len()).map(|at| key(&at)).collect();
    let outputs: Vec<Value> = model.outputs.iter().map(key).collect();
    // One value is said as itself, several as a list.
    let ends = |ends: Vec<Value>| match <[Value; 1]>::try_from(ends) {
        Ok([one]) => one,
        Err(several) => json!(several),
    };
    json!({
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": {
            "name": model.name, "trainable": true, "layers": all,
            "input_layers": ends(inputs), "output_layers": ends(outputs),
        },
        "registered_name": "Functional",
        "build_config": {"input_shape": null},
    })
}

/// Who made each value, in which of its calls.
fn keys(model: &Model) -> Vec<(&str, usize, usize)> {
    let mut keys: Vec<_> = model.inputs.iter().map(|(name, _)| (name.as_str(), 0, 0)).collect();
    let mut calls = vec![0; model.layers.len()];
    for call in &model.calls {
        keys.push((&model.layers[call.layer].name, calls[call.layer], 0));
        calls[call.layer] += 1;
    }
    keys
}

fn node(model: &Model, keys: &[(&str, usize, usize)], values: &[usize]) -> Value {
    let tensor = |value: &usize| {
        json!({
            "class_name": "__keras_tensor__",
            "config": {
                "shape": batch(model.sizes(*value)), "dtype": "float32", "keras_history": keys[*value],
            },
        })
    };
    let tensors: Vec<Value> = values.iter().map(tensor).collect();
    let argument = if let [one] = tensors.as_slice() { one.clone() } else { json!(tensors) };
    json!({"args": [argument], "kwargs": {}})
}

fn layer(layer: &Layer, written: &Written) -> Value {
    let mut config = Map::new();
    config.insert("name".into(), json!(layer.name));
    // Not every layer without weights takes it.
    if !layer.variables.is_empty() {
        config.insert("trainable".into(), json!(!layer.frozen));
    }
    config.insert("dtype".into(), policy());
    config.extend(written.config.clone());
    object("layers", written.class, config.into())
}

fn input((name, sizes): &(String, Vec<usize>)) -> Value {
    let config = json!({
        "batch_shape": batch(sizes), "dtype": "float32", "sparse": false, "ragged": false, "name": name,
        "optional": false,
    });
    object("layers", "InputLayer", config)
}

/// What a layer takes: one shape, or a list of them.
fn taken(model: &Model, values: &[usize]) -> Value {
    match values {
        [one] => batch(model.sizes(*one)),
        several => several.iter().map(|value| batch(model.sizes(*value))).collect(),
    }
}

fn batch(sizes: &[usize]) -> Value {
    let sizes = sizes.iter().map(|size| Value::from(*size));
    std::iter::once(Value::Null).chain(sizes).collect()
}
