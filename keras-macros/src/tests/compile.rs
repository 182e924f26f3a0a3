//! `compile!` on tokens alone.

use keras_shapes::names::{LOSSES, METRICS, Names, OPTIMIZERS};

use crate::check::compile::{Compiled, compile};
use crate::check::words::{ACTIVATIONS, CONSTRAINTS, Family, INITIALIZERS, REGULARIZERS};
use crate::{expand, parse};

fn checked(arguments: &str) -> (String, Compiled) {
    let call = match parse::compile(format!("net, {arguments}").parse().unwrap()) {
        Ok(call) => call,
        Err(errors) => panic!("{:?}", errors.texts()),
    };
    let checked = compile(&call);
    (expand::compile(&call, &checked).to_string(), checked)
}

fn said(arguments: &str) -> Vec<String> {
    checked(arguments).1.errors.texts()
}

#[test]
fn every_name_is_expanded_to_its_type() {
    for (names, module, written) in [
        (OPTIMIZERS, "optimizers", "loss = \"mse\", optimizer = "),
        (LOSSES, "losses", "loss = "),
        (METRICS, "metrics", "loss = \"mse\", metrics = "),
    ] {
        for name in names.all {
            for spelling in name.spellings() {
                let (tokens, checked) = checked(&format!("{written}\"{spelling}\""));
                if name.usage.is_some() {
                    assert_eq!(checked.errors.len(), 1, "{spelling}");
                    continue;
                }
                assert!(checked.errors.is_empty(), "{spelling}: {:?}", checked.errors.texts());
                let path = format!(":: {module} :: {} as", name.class);
                assert!(tokens.contains(&path), "{spelling}: {tokens}");
            }
        }
    }
}

#[test]
fn each_mistake_is_said_once() {
    for (arguments, count) in [
        ("loss = \"mse\"", 0),
        ("loss = \"mse\",", 0),
        ("", 1),
        ("loss", 1),
        ("loss =", 1),
        ("loss = , metrics = [\"mae\"]", 1),
        ("los = \"mse\"", 1),
        ("los = \"mse\", optimizer = \"adma\"", 2),
        ("loss = \"mse\", loss_weights = [1.0, 2.0]", 1),
        ("loss = (\"mse\", \"mae\"), metrics = [\"mae\"]", 1),
        ("loss = \"mse\", metrics = [a, b, c, d, e, f, g, h, i]", 1),
    ] {
        assert_eq!(said(arguments).len(), count, "{arguments}: {:?}", said(arguments));
        let (tokens, _) = checked(arguments);
        assert_eq!(tokens.matches("compile_error").count(), count, "{arguments}: {tokens}");
    }
}

#[test]
fn crossentropy_is_that_of_the_loss() {
    let (tokens, _) = checked("loss = \"BCE\", metrics = [\"crossentropy\"]");
    assert!(tokens.contains("metrics :: BinaryCrossentropy"), "{tokens}");
    assert_eq!(said("loss = own, metrics = [\"ce\"]").len(), 1);
}

/// The words of the layers' language have the same names as the table.
#[test]
fn the_words_of_layers_are_in_the_table() {
    use keras_shapes::names;
    let same = |family: Family, names: Names| {
        let mut words: Vec<&str> = family.names().collect();
        let mut classes: Vec<&str> = names.all.iter().map(|name| name.class).collect();
        words.sort_unstable();
        classes.sort_unstable();
        assert_eq!(words, classes, "{}", family.what);
    };
    same(ACTIVATIONS, names::ACTIVATIONS);
    same(INITIALIZERS, names::INITIALIZERS);
    same(REGULARIZERS, names::REGULARIZERS);
    same(CONSTRAINTS, names::CONSTRAINTS);
}
