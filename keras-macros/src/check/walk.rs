use super::chain::Chain;

/// How many layers before the mistake are shown.
const SHOWN: usize = 5;

/// The shapes from the input to a layer that wants another one:
///
/// ```text
///   input            (100)
/// 1 Dense<100, 64>   (100) → (64)
/// 2 Dropout<0.5>     (64) → (64)
/// 3 Dense<32, 1>     (32) ✗ gets (64)
/// ```
pub fn walk(chain: &Chain, title: &str, wants: &str) -> String {
    let mut rows = vec![(String::new(), "input".to_owned(), chain.input.shape.show())];
    let mut before = chain.input.shape.show();
    for (i, node) in chain.nodes.iter().enumerate() {
        let after = node.made.shape.show();
        rows.push(((i + 1).to_string(), node.title.clone(), format!("{before} → {after}")));
        before = after;
    }
    if rows.len() > SHOWN + 1 {
        rows.drain(1..rows.len() - SHOWN);
        rows.insert(1, (String::new(), "..".into(), String::new()));
    }
    rows.push(((chain.nodes.len() + 1).to_string(), title.to_owned(), format!("{wants} ✗ gets {before}")));

    let numbers = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let titles = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0).min(48);
    let lines: Vec<String> = rows
        .iter()
        .map(|(number, title, shapes)| {
            format!("  {number:>numbers$} {title:titles$}  {shapes}").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}
