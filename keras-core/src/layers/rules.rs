use crate::constraints::AnyConstraint;
use crate::regularizers::AnyRegularizer;

/// What holds for one of a layer's variables beside its gradient.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// What is added to the loss for it.
    pub regularizer: Option<AnyRegularizer>,
    /// What it is brought back to after each step.
    pub constraint: Option<AnyConstraint>,
}

impl Rules {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.regularizer.is_none() && self.constraint.is_none()
    }
}

/// In the place of a variable's number, what a layer makes: Keras' `activity_regularizer`.
pub const ACTIVITY: usize = usize::MAX;

/// The rules of a variable, of which the last are those of what the layer makes.
#[inline(always)]
pub(super) fn of(rules: &[Rules], variable: usize) -> Option<&Rules> {
    if variable == ACTIVITY { rules.last() } else { rules.get(variable) }
}

/// The methods that set the rules of a layer's variables; `rules` is an array of them.
macro_rules! rules {
    ($($variable:literal $number:literal $regularizer:ident $constraint:ident),*; activity $activity:literal) => {
        $crate::layers::rules::rules!($($variable $number $regularizer $constraint),*);

        /// With a penalty on what the layer makes, which is divided by the batch's size and added to the loss.
        #[must_use]
        pub fn activity_regularizer(mut self, regularizer: impl Into<$crate::regularizers::AnyRegularizer>) -> Self {
            self.rules[$activity].regularizer = Some(regularizer.into());
            self
        }
    };
    ($($variable:literal $number:literal $regularizer:ident $constraint:ident),*) => {$(
        #[doc = concat!("With a penalty on the ", $variable, ", which is added to the loss.")]
        #[must_use]
        pub fn $regularizer(mut self, regularizer: impl Into<$crate::regularizers::AnyRegularizer>) -> Self {
            self.rules[$number].regularizer = Some(regularizer.into());
            self
        }

        #[doc = concat!("With a constraint that the ", $variable, " is brought back to after each step.")]
        #[must_use]
        pub fn $constraint(mut self, constraint: impl Into<$crate::constraints::AnyConstraint>) -> Self {
            self.rules[$number].constraint = Some(constraint.into());
            self
        }
    )*};
}
pub(super) use rules;
