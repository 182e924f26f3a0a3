//! Keras' order of a functional model's layers. Its file of weights counts the layers of a class in it, so
//! that the file must have the same order as Keras makes of the model when it reads it.

use std::collections::HashMap;

use crate::graph::Call;

/// Something with an own place in the order: an input or a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    Input(usize),
    Layer(usize),
}

/// A value is made by an input, or by a call of a layer.
struct Walk<'a> {
    inputs: usize,
    calls: &'a [Call],
    /// In which order layers were met.
    met: HashMap<Item, usize>,
    /// Values, those that others are made of first.
    made: Vec<usize>,
    done: Vec<bool>,
}

impl Walk<'_> {
    fn item(&self, value: usize) -> Item {
        match value.checked_sub(self.inputs) {
            Some(call) => Item::Layer(self.calls[call].layer),
            None => Item::Input(value),
        }
    }

    fn taken(&self, value: usize) -> &[usize] {
        value.checked_sub(self.inputs).map_or(&[], |call| &self.calls[call].values)
    }

    /// Depth first, without recursion: a model may be deeper than the stack.
    fn visit(&mut self, value: usize) {
        let mut open = vec![(value, 0)];
        while let Some((value, next)) = open.pop() {
            if next == 0 {
                if self.done[value] {
                    continue;
                }
                let (item, count) = (self.item(value), self.met.len());
                self.met.entry(item).or_insert(count);
            }
            if let Some(taken) = self.taken(value).get(next).copied() {
                open.push((value, next + 1));
                open.push((taken, 0));
            } else if !self.done[value] {
                self.done[value] = true;
                self.made.push(value);
            }
        }
    }
}

/// Inputs and layers in Keras' order: those that are the farthest from the outputs first.
pub fn order(inputs: usize, calls: &[Call], outputs: &[usize]) -> Vec<Item> {
    let done = vec![false; inputs + calls.len()];
    let mut walk = Walk { inputs, calls, met: HashMap::new(), made: Vec::new(), done };
    for output in outputs {
        walk.visit(*output);
    }
    // How far each is from the outputs, at most. A layer is as far as the farthest of its calls.
    let (mut far, mut depths) = (vec![0; inputs + calls.len()], HashMap::new());
    for value in walk.made.iter().rev() {
        let item = walk.item(*value);
        let depth = far[*value].max(depths.get(&item).copied().unwrap_or(0));
        depths.insert(item, depth);
        far[*value] = depth;
        for taken in walk.taken(*value) {
            far[*taken] = far[*taken].max(depth + 1);
        }
    }
    // An input that nothing is made of comes before all of its depth.
    let unused = (0..inputs).map(Item::Input).filter(|input| !depths.contains_key(input));
    let unused: Vec<(Item, usize, usize)> = unused.map(|input| (input, 0, 0)).collect();
    let mut all: Vec<(Item, usize, usize)> =
        depths.iter().map(|(item, depth)| (*item, *depth, walk.met[item] + 1)).chain(unused).collect();
    all.sort_by_key(|(_, depth, met)| (usize::MAX - depth, *met));
    all.into_iter().map(|(item, ..)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(layer: usize, values: &[usize]) -> Call {
        Call { layer, values: values.to_vec() }
    }

    #[test]
    fn the_farthest_layers_come_first() {
        // Two ways of one and of two layers, and a layer that joins them.
        let calls = [call(0, &[0]), call(1, &[0]), call(2, &[2]), call(3, &[1, 3])];
        let found = order(1, &calls, &[4]);
        let layers = [1, 0, 2, 3].map(Item::Layer);
        assert_eq!(found, [&[Item::Input(0)], &layers[..]].concat());
    }

    #[test]
    fn a_shared_layer_is_as_far_as_its_farthest_call() {
        let calls = [call(0, &[0]), call(1, &[1]), call(0, &[2]), call(2, &[3])];
        assert_eq!(order(1, &calls, &[4]), [Item::Input(0), Item::Layer(0), Item::Layer(1), Item::Layer(2)]);
    }
}
