use std::str::FromStr;

use keras_shapes::names::OPTIMIZERS;

use super::{
    Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, Buffers, Ftrl, Lamb, Lion, MAX_SLOTS, Muon, Nadam,
    Optimizer, Options, RMSprop, SGD, ScheduleFreeAdamW, Start, Update, Weight,
};
use crate::backend::Backend;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::names::{find, unknown};
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

            #[cfg(feature = "serde")]
            fn object(&self) -> Result<serde_json::Value> {
                match self { $(Self::$name(optimizer) => crate::config::object(optimizer),)* }
            }
        }

        impl FromStr for AnyOptimizer {
            type Err = Error;

            fn from_str(name: &str) -> Result<Self> {
                let found = find(OPTIMIZERS, name)?;
                $(if found.class == stringify!($name) {
                    return Ok(Self::$name($name::default()));
                })*
                Err(unknown(OPTIMIZERS, name))
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

#[cfg(feature = "serde")]
crate::config::any_configured! {
    AnyOptimizer, OPTIMIZERS, |this| this.object();
    SGD => SGD;
    RMSprop => RMSprop;
    Adam => Adam;
    AdamW => AdamW;
    Adadelta => Adadelta;
    Adagrad => Adagrad;
    Adamax => Adamax;
    Adafactor => Adafactor;
    Nadam => Nadam;
    Ftrl => Ftrl;
    Lion => Lion;
    Lamb => Lamb;
    Muon => Muon;
    ScheduleFreeAdamW => ScheduleFreeAdamW;
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
    fn the_table_names_all_of_them() {
        for name in OPTIMIZERS.all.iter().filter(|name| name.usage.is_none()) {
            assert!(AnyOptimizer::NAMES.contains(&name.name), "{}", name.name);
            assert_eq!(name.class.parse::<AnyOptimizer>().unwrap().name(), name.name);
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        for (word, known) in [("adagard", "adagrad"), ("nadm", "nadam"), ("moun", "muon"), ("Addam", "Adam")]
        {
            let said = word.parse::<AnyOptimizer>().unwrap_err().to_string();
            assert!(said.contains(&format!("such as `{known}`")), "{said}");
        }
        let said = "gradient descent".parse::<AnyOptimizer>().unwrap_err().to_string();
        assert!(said.contains("the name of one: sgd, rmsprop, adam"), "{said}");
        let said = "LossScaleOptimizer".parse::<AnyOptimizer>().unwrap_err().to_string();
        assert!(said.contains("needs no arguments"), "{said}");
    }
}
