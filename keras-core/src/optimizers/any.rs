use std::str::FromStr;

use super::{
    Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, Buffers, Ftrl, Lamb, Lion, MAX_SLOTS, Muon, Nadam,
    Optimizer, Options, RMSprop, SGD, ScheduleFreeAdamW, Start, Update, Weight,
};
use crate::backend::Backend;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Dims;

macro_rules! any {
    ($($name:ident)*) => {
        /// Any optimizer, chosen when the program runs: by its name, as Keras' `optimizers.get` does.
        ///
        /// Names are Keras', whatever their case and with or without underscores; the optimizer has
        /// its defaults.
        ///
        /// ```
        /// use keras_core::prelude::*;
        /// let mut optimizer: AnyOptimizer = "rmsprop".parse()?;
        /// optimizer.set_learning_rate(0.01)?;
        /// assert_eq!(optimizer, RMSprop::new(0.01).into());
        /// assert_eq!(
        ///     "adma".parse::<AnyOptimizer>().unwrap_err().to_string(),
        ///     "optimizer: expected the name of one, such as `adam`, but found `adma`"
        /// );
        /// # Ok::<(), keras_core::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "there is one of it in a model")]
        #[non_exhaustive]
        pub enum AnyOptimizer {
            $(#[doc = concat!("[`", stringify!($name), "`]")] $name($name),)*
        }

        /// One step of [`AnyOptimizer`].
        #[derive(Clone, Copy, Debug)]
        #[allow(clippy::large_enum_variant, reason = "there is one of it in a step")]
        pub enum AnyStep {
            $(#[doc = concat!("One of [`", stringify!($name), "`]")] $name(<$name as Optimizer>::Update),)*
        }

        $(impl From<$name> for AnyOptimizer {
            fn from(optimizer: $name) -> Self {
                Self::$name(optimizer)
            }
        })*

        impl AnyOptimizer {
            /// All names that it knows.
            pub const NAMES: &'static [&'static str] = &[$($name::NAME),*];
        }

        impl FromStr for AnyOptimizer {
            type Err = Error;

            fn from_str(name: &str) -> Result<Self> {
                let word = folded(name);
                $(if word == $name::NAME {
                    return Ok(Self::$name($name::default()));
                })*
                let expected = format!("the name of one, such as `{}`", nearest(&word, Self::NAMES));
                Err(Error::argument("optimizer", expected, format!("`{name}`")))
            }
        }

        impl Update for AnyStep {
            #[inline(always)]
            fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
                match self {
                    $(Self::$name(step) => step.apply(p, g, slots),)*
                }
            }
            fn weight<B: Backend>(&self, device: &B, weight: &Weight, of: Buffers<'_, B>) {
                match self {
                    $(Self::$name(step) => step.weight(device, weight, of),)*
                }
            }
        }

        impl Optimizer for AnyOptimizer {
            type Update = AnyStep;
            const NAME: &'static str = "optimizer";

            fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => $name::NAME,)* }
            }
            fn slot_names(&self) -> &'static [&'static str] {
                match self { $(Self::$name(optimizer) => optimizer.slot_names(),)* }
            }
            fn step(&self, iteration: u64) -> AnyStep {
                match self { $(Self::$name(optimizer) => AnyStep::$name(optimizer.step(iteration)),)* }
            }
            fn options(&self) -> &Options {
                match self { $(Self::$name(optimizer) => optimizer.options(),)* }
            }
            fn options_mut(&mut self) -> &mut Options {
                match self { $(Self::$name(optimizer) => optimizer.options_mut(),)* }
            }
            fn slot_start(&self, slot: usize) -> Start {
                match self { $(Self::$name(optimizer) => optimizer.slot_start(slot),)* }
            }
            fn by_weight(&self) -> bool {
                match self { $(Self::$name(optimizer) => optimizer.by_weight(),)* }
            }
            fn slot_dims(&self, slot: usize, weight: &Weight) -> Dims {
                match self { $(Self::$name(optimizer) => optimizer.slot_dims(slot, weight),)* }
            }
            fn scratch(&self, weight: &Weight) -> usize {
                match self { $(Self::$name(optimizer) => optimizer.scratch(weight),)* }
            }
            fn without_weight_decay(&self) -> Self {
                match self { $(Self::$name(optimizer) => Self::$name(optimizer.without_weight_decay()),)* }
            }
            fn check(&self) -> Result<()> {
                match self { $(Self::$name(optimizer) => optimizer.check(),)* }
            }
        }
    };
}
any!(SGD RMSprop Adam AdamW Adadelta Adagrad Adamax Adafactor Nadam Ftrl Lion Lamb Muon ScheduleFreeAdamW);

/// Lower case, without underscores.
fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// The word that is the fewest slips away.
fn nearest<'a>(word: &str, known: &[&'a str]) -> &'a str {
    known.iter().copied().min_by_key(|known| slips(word, known)).unwrap_or("adam")
}

/// How many letters must be added, taken away or changed.
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_keras_spellings() {
        for name in AnyOptimizer::NAMES {
            assert_eq!(name.parse::<AnyOptimizer>().unwrap().name(), *name);
        }
        for (name, same) in [("SGD", "sgd"), ("AdamW", "adamw"), ("adam_w", "adamw"), ("RMSprop", "rmsprop")]
        {
            assert_eq!(name.parse::<AnyOptimizer>().unwrap().name(), same);
        }
        let default: AnyOptimizer = "schedule_free_adam_w".parse().unwrap();
        assert_eq!(default, ScheduleFreeAdamW::default().into());
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        for (word, known) in [("adagard", "adagrad"), ("nadm", "nadam"), ("rms", "sgd"), ("moun", "muon")] {
            assert_eq!(nearest(word, AnyOptimizer::NAMES), known, "{word}");
        }
    }
}
