use crate::check::{Chain, Shape};
use crate::parse::Sequential;

/// The table of layers that stands under a model's own docs.
pub fn table(model: &Sequential, chain: &Chain) -> String {
    let documented = model.attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    let mut text = String::new();
    if !documented {
        let count = chain.nodes.len();
        text += &format!("A model of {count} layer{}.", if count == 1 { "" } else { "s" });
    }
    text += "\n\n| layer | | output shape | parameters |\n|---|---|---|--:|\n";
    for input in &chain.inputs {
        let name = input.name.as_ref().map_or_else(|| "input".into(), ToString::to_string);
        text += &row(&name, &input.title, &input.shape, Some(0));
    }
    for layer in &chain.nodes {
        let params = if layer.shared.is_some() { Some(0) } else { layer.made.params };
        text += &row(&layer.name, &layer.title, &layer.made.shape, params);
    }
    // The check saw to it that the sum fits.
    let total: Option<usize> = chain.owners().map(|i| chain.nodes[i].made.params).sum();
    if let Some(total) = total {
        text += &format!("\n{} parameters.\n", grouped(total));
    }
    text
}

fn row(name: &str, title: &str, shape: &Shape, params: Option<usize>) -> String {
    let shape = match shape {
        Shape::Known(_) | Shape::Ruled { .. } => format!("`{}`", shape.show()),
        Shape::Own | Shape::Lost => String::new(),
    };
    let title = title.replace('|', "\\|");
    let params = params.map(grouped).unwrap_or_default();
    format!("| {name} | `{title}` | {shape} | {params} |\n")
}

/// 1234567 as 1,234,567.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(529), "529");
        assert_eq!(grouped(6529), "6,529");
        assert_eq!(grouped(25_557_032), "25,557,032");
    }
}
