use quote::quote;

use super::parsed;
use crate::{check, expand, sequential_model};

/// The code of a model, which must be items.
fn items(layers: &str) -> (syn::File, String) {
    let tokens = sequential_model(format!("pub struct Net< {layers} >").parse().unwrap());
    let text = tokens.to_string();
    (syn::parse2(tokens).expect("items"), text)
}

#[test]
fn a_model_is_a_struct_and_a_block() {
    let (file, text) = items("Dense<100, 64, Relu>, hidden: Dense<_, 1>");
    assert!(matches!(file.items.as_slice(), [syn::Item::Struct(_), syn::Item::Const(_)]));
    assert!(text.contains("Rank1 < 64 >"), "{text}");
    assert!(text.contains("pub fn hidden_mut"));
    assert!(!text.contains("compile_error"));
}

#[test]
fn a_wrong_model_is_still_the_type_that_it_says_it_is() {
    let (file, text) = items("Dense<100, 64, Relu>, Dense<32, 10>");
    assert!(matches!(file.items.as_slice(), [syn::Item::Struct(_), syn::Item::Const(_)]));
    assert_eq!(text.matches("compile_error").count(), 1);
    assert!(text.contains("type Input = :: keras_core :: __private :: Rank1 < 100 >"));
    assert!(text.contains("type Output = :: keras_core :: __private :: Rank1 < 10 >"));
}

#[test]
fn a_half_written_model_keeps_its_words() {
    for layers in ["Dense<100, 64, Re", "Dense<100, 64, Relu>,, Drop", "Dense<100, 64, Relu>, Dense<"] {
        let tokens = sequential_model(format!("pub struct Net< {layers}").parse().unwrap());
        let text = tokens.to_string();
        assert!(syn::parse2::<syn::File>(tokens).is_ok(), "{layers}");
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        assert!(text.contains("struct Net"));
    }
}

#[test]
fn what_is_not_a_model_is_an_error_alone() {
    for tokens in [
        quote!(
            pub enum Net {}
        ),
        quote!(struct),
        quote!(),
    ] {
        let text = sequential_model(tokens).to_string();
        assert!(text.starts_with(":: core :: compile_error"), "{text}");
    }
}

#[test]
fn an_expression_is_an_expression() {
    let model = parsed(quote!(< Dense<4, 3>, Dense<_, 1> >));
    let tokens = expand::model(&model, &check::sequential(&model));
    assert!(syn::parse2::<syn::ExprBlock>(tokens).is_ok());
}

#[test]
fn arithmetic_on_numbers_is_proved() {
    let (_, text) = items("Input<2, 3>, Flatten, Reshape<3, _>, Dropout<0.5>");
    assert_eq!(text.matches("proof :: same").count(), 2);
    let (_, text) = items("Input<SIDE, 3>, Flatten");
    assert_eq!(text.matches("proof :: same").count(), 0);
}
