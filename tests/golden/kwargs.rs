//! From Keras' arguments to our optimizers.

use keras_core::prelude::*;
use serde_json::{Map, Value};

pub type Kwargs = Map<String, Value>;

/// Calls the method that has the argument's name.
macro_rules! options {
    ($optimizer:ident, $kwargs:ident, $($number:ident),*; $($switch:ident),*) => {
        for (key, value) in $kwargs.iter().filter(|(_, value)| !value.is_null()) {
            $optimizer = match key.as_str() {
                "learning_rate" => match value.as_object() {
                    Some(schedule) => $optimizer.schedule(self::schedule(
                        schedule["class_name"].as_str().unwrap(),
                        schedule["config"].as_object().unwrap(),
                    )),
                    None => $optimizer,
                },
                $(stringify!($number) => $optimizer.$number(value.as_f64().unwrap()),)*
                $(stringify!($switch) => $optimizer.$switch(value.as_bool().unwrap()),)*
                "weight_decay" => $optimizer.weight_decay(value.as_f64().unwrap()),
                "clipnorm" => $optimizer.clipnorm(value.as_f64().unwrap()),
                "clipvalue" => $optimizer.clipvalue(value.as_f64().unwrap()),
                "global_clipnorm" => $optimizer.global_clipnorm(value.as_f64().unwrap()),
                "use_ema" => $optimizer.use_ema(value.as_bool().unwrap()),
                "ema_momentum" => $optimizer.ema_momentum(value.as_f64().unwrap()),
                "ema_overwrite_frequency" => $optimizer.ema_overwrite_frequency(value.as_u64().unwrap()),
                "loss_scale_factor" => $optimizer.loss_scale_factor(value.as_f64().unwrap()),
                "gradient_accumulation_steps" => {
                    $optimizer.gradient_accumulation_steps(value.as_u64().unwrap())
                }
                other => panic!("argument {other} is not handled"),
            };
        }
    };
}

/// The learning rate, if it is a number.
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

macro_rules! optimizers {
    ($($function:ident $name:ident: $($number:ident),*; $($switch:ident),*;)*) => {$(
        pub fn $function(kwargs: &Kwargs) -> $name {
            let mut optimizer = rate(kwargs).map_or_else($name::default, $name::new);
            options!(optimizer, kwargs, $($number),*; $($switch),*);
            optimizer
        }
    )*};
}
optimizers! {
    adadelta Adadelta: rho, epsilon; ;
    adagrad Adagrad: initial_accumulator_value, epsilon; ;
    adamax Adamax: beta_1, beta_2, epsilon; ;
    nadam Nadam: beta_1, beta_2, epsilon; ;
    lamb Lamb: beta_1, beta_2, epsilon; ;
    lion Lion: beta_1, beta_2; ;
    adafactor Adafactor: beta_2_decay, epsilon_1, epsilon_2, clip_threshold; relative_step;
    ftrl Ftrl: learning_rate_power, initial_accumulator_value, l1_regularization_strength,
        l2_regularization_strength, l2_shrinkage_regularization_strength, beta; ;
}

pub fn schedule_free_adamw(kwargs: &Kwargs) -> ScheduleFreeAdamW {
    let mut optimizer = rate(kwargs).map_or_else(ScheduleFreeAdamW::default, ScheduleFreeAdamW::new);
    if let Some(steps) = kwargs.get("warmup_steps") {
        optimizer = optimizer.warmup_steps(steps.as_u64().unwrap());
    }
    let kwargs = &without(kwargs, &["warmup_steps"]);
    options!(optimizer, kwargs, beta_1, beta_2, epsilon;);
    optimizer
}

fn without(kwargs: &Kwargs, known: &[&str]) -> Kwargs {
    kwargs.clone().into_iter().filter(|(key, _)| !known.contains(&key.as_str())).collect()
}

