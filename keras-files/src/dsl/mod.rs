//! A model in the words of `sequential!` and `model!`.

mod layers;
pub(crate) mod table;
mod values;
pub(crate) mod words;

use std::collections::HashSet;
use std::fmt::Write;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::names::camel;

pub use table::classes;

/// A model as it would be written.
#[derive(Debug)]
pub struct Dsl {
    /// A type's name for it.
    pub name: String,
    /// Whether it is written with `sequential!`, a chain, or with `model!`.
    pub is_chain: bool,
    /// What stands behind `struct Name`, with its brackets.
    pub body: String,
    /// What was left out, because it makes no difference to what the model computes.
    pub notes: Vec<String>,
}

impl Dsl {
    /// The whole macro call.
    #[must_use]
    pub fn text(&self) -> String {
        let (name, body) = (&self.name, self.body.replace('\n', "\n    "));
        let word = if self.is_chain { "sequential" } else { "model" };
        let mut text = String::new();
        for note in &self.notes {
            let _ = writeln!(text, "// {note}");
        }
        let space = if self.is_chain { "" } else { " " };
        let _ = write!(text, "{word}! {{\n    pub struct {name}{space}{body}\n}}");
        text
    }
}

/// Writes a model in our words.
///
/// # Errors
/// If there is something in it that we have no words for: all of that, by Keras' names.
pub fn dsl(graph: &Graph) -> Result<Dsl> {
    let (mut problems, mut notes) = (graph.problems.clone(), Vec::new());
    let inputs: Vec<String> = graph
        .inputs
        .iter()
        .map(|input| {
            let sizes: Option<Vec<usize>> = input.shape.iter().copied().collect();
            let name = &input.ident;
            let sizes = sizes.unwrap_or_default();
            if sizes.is_empty() {
                problems.push(format!(
                    "the input `{name}` has a size that is not fixed: ours are, but for the batch"
                ));
            }
            if input.dtype != "float32" {
                problems.push(format!(
                    "the input `{name}` takes `{}`, which has no counterpart yet",
                    input.dtype
                ));
            }
            let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
            format!("Input<{}>", sizes.join(", "))
        })
        .collect();
    let layers: Vec<String> =
        graph.layers.iter().map(|layer| layers::written(layer, &mut problems, &mut notes)).collect();
    if !problems.is_empty() {
        return Err(Error { problems });
    }
    let is_chain = is_chain(graph);
    let body = if is_chain { chain(graph, &inputs[0], &layers) } else { statements(graph, &inputs, &layers) };
    Ok(Dsl { name: camel(&graph.name), is_chain, body, notes })
}

/// Whether each layer takes what the one before it makes.
fn is_chain(graph: &Graph) -> bool {
    let calls = graph.calls.iter().enumerate();
    graph.inputs.len() == 1
        && graph.outputs == [graph.calls.len()]
        && calls.into_iter().all(|(i, call)| call.values == [i] && graph.layers[call.layer].calls == 1)
}

fn frozen(graph: &Graph, layer: usize) -> &'static str {
    if graph.layers[layer].frozen { "#[frozen] " } else { "" }
}

fn chain(graph: &Graph, input: &str, layers: &[String]) -> String {
    let mut body = format!("<\n    {input},\n");
    for call in &graph.calls {
        let (layer, frozen) = (&graph.layers[call.layer], frozen(graph, call.layer));
        let _ = writeln!(body, "    {frozen}{}: {},", layer.ident, layers[call.layer]);
    }
    body + ">"
}

fn statements(graph: &Graph, inputs: &[String], layers: &[String]) -> String {
    let mut body = "{\n".to_owned();
    let mut values: Vec<String> = Vec::new();
    for (input, written) in graph.inputs.iter().zip(inputs) {
        let _ = writeln!(body, "    input {}: {written};", input.ident);
        values.push(input.ident.clone());
    }
    let mut taken: HashSet<String> = graph.layers.iter().map(|layer| layer.ident.clone()).collect();
    taken.extend(values.iter().cloned());
    for (i, layer) in graph.layers.iter().enumerate().filter(|(_, layer)| layer.calls > 1) {
        let _ = writeln!(body, "    {}layer {}: {};", frozen(graph, i), layer.ident, layers[i]);
    }
    for call in &graph.calls {
        let layer = &graph.layers[call.layer];
        let given: Vec<&str> = call.values.iter().map(|value| values[*value].as_str()).collect();
        let given = given.join(", ");
        if layer.calls == 1 {
            let frozen = frozen(graph, call.layer);
            let _ = writeln!(body, "    {frozen}let {} = {}({given});", layer.ident, layers[call.layer]);
            values.push(layer.ident.clone());
            continue;
        }
        let names = (1..).map(|number| format!("{}_{number}", layer.ident));
        let name = names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(name.clone());
        let _ = writeln!(body, "    let {name} = {}({given});", layer.ident);
        values.push(name);
    }
    let outputs: Vec<&str> = graph.outputs.iter().map(|value| values[*value].as_str()).collect();
    let _ = writeln!(body, "    output {};", outputs.join(", "));
    body + "}"
}
