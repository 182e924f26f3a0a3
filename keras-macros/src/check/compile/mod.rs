//! What `compile!` is given: Keras' names become types, and every mistake is found.

mod losses;
mod metrics;
mod part;

use keras_shapes::names::{OPTIMIZERS, nearest};
use proc_macro2::Span;

pub use losses::{Losses, WithWeight};
pub use metrics::Metrics;
pub use part::Part;

use crate::diagnostics::{Errors, Message};
use crate::parse::{Compile, Named};

/// What a call becomes: each part, and all mistakes.
#[derive(Debug)]
pub struct Compiled {
    pub optimizer: Part,
    pub losses: Losses,
    pub metrics: Metrics,
    pub errors: Errors,
    /// The mistakes that no part stands for.
    pub apart: Vec<usize>,
}

/// The arguments, in the order in which messages name them.
const ARGUMENTS: [&str; 4] = ["optimizer", "loss", "loss_weights", "metrics"];

/// Looks all names up.
pub fn compile(call: &Compile) -> Compiled {
    let mut errors = Errors::default();
    let mut apart = Vec::new();
    let mut of = [None; ARGUMENTS.len()];
    for argument in &call.arguments {
        match ARGUMENTS.iter().position(|name| argument.name == name) {
            Some(i) if of[i].is_none() => of[i] = Some(argument),
            found => {
                let message = if found.is_some() { twice(argument) } else { unknown(argument) };
                apart.push(errors.len());
                errors.at(argument.name.span(), message);
            }
        }
    }
    if let Some(broken) = &call.broken {
        apart.push(errors.len());
        errors.push(broken.clone());
    }
    let [optimizer, loss, weights, metrics] = of;
    let optimizer = optimizer.map_or_else(
        // As in Keras.
        || Part::named("RMSprop", Span::call_site()),
        |argument| Part::of(&argument.value, "optimizers", OPTIMIZERS, &mut errors),
    );
    let losses = losses::losses(call, loss, &mut errors, &mut apart);
    let losses = losses::weighted(losses, weights, &mut errors, &mut apart);
    let metrics = metrics::metrics(metrics, &losses, &mut errors);
    Compiled { optimizer, losses, metrics, errors, apart }
}

fn twice(argument: &Named) -> Message {
    Message::new(format!("`{}` is given twice", argument.name)).help("leave one of them out")
}

fn unknown(argument: &Named) -> Message {
    let name = argument.name.to_string();
    let message = Message::new(format!("`compile!` has no argument `{name}`"));
    match (name.as_str(), nearest(&name, ARGUMENTS)) {
        ("weighted_metrics", _) => message.help("leave it out: metrics count all samples alike"),
        ("run_eagerly" | "jit_compile" | "steps_per_execution" | "auto_scale_loss", _) => {
            message.help("leave it out: the training step is compiled with the program")
        }
        (_, Some(near)) => message.help(format!("write `{near}`")),
        _ => message.help("its arguments are `optimizer`, `loss`, `loss_weights` and `metrics`"),
    }
}
