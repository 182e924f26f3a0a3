//! `model.weights.h5`.

use std::collections::HashMap;

use hdf5_pure::{AttrValue, FileBuilder, GroupBuilder};

use super::layer::Written;
use super::order::{Item, order};
use super::{Layer, Model};
use crate::error::{Error, Result};
use crate::names::snake;

/// All weights, each layer in a group that is called by its class.
pub fn file(model: &Model, layers: &[Written]) -> Result<Vec<u8>> {
    let mut file = FileBuilder::new();
    let mut vars = file.create_group("vars");
    name(&mut vars, &model.name);
    file.add_group(vars.finish());
    let mut all = file.create_group("layers");
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in order(model.inputs.len(), &model.calls, &model.outputs) {
        let (class, called, layer) = match item {
            // The layers of a chain are counted without its input.
            Item::Input(_) if model.is_chain() => continue,
            Item::Input(at) => ("InputLayer", &model.inputs[at].0, None),
            Item::Layer(at) => (layers[at].class, &model.layers[at].name, Some(&model.layers[at])),
        };
        let class = snake(class);
        let count = counts.entry(class.clone()).or_default();
        let mut group = all.create_group(&if *count == 0 { class } else { format!("{class}_{count}") });
        *count += 1;
        let mut vars = group.create_group("vars");
        name(&mut vars, called);
        layer.map_or(Ok(()), |layer| variables(&mut vars, layer))?;
        group.add_group(vars.finish());
        all.add_group(group.finish());
    }
    file.add_group(all.finish());
    file.finish().map_err(|error| Error::new(format!("the HDF5 cannot be written: {error}")))
}

fn name(group: &mut GroupBuilder, name: &str) {
    group.set_attr("name", AttrValue::String(name.to_owned()));
}

fn variables(vars: &mut GroupBuilder, layer: &Layer) -> Result<()> {
    for (number, (sizes, values)) in layer.variables.iter().enumerate() {
        let count = sizes.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        if count != Some(values.len()) {
            let (name, found) = (&layer.name, values.len());
            return Err(Error::new(format!("a weight of `{name}` of sizes {sizes:?} has {found} numbers")));
        }
        let sizes: Vec<u64> = sizes.iter().map(|size| *size as u64).collect();
        vars.create_dataset(&number.to_string()).with_f32_data(values).with_shape(&sizes);
    }
    Ok(())
}
