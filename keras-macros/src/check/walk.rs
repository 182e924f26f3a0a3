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

use super::chain::Chain;

/// How many layers before the mistake are shown.
const SHOWN: usize = 4;
/// Longer titles do not move the shapes any further to the right.
const WIDEST: usize = 48;

/// A line: its text up to the shapes, and the layer whose shapes they are (0 is the input).
struct Line {
    text: String,
    layer: Option<usize>,
}

/// With the shapes that the macro knows; the layer at the end `wants` another one than it gets.
pub fn text(chain: &Chain, title: &str, wants: &str) -> String {
    let lines = lines(chain, title);
    let count = lines.len();
    let shown = |layer: usize| chain.shape(layer).show();
    let lines = lines.into_iter().enumerate().map(|(i, line)| {
        let shapes = match line.layer {
            _ if i + 1 == count => format!("{wants} ✗ gets {}", shown(chain.nodes.len())),
            Some(0) => shown(0),
            Some(layer) => format!("{} → {}", shown(layer - 1), shown(layer)),
            None => String::new(),
        };
        format!("{}{shapes}", line.text).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// For const evaluation, which knows all shapes: see `asked.rs` in the core.
pub fn tokens(chain: &Chain, title: &str) -> TokenStream {
    let dims = |layer: usize| {
        let name = format_ident!("__keras_D{layer}");
        chain.is_named(layer).then(|| quote!(#name))
    };
    let lines = lines(chain, title).into_iter().map(|line| {
        let (text, layer) = (line.text, line.layer);
        let shapes = match layer {
            Some(0) => dims(0),
            Some(layer) => dims(layer - 1).zip(dims(layer)).map(|(from, to)| quote!(#from, #to)),
            None => None,
        };
        quote!((#text, &[#shapes]))
    });
    quote!(&[#(#lines),*])
}

fn lines(chain: &Chain, title: &str) -> Vec<Line> {
    let count = chain.nodes.len();
    let first = if count > SHOWN + 1 { count - SHOWN } else { 0 };
    let mut rows = vec![(String::new(), "input", Some(0))];
    if first > 0 {
        rows.push((String::new(), "..", None));
    }
    let layers = chain.nodes.iter().enumerate().skip(first);
    rows.extend(layers.map(|(i, node)| ((i + 1).to_string(), node.title.as_str(), Some(i + 1))));
    rows.push(((count + 1).to_string(), title, None));

    let numbers = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let titles = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0).min(WIDEST);
    let line = |(number, title, layer): (String, &str, Option<usize>)| Line {
        text: format!("  {number:>numbers$} {title:titles$}  "),
        layer,
    };
    rows.into_iter().map(line).collect()
}
