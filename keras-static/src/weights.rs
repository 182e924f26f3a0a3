//! The variables of a model in its file, looked at in const evaluation.

use keras_shapes::{Dims, Text};

use crate::header::{Header, Tensor};
use crate::layers::Variable;

/// Numbers as they lie in the file.
pub type Numbers = &'static [[u8; 4]];

/// The most variables that a layer has.
pub const MOST: usize = 4;

/// A layer: its name in the file, and its variables.
pub type Owner<'a> = (&'a str, &'a [Variable]);

/// Stops the compilation if a variable is not there or of another shape, or if there are others; the message
/// says all of that.
#[track_caller]
pub const fn check(path: &str, file: &'static [u8], layers: &[Owner<'_>]) {
    let (mut text, mut good, mut i) = (Text::new("the weights in `").str(path).str("` do not fit:"), true, 0);
    let mut found = 0;
    while i < layers.len() {
        let ((layer, variables), mut j) = (layers[i], 0);
        while j < variables.len() {
            let variable = &variables[j];
            let tensor = tensor(file, layer, variable.name);
            if tensor.is_some() {
                found += 1;
            }
            if let Some(difference) = difference(file, layer, variable, tensor) {
                (text, good) = (text.str("\n").str(difference.as_str()), false);
            }
            j += 1;
        }
        i += 1;
    }
    let mut header = Header::new(file);
    let mut count = 0;
    while let Some((tensor, behind)) = header.next() {
        header = behind;
        count += 1;
        if !is_known(file, &tensor, layers) {
            let name = tensor.name(file);
            (text, good) = (text.str("\n`").str(name).str("` is in the file, but not in the model"), false);
        }
    }
    if good && count != found {
        (text, good) = (text.str("\nthe file has a name twice"), false);
    }
    if !good {
        panic!("{}", text.as_str())
    }
}

const fn is_known(file: &[u8], tensor: &Tensor, layers: &[Owner<'_>]) -> bool {
    let mut i = 0;
    while i < layers.len() {
        let ((layer, variables), mut j) = (layers[i], 0);
        while j < variables.len() {
            if tensor.is_called(file, layer, variables[j].name) {
                return true;
            }
            j += 1;
        }
        i += 1;
    }
    false
}

const fn difference(
    file: &'static [u8],
    layer: &str,
    variable: &Variable,
    tensor: Option<Tensor>,
) -> Option<Text> {
    let name = Text::new("`").str(layer).str("/").str(variable.name).str("`");
    let Some(tensor) = tensor else {
        return Some(name.str(" ").dims(variable.dims).str(" is not in the file"));
    };
    match tensor.dims() {
        Some(dims) if dims.same(variable.dims) => {}
        Some(dims) => {
            let text = name.str(" is ").dims(variable.dims).str(" in the model, but ").dims(dims);
            return Some(text.str(" in the file"));
        }
        None => return Some(name.str(" has ").num(tensor.rank).str(" sizes in the file")),
    }
    if !tensor.is_f32 {
        return Some(name.str(" must have `F32` numbers in the file"));
    }
    let ([start, end], all) = (tensor.place, Header::new(file).numbers().len());
    if start > end || end > all || end - start != variable.dims.numel() * 4 {
        return Some(name.str(" lies outside of the file"));
    }
    None
}

const fn tensor(file: &'static [u8], layer: &str, variable: &str) -> Option<Tensor> {
    let mut header = Header::new(file);
    while let Some((tensor, behind)) = header.next() {
        if tensor.is_called(file, layer, variable) {
            return Some(tensor);
        }
        header = behind;
    }
    None
}

/// The numbers of a layer's variables, in their order. Those that do not fit are empty: [`check`] says so.
#[must_use]
pub const fn find(file: &'static [u8], layer: &str, variables: &[Variable]) -> [Numbers; MOST] {
    let mut all: [Numbers; MOST] = [&[]; MOST];
    let mut i = 0;
    while i < variables.len() {
        let tensor = tensor(file, layer, variables[i].name);
        if let Some(tensor) = tensor
            && difference(file, layer, &variables[i], Some(tensor)).is_none()
        {
            let (numbers, _) = Header::new(file).numbers().split_at(tensor.place[1]);
            all[i] = numbers.split_at(tensor.place[0]).1.as_chunks().0;
        }
        i += 1;
    }
    all
}

/// A number of the file.
#[inline(always)]
pub fn number(bytes: &[u8; 4]) -> f32 {
    f32::from_le_bytes(*bytes)
}

/// A variable of the shape `dims`.
pub const fn variable<const R: usize>(name: &'static str, sizes: [usize; R]) -> Variable {
    Variable { name, dims: Dims::new(sizes) }
}
