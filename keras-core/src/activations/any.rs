use super::{
    Activate, Celu, Elu, Exponential, Gelu, HardShrink, HardSigmoid, HardSilu, HardTanh, KerasSparsemax,
    LeakyRelu, Linear, LogSigmoid, LogSoftmax, Mish, RectifiedLinear, Relu, Relu6, Selu, Sigmoid, Silu,
    SoftShrink, Softmax, Softplus, Softsign, SparsePlus, SparseSigmoid, Sparsemax, Squareplus, Tanh,
    TanhShrink, Threshold,
};
use crate::element::Element;
use crate::names::by_name;

#[cfg(feature = "serde")]
mod config;

macro_rules! any_activation {
    ($($name:ident)*) => {
        /// Any activation, chosen when the program runs: by its name, as Keras' `activations.get` does, with
        /// its defaults.
        ///
        /// In a model it stands where an activation does, with the value that it has, which is computed
        /// whenever a model is made: `Dense<_, 64, AnyActivation::from(chosen())>`. It works row by row, and
        /// keeps the input for the way back, whatever it is: where the activation is known when the program
        /// is written, its own type is faster.
        ///
        /// `"sparsemax"` is what Keras documents, [`Sparsemax`]; what it computes is `"keras_sparsemax"`.
        ///
        /// ```
        /// use keras_core::activations::AnyActivation;
        /// use keras_core::prelude::*;
        ///
        /// fn chosen() -> AnyActivation {
        ///     let word = std::env::var("ACTIVATION").unwrap_or("leaky_relu".into());
        ///     word.parse().unwrap_or_default()
        /// }
        /// sequential! { struct Net< Dense<2, 3, AnyActivation::from(chosen())>, Dense<_, 1> > }
        /// let y = Net::<Cpu>::new(1).predict(&[[1.0, 2.0]])?;
        /// sequential! { struct Same< Dense<2, 3, LeakyRelu>, Dense<_, 1> > }
        /// assert_eq!(y.as_slice(), Same::<Cpu>::new(1).predict(&[[1.0, 2.0]])?.as_slice());
        ///
        /// let said = "leaky_rely".parse::<AnyActivation>().unwrap_err().to_string();
        /// assert_eq!(said, "activation: expected the name of one, such as `leaky_relu`, but found `leaky_rely`");
        /// # keras_core::Result::Ok(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum AnyActivation {
            $(#[doc = concat!("[`", stringify!($name), "`]")] $name($name),)*
        }

        $(impl From<$name> for AnyActivation {
            fn from(activation: $name) -> Self {
                Self::$name(activation)
            }
        })*

        by_name!(AnyActivation, ACTIVATIONS, $($name)*);

        #[cfg(feature = "serde")]
        impl AnyActivation {
            /// Its name, where it has its defaults.
            fn name(&self) -> Option<&'static str> {
                let named = |class: &str| {
                    let known = keras_shapes::names::ACTIVATIONS.all.iter().find(|name| name.class == class);
                    known.map(|name| name.name)
                };
                match self {
                    $(Self::$name(activation) if *activation == $name::default() => named(stringify!($name)),)*
                    _ => None,
                }
            }
        }

        impl Activate for AnyActivation {
            const ELEMENTWISE: bool = false;
            const NEEDS_INPUT: bool = true;
            #[inline(always)]
            fn forward<E: Element>(&self, row: &mut [E]) {
                match self { $(Self::$name(activation) => activation.forward(row),)* }
            }
            #[inline(always)]
            fn backward<E: Element>(&self, x: &[E], y: &[E], d: &mut [E]) {
                match self { $(Self::$name(activation) => activation.backward(x, y, d),)* }
            }
        }
    };
}
any_activation! {
    Linear Relu Relu6 LeakyRelu Elu Celu Selu Gelu Silu Mish Sigmoid HardSigmoid HardSilu HardTanh HardShrink SoftShrink TanhShrink Tanh Softmax LogSoftmax LogSigmoid Sparsemax SparsePlus SparseSigmoid Softplus Softsign Squareplus Exponential Threshold RectifiedLinear KerasSparsemax
}

/// The linear one, as Keras takes `None`.
impl Default for AnyActivation {
    fn default() -> Self {
        Self::Linear(Linear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_table_is_one() {
        for name in keras_shapes::names::ACTIVATIONS.all {
            for spelling in name.spellings() {
                let any: AnyActivation = spelling.parse().unwrap();
                assert!(format!("{any:?}").starts_with(&format!("{}(", name.class)), "{spelling}: {any:?}");
            }
        }
    }

    fn same<A: Activate + Into<AnyActivation>>(activation: A) {
        let x = [-2.0_f64, 0.25, 0.75, 3.0];
        let (mut y, mut d) = (x, [1.0, -1.0, 0.5, 2.0]);
        let (mut any_y, mut any_d) = (y, d);
        activation.forward(&mut y);
        activation.backward(&x, &y, &mut d);
        let any: AnyActivation = activation.into();
        any.forward(&mut any_y);
        any.backward(&x, &any_y, &mut any_d);
        assert_eq!((any_y, any_d), (y, d), "{any:?}");
    }

    #[test]
    fn it_is_the_activation_inside() {
        same(Linear);
        same(Relu);
        same(Gelu::approximate());
        same(LeakyRelu::new(0.5));
        same(Softmax);
        same(LogSoftmax);
        same(Threshold::new(0.5, -1.0));
    }
}
