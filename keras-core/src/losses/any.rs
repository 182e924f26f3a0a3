#[cfg(feature = "serde")]
use super::logits::of_logits;
use super::{
    Axes, BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalGeneralizedCrossEntropy, CategoricalHinge, Classes, CosineSimilarity, Dice, Hinge, Huber,
    KLDivergence, LogCosh, Logits, Loss, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, Reduction, RowLoss, SparseCategoricalCrossentropy, SquaredHinge,
    Tversky,
};
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::names::{find, unfit};
use crate::shape::{Ints, Shape};

macro_rules! any_loss {
    (
        $(#[$doc:meta])* $any:ident ($unfit:literal);
        rows [$($row:tt)*] $row_target:ty, $scalar:ty;
        losses [$($generics:tt)*] $out:ty => $target:ty;
        by name { $($named:ident)* }
        of logits { $($variant:ident: $of:ident;)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $any {
            $(#[doc = concat!("[`", stringify!($named), "`]")] $named($named),)*
            $(#[doc = concat!("[`", stringify!($of), "`] of logits")] $variant($of<Logits>),)*
        }

        $(impl From<$named> for $any {
            fn from(loss: $named) -> Self {
                Self::$named(loss)
            }
        })*
        $(impl From<$of<Logits>> for $any {
            fn from(loss: $of<Logits>) -> Self {
                Self::$variant(loss)
            }
        })*

        #[cfg(feature = "serde")]
        impl $any {
            fn object(&self) -> Result<serde_json::Value> {
                match self {
                    $(Self::$named(loss) => crate::config::object(loss),)*
                    $(Self::$variant(loss) => crate::config::object(loss),)*
                }
            }
        }

        #[cfg(feature = "serde")]
        crate::config::any_configured! {
            $any, LOSSES, |this| this.object();
            $($of if of_logits => $of<Logits>;)*
            $($named => $named;)*
        }

        impl core::str::FromStr for $any {
            type Err = Error;

            fn from_str(word: &str) -> Result<Self> {
                let found = find(keras_shapes::names::LOSSES, word)?;
                $(if found.class == stringify!($named) {
                    return Ok(Self::$named($named::default()));
                })*
                Err(unfit(keras_shapes::names::LOSSES, word, $unfit))
            }
        }

        impl<$($row)*> RowLoss<$row_target> for $any {
            #[inline(always)]
            fn row<E: Element>(&self, y_true: &[$scalar], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
                match self {
                    $(Self::$named(loss) => RowLoss::<$row_target>::row(loss, y_true, y_pred, gradient),)*
                    $(Self::$variant(loss) => RowLoss::<$row_target>::row(loss, y_true, y_pred, gradient),)*
                }
            }
            #[inline(always)]
            fn counts<E: Element>(&self, y_true: &[$scalar]) -> bool {
                match self {
                    $(Self::$named(loss) => RowLoss::<$row_target>::counts::<E>(loss, y_true),)*
                    $(Self::$variant(loss) => RowLoss::<$row_target>::counts::<E>(loss, y_true),)*
                }
            }
        }

        // An error should name the losses that there are, not the one that is any of them.
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Loss<$out> for $any {
            type Target = $target;
            const NAME: &'static str = "loss";

            fn reduction(&self) -> Reduction {
                match self { $(Self::$named(loss) => Loss::<$out>::reduction(loss),)*
                    $(Self::$variant(loss) => Loss::<$out>::reduction(loss),)* }
            }
            fn axes(&self) -> Axes {
                match self { $(Self::$named(loss) => Loss::<$out>::axes(loss),)*
                    $(Self::$variant(loss) => Loss::<$out>::axes(loss),)* }
            }
            fn check_target<E: Element>(&self, y_true: &Rows<'_, $scalar>) -> Result<()> {
                match self { $(Self::$named(loss) => Loss::<$out>::check_target::<E>(loss, y_true),)*
                    $(Self::$variant(loss) => Loss::<$out>::check_target::<E>(loss, y_true),)* }
            }
        }
    };
}

any_loss! {
    /// Any loss whose targets have the shape of the output, chosen when the program runs: by its name, as
    /// Keras' `losses.get` does, with its defaults.
    ///
    /// Losses of class numbers have targets of another type: those are [`AnySparseLoss`]. `CTC` and `Circle`,
    /// whose types depend on the output, are chosen when the program is written.
    ///
    /// ```
    /// use keras_core::losses::AnyLoss;
    /// use keras_core::prelude::*;
    ///
    /// sequential! { struct Net< Dense<2, 1> > }
    /// let loss: AnyLoss = "huber".parse()?;
    /// assert_eq!(loss, Huber::default().into());
    /// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), loss, ());
    /// net.fit(&[[0.0, 1.0]], &[[1.0]], Fit::epochs(2).verbose(Verbose::Silent))?;
    ///
    /// let said = "sparse_categorical_crossentropy".parse::<AnyLoss>().unwrap_err().to_string();
    /// assert!(said.contains("`AnySparseLoss`"));
    /// # keras_core::Result::Ok(())
    /// ```
    AnyLoss ("a loss whose targets have the shape of the output; those of class numbers are `AnySparseLoss`, `CTC` and `Circle` types of their own");
    rows [S: Shape] S, E;
    losses [S: Shape] S => S;
    by name {
        MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError BinaryCrossentropy CategoricalCrossentropy BinaryFocalCrossentropy CategoricalFocalCrossentropy KLDivergence Poisson CosineSimilarity LogCosh Huber Hinge SquaredHinge CategoricalHinge Dice Tversky
    }
    of logits {
        BinaryCrossentropyOfLogits: BinaryCrossentropy;
        CategoricalCrossentropyOfLogits: CategoricalCrossentropy;
        BinaryFocalCrossentropyOfLogits: BinaryFocalCrossentropy;
        CategoricalFocalCrossentropyOfLogits: CategoricalFocalCrossentropy;
    }
}

any_loss! {
    /// Any loss of class numbers, chosen when the program runs, as [`AnyLoss`] is.
    ///
    /// ```
    /// use keras_core::losses::AnySparseLoss;
    /// use keras_core::prelude::*;
    ///
    /// sequential! { struct Net< Dense<2, 3, Softmax> > }
    /// let loss: AnySparseLoss = "sparse_categorical_crossentropy".parse()?;
    /// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), loss, ());
    /// net.fit(&[[0.0, 1.0]], &[2_u8], Fit::epochs(2).verbose(Verbose::Silent))?;
    /// # keras_core::Result::Ok(())
    /// ```
    AnySparseLoss ("a loss of class numbers; those whose targets have the shape of the output are `AnyLoss`");
    rows [T: Shape] Ints<T>, i32;
    losses [S: Classes] S => Ints<S::Numbers>;
    by name {
        SparseCategoricalCrossentropy CategoricalGeneralizedCrossEntropy
    }
    of logits {
        SparseCategoricalCrossentropyOfLogits: SparseCategoricalCrossentropy;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Rank1;

    #[test]
    fn every_name_of_the_table_is_of_one_of_the_two() {
        for name in keras_shapes::names::LOSSES.all.iter().filter(|name| name.usage.is_none()) {
            let any = name.name.parse::<AnyLoss>().map(|loss| format!("{loss:?}"));
            let sparse = name.class.parse::<AnySparseLoss>().map(|loss| format!("{loss:?}"));
            match name.class {
                "Circle" => assert!(any.is_err() && sparse.is_err()),
                class => {
                    assert!(any.is_ok() != sparse.is_ok(), "{class}");
                    assert!(any.or(sparse).unwrap().starts_with(class));
                }
            }
        }
        let said = "mss".parse::<AnyLoss>().unwrap_err().to_string();
        assert_eq!(said, "loss: expected the name of one, such as `mse`, but found `mss`");
    }

    #[test]
    fn it_is_the_loss_inside() {
        let (y_true, y_pred) = ([[0.0_f32, 1.0]], [[0.5_f32, 3.0]]);
        let of = |loss: AnyLoss| Loss::<Rank1<2>>::value(&loss, &y_true, &y_pred).unwrap();
        assert_eq!(of(MeanAbsoluteError::default().into()), 1.25);
        assert_eq!(of(MeanSquaredError::default().with_reduction(Reduction::Sum).into()), 2.125);
        let dice = Loss::<Rank1<2>>::value(&Dice::default(), &y_true, &y_pred).unwrap();
        assert_eq!(of(Dice::default().into()), dice);
        let logits = BinaryCrossentropy::from_logits();
        assert_eq!(of(logits.into()), Loss::<Rank1<2>>::value(&logits, &y_true, &y_pred).unwrap());
    }
}
