//! What `onnx_model!` says to mistakes. (trybuild compiles without features.)

use proc_macro2::TokenStream;
use quote::quote;

use crate::keras::{Kind, model};

/// All that is said, and the model that is there all the same.
fn said(tokens: TokenStream) -> String {
    model(Kind::Onnx, tokens).to_string().replace("\\n", "\n").replace("\\\"", "\"")
}

const USAGE: &str = "usage: onnx_model! { pub struct Net = \"path/model.onnx\" }";

#[test]
fn how_it_is_written() {
    for (tokens, problem) in [
        (quote!(pub Net = "net.onnx"), "expected `struct`"),
        (quote!(pub struct Net: "net.onnx"), "expected `=` and the path of an ONNX file"),
    ] {
        let said = said(tokens);
        assert!(said.contains(&format!("{problem}\n{USAGE}")), "{said}");
    }
    let said = said(quote!(pub struct Net = "a.onnx" "b.onnx"));
    assert!(said.contains("expected nothing after the path: one model a macro call"), "{said}");
}

#[test]
fn a_file_that_is_not_there_or_another_one_is_one_error_and_the_model_stays() {
    for (tokens, start, problem) in [
        (
            quote!(pub struct Net = "no/such/net.onnx";),
            "`no/such/net.onnx` cannot be a model: ",
            "No such file",
        ),
        (
            quote!(pub struct Net = "../tests/keras_files/files/mlp.keras"),
            "`../tests/keras_files/files/mlp.keras` cannot be a model: ",
            "this is not an ONNX file, or it is damaged: ",
        ),
    ] {
        let said = said(tokens);
        assert!(said.contains(start) && said.contains(problem), "{said}");
        assert_eq!(said.matches("compile_error").count(), 1, "{said}");
        // What is done with the model is not reported: it has what every model has.
        assert!(said.contains("pub struct Net") && said.contains("fn pretrained"), "{said}");
    }
}

#[test]
fn one_error_lists_all_operators_that_are_missing() {
    let said = said(quote!(pub struct Net = "../tests/onnx_files/real/basic_pitch_nmp.onnx"));
    for operator in ["Equal", "Log", "ReduceMin", "ReduceSum", "Sqrt", "Where"] {
        assert!(said.contains(&format!("\nthe operator `{operator}` (`model_1/")), "{said}");
    }
    assert_eq!(said.matches("compile_error").count(), 1, "{said}");
}

#[test]
fn what_our_own_checks_say_is_said_too() {
    let said = said(quote!(pub struct Net = "../tests/onnx_files/conformance/test_Conv2d_dilated.onnx"));
    assert!(said.contains("cannot have strides of 2 and a dilation rate of 2 together"), "{said}");
}
