//! From Keras' arguments to our optimizers.

use keras_core::optimizers::{Adam, AdamW, RMSprop, SGD};
use serde_json::{Map, Value};

pub type Kwargs = Map<String, Value>;

/// Calls the method that has the argument's name.
macro_rules! options {
    ($optimizer:ident, $kwargs:ident, $($number:ident),*; $($switch:ident),*) => {
        for (key, value) in $kwargs {
            $optimizer = match key.as_str() {
                "learning_rate" => $optimizer,
                $(stringify!($number) => $optimizer.$number(value.as_f64().unwrap()),)*
                $(stringify!($switch) => $optimizer.$switch(value.as_bool().unwrap()),)*
                "weight_decay" => $optimizer.weight_decay(value.as_f64().unwrap()),
                "clipnorm" => $optimizer.clipnorm(value.as_f64().unwrap()),
                "clipvalue" => $optimizer.clipvalue(value.as_f64().unwrap()),
                "global_clipnorm" => $optimizer.global_clipnorm(value.as_f64().unwrap()),
                other => panic!("argument {other} is not handled"),
            };
        }
    };
}

/// The learning rate, if it is a number. A schedule is followed step by step.
fn rate(kwargs: &Kwargs) -> Option<f64> {
    kwargs.get("learning_rate").and_then(Value::as_f64)
}

pub fn sgd(kwargs: &Kwargs) -> SGD {
    let mut optimizer = rate(kwargs).map_or_else(SGD::default, SGD::new);
    options!(optimizer, kwargs, momentum; nesterov);
    optimizer
}

pub fn rmsprop(kwargs: &Kwargs) -> RMSprop {
    let mut optimizer = rate(kwargs).map_or_else(RMSprop::default, RMSprop::new);
    options!(optimizer, kwargs, rho, momentum, epsilon; centered);
    optimizer
}

pub fn adam(kwargs: &Kwargs) -> Adam {
    let mut optimizer = rate(kwargs).map_or_else(Adam::default, Adam::new);
    options!(optimizer, kwargs, beta_1, beta_2, epsilon; amsgrad);
    optimizer
}

pub fn adamw(kwargs: &Kwargs) -> AdamW {
    let mut optimizer = rate(kwargs).map_or_else(AdamW::default, AdamW::new);
    options!(optimizer, kwargs, beta_1, beta_2, epsilon; amsgrad);
    optimizer
}
