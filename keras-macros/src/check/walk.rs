//! The walk of shapes to a mistake:
//!
//! ```text
//!   input            (100)
//! 1 Dense<100, 64>   (100) → (64)
//! 2 Dropout<0.5>     (64) → (64)
//! 3 Dense<32, 1>     (32) ✗ gets (64)
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::chain::{Chain, Value};
use super::site::Site;

/// How many layers before the mistake are shown.
const SHOWN: usize = 4;
/// Longer titles do not move the shapes any further to the right.
const WIDEST: usize = 48;

/// A line: its text up to the shapes, and the value whose shape it is.
struct Line {
    text: String,
    value: Option<Value>,
}

/// With the shapes that the macro knows; the layer at the end `wants` another one than it gets.
pub fn text(site: &Site<'_>, wants: &str) -> String {
    let chain = site.chain;
    let lines = lines(site);
    let count = lines.len();
    let shown = |value: Value| chain.shape(value).show();
    let lines = lines.into_iter().enumerate().map(|(i, line)| {
        let shapes = match line.value {
            _ if i + 1 == count => format!("{wants} ✗ gets {}", shown(site.input())),
            Some(value) => match chain.maker(value) {
                Some(node) => format!("{} → {}", shown(node.inputs[0]), shown(value)),
                None => shown(value),
            },
            None => String::new(),
        };
        format!("{}{shapes}", line.text).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// For const evaluation, which knows all shapes: see `asked.rs` in the core.
pub fn tokens(site: &Site<'_>) -> TokenStream {
    let chain = site.chain;
    let dims = |value: Value| {
        let name = format_ident!("__keras_D{value}");
        chain.is_named(value).then(|| quote!(#name))
    };
    let lines = lines(site).into_iter().map(|line| {
        let text = line.text;
        let shapes = line.value.and_then(|value| match chain.maker(value) {
            Some(node) => dims(node.inputs[0]).zip(dims(value)).map(|(from, to)| quote!(#from, #to)),
            None => dims(value),
        });
        quote!((#text, &[#shapes]))
    });
    quote!(&[#(#lines),*])
}

/// The way from an input to here, along the first input of each layer.
fn way(chain: &Chain, mut value: Value) -> Vec<Value> {
    let mut way = vec![value];
    while let Some(node) = chain.maker(value) {
        value = node.inputs[0];
        way.push(value);
    }
    way.reverse();
    way
}

fn lines(site: &Site<'_>) -> Vec<Line> {
    let chain = site.chain;
    let way = way(chain, site.input());
    let (input, layers) = (way[0], &way[1..]);
    let given = &chain.inputs[input];
    let mut rows = vec![match &given.name {
        Some(name) => (name.to_string(), given.title.clone(), Some(input)),
        None => (String::new(), "input".to_owned(), Some(input)),
    }];
    let first = if layers.len() > SHOWN + 1 { layers.len() - SHOWN } else { 0 };
    if first > 0 {
        rows.push((String::new(), "..".into(), None));
    }
    rows.extend(layers[first..].iter().filter_map(|value| {
        let node = chain.maker(*value)?;
        Some((node.mark.clone(), node.title.clone(), Some(*value)))
    }));
    rows.push((site.mark.to_owned(), site.title(), None));

    let marks = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let titles = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0).min(WIDEST);
    let line = |(mark, title, value): (String, String, Option<Value>)| Line {
        text: format!("  {mark:>marks$} {title:titles$}  "),
        value,
    };
    rows.into_iter().map(line).collect()
}
