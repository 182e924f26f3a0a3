//! What the macros say about a file.

use proc_macro2::{TokenStream, TokenTree};

use crate::{check, parse, small};

/// The first lines of all that the macros say about a file; nothing if it is no list of tokens.
pub fn headlines(source: &str) -> Option<Vec<String>> {
    let mut said = Vec::new();
    calls(source.parse().ok()?, &mut said);
    Some(said.iter().map(|text| text.lines().next().unwrap_or_default().to_owned()).collect())
}

fn calls(tokens: TokenStream, said: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let word = match i.checked_sub(2).map(|at| &tokens[at..i]) {
            Some([TokenTree::Ident(word), TokenTree::Punct(mark)]) if mark.as_char() == '!' => {
                word.to_string()
            }
            _ => String::new(),
        };
        match word.as_str() {
            "sequential" => said.extend(match parse::sequential(group.stream()) {
                Ok(model) => check::sequential(&model).errors.texts(),
                Err(errors) => errors.texts(),
            }),
            "static_model" => said.extend(match small::checked(group.stream()) {
                Ok((_, chain, _)) => chain.errors.texts(),
                Err(errors) => errors.texts(),
            }),
            "compile" => said.extend(match parse::compile(group.stream()) {
                Ok(call) => check::compile::compile(&call).errors.texts(),
                Err(errors) => errors.texts(),
            }),
            "model" => said.extend(match parse::graph(group.stream()) {
                Ok(graph) => check::graph(graph).1.errors.texts(),
                Err(errors) => errors.texts(),
            }),
            _ => calls(group.stream(), said),
        }
    }
}
