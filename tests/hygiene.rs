//! Whatever a person's own items are called, the macro's code still means its own; and it is not for
//! a person's lints to judge.
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    unused_qualifications,
    unnameable_types,
    single_use_lifetimes,
    elided_lifetimes_in_paths,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
#![allow(clippy::cargo_common_metadata, clippy::multiple_crate_versions, clippy::redundant_pub_crate)]

/// Items named as the macro's words, the prelude's, the primitives and the generated names' stems.
#[allow(non_camel_case_types, non_snake_case, non_upper_case_globals, unused, missing_docs)]
mod shadowed {
    use ::keras_core::{Model as _, sequential};

    mod core {}
    mod std {}
    mod keras_core {}
    struct Result;
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Vec;
    struct String;
    struct usize;
    struct u64;
    struct f32;
    struct f64;
    struct str;
    struct bool;
    trait Default {}
    trait Clone {}
    trait Model {}
    trait Node {}
    trait Layer {}
    trait Run {}
    trait Shape {}
    trait Backend {}
    struct Cpu;
    struct Dims;
    struct Plan;
    struct Dense;
    struct Relu;
    struct Flatten;
    struct Rank1;
    struct Rank3;
    struct Self_;
    const B: ::core::primitive::usize = 3;
    const P: ::core::primitive::usize = 4;
    const L: ::core::primitive::usize = 5;
    const layers: ::core::primitive::usize = 6;
    const pass: ::core::primitive::usize = 7;
    const seed: ::core::primitive::usize = 7;
    const device: ::core::primitive::usize = 7;
    const values: ::core::primitive::usize = 7;
    const dims: ::core::primitive::usize = 7;
    const RATE: ::core::primitive::f64 = 0.5;
    macro_rules! panic {
        () => {};
    }
    macro_rules! assert {
        () => {};
    }

    sequential! {
        pub(super) struct Net<
            Input<B, P, 2>,
            Reshape<_, P>,
            Flatten,
            first: Dense<_, L, LeakyRelu<RATE>, kernel_initializer = Constant(RATE), use_bias = true>,
            Dropout<RATE>,
            Dense<_, layers, Sigmoid, bias_initializer = Ones>,
            Dense<layers, pass>,
            Reshape<values, 1>,
            Flatten,
            Activation<Softmax>,
            Dense<dims, 2>,
        >
    }

    pub(super) fn outputs()
    -> ::core::result::Result<::std::vec::Vec<::core::primitive::f32>, ::keras_core::Error> {
        let mut net = Net::<::keras_core::backend::Cpu>::new(device as _);
        net.predict(&[[[[0.5; 2]; 4]; 3]]).map(|y| y.to_vec())
    }
}

/// A model named as the macro names its own parameter.
mod named_like_a_parameter {
    keras_core::sequential! {
        /// A model.
        #[allow(keras::two_linear_layers)]
        pub(crate) struct B< Dense<2, 3>, last: Dense<_, 1> >
    }
}

/// The words of the macro need no import, and nothing else comes into scope.
mod nothing_imported {
    use keras_core::Model;

    keras_core::sequential! { pub(crate) struct Net< Dense<2, 3, Relu>, Dense<_, 1> > }

    #[derive(Debug)]
    pub(crate) struct Relu;

    pub(crate) const fn params() -> usize {
        let _ = Relu;
        <Net as Model>::PARAMS
    }
}

/// Two models in one function, each with consts of the function's own.
fn in_a_function() -> usize {
    use keras_core::Model as _;
    const WIDTH: usize = 6;
    keras_core::sequential! { #[derive(Debug)] struct Inner< Dense<2, WIDTH>, Dense<_, 1> > }
    let other = keras_core::sequential!(< Dense<2, WIDTH>, hidden: Dense<_, 1> >)(3);
    let _ = format!("{other:?}");
    Inner::<keras_core::backend::Cpu>::PARAMS
}

keras_core::sequential! { pub struct Public< Dense<2, 3, Relu>, last: Dense<_, 1> > }

#[test]
fn own_names_change_nothing() -> Result<(), keras_core::Error> {
    use keras_core::Model as _;
    assert_eq!(shadowed::outputs()?.len(), 2);
    assert_eq!(nothing_imported::params(), 13);
    assert_eq!(in_a_function(), 2 * 6 + 6 + 6 + 1);
    let b = named_like_a_parameter::B::<keras_core::backend::Cpu>::new(1);
    assert_eq!(b.last().bias().len(), 1);
    let public = Public::<keras_core::backend::Cpu>::new(1);
    assert_eq!(public.last().kernel().len(), 3);
    Ok(())
}