pub fn muon(kwargs: &Kwargs) -> Muon {
    let mut optimizer = rate(kwargs).map_or_else(Muon::default, Muon::new);
    if let Some(steps) = kwargs.get("ns_steps") {
        optimizer = optimizer.ns_steps(steps.as_u64().unwrap() as usize);
    }
    if let Some(rate) = kwargs.get("rms_rate") {
        optimizer = optimizer.rms_rate(rate.as_f64());
    }
    if let Some(layers) = kwargs.get("exclude_layers").and_then(Value::as_array) {
        optimizer = optimizer.exclude_layers(names(layers));
    }
    let kwargs = &without(kwargs, &["ns_steps", "rms_rate", "exclude_layers"]);
    options!(
        optimizer, kwargs, adam_beta_1, adam_beta_2, adam_weight_decay, adam_lr_ratio, epsilon, muon_a, muon_b,
        muon_c, momentum; nesterov, exclude_embeddings
    );
    optimizer
}

/// Words that live as long as an optimizer may.
pub fn names(words: &[Value]) -> &'static [&'static str] {
    let word = |word: &Value| -> &'static str { word.as_str().unwrap().to_owned().leak() };
    words.iter().map(word).collect::<Vec<_>>().leak()
}

/// The numbers of a list.
fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

pub fn schedule(class: &str, kwargs: &Kwargs) -> Schedule {
    for key in kwargs.keys() {
        let known = [
            "initial_learning_rate",
            "decay_steps",
            "first_decay_steps",
            "decay_rate",
            "staircase",
            "boundaries",
            "values",
            "end_learning_rate",
            "power",
            "cycle",
            "alpha",
            "warmup_target",
            "warmup_steps",
            "t_mul",
            "m_mul",
            "name",
        ];
        assert!(known.contains(&key.as_str()), "argument {key} is not handled");
    }
    let number = |key: &str| kwargs.get(key).and_then(Value::as_f64);
    let steps = |key: &str| number(key).map(|steps| steps as u64);
    let switch = |key: &str| kwargs.get(key).and_then(Value::as_bool).unwrap_or(false);
    let initial = || number("initial_learning_rate").unwrap();
    let decay_steps = || steps("decay_steps").unwrap();
    match class {
        "ExponentialDecay" => ExponentialDecay::new(initial(), decay_steps(), number("decay_rate").unwrap())
            .staircase(switch("staircase"))
            .into(),
        "InverseTimeDecay" => InverseTimeDecay::new(initial(), decay_steps(), number("decay_rate").unwrap())
            .staircase(switch("staircase"))
            .into(),
        "PiecewiseConstantDecay" => {
            let boundaries = numbers(&kwargs["boundaries"]).into_iter().map(|b| b as u64).collect();
            PiecewiseConstantDecay::of(boundaries, numbers(&kwargs["values"])).into()
        }
        "PolynomialDecay" => {
            let mut decay = PolynomialDecay::new(initial(), decay_steps()).cycle(switch("cycle"));
            decay.end_learning_rate = number("end_learning_rate").unwrap_or(decay.end_learning_rate);
            decay.power = number("power").unwrap_or(decay.power);
            decay.into()
        }
        "CosineDecay" => {
            let mut decay = CosineDecay::new(initial(), decay_steps()).alpha(number("alpha").unwrap_or(0.0));
            if let Some(target) = number("warmup_target") {
                decay = decay.warmup(target, steps("warmup_steps").unwrap_or(0));
            }
            decay.into()
        }
        "CosineDecayRestarts" => {
            let mut decay = CosineDecayRestarts::new(initial(), steps("first_decay_steps").unwrap());
            decay.t_mul = number("t_mul").unwrap_or(decay.t_mul);
            decay.m_mul = number("m_mul").unwrap_or(decay.m_mul);
            decay.alpha = number("alpha").unwrap_or(decay.alpha);
            decay.into()
        }
        other => panic!("schedule {other} is not handled"),
    }
}
