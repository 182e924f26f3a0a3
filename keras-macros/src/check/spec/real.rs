use keras_shapes::{Text, epsilon_fault, factor_fault, momentum_fault, rate_fault};

/// A number that need not be whole, and what it is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Real {
    Rate,
    Momentum,
    Epsilon,
    Factor,
}

impl Real {
    pub fn describe(self) -> &'static str {
        match self {
            Self::Rate => "a rate from 0.0 to 1.0",
            Self::Momentum => "a number from 0.0 to 1.0",
            Self::Epsilon => "a small number",
            Self::Factor => "a number of at least 0.0",
        }
    }

    /// What is wrong with a number.
    pub fn fault(self, who: &str, number: f64) -> Option<Text> {
        match self {
            Self::Rate => rate_fault(who, number),
            Self::Momentum => momentum_fault(who, number),
            Self::Epsilon => epsilon_fault(who, number),
            Self::Factor => factor_fault(who, number),
        }
    }

    /// What to write instead.
    pub fn help(self, number: f64) -> String {
        match self {
            // Ten per cent are often meant by 10.
            Self::Rate if (2.0..100.0).contains(&number) => {
                format!("write `{}` for {number} %", number / 100.0)
            }
            Self::Rate => "write `0.5`, say".into(),
            Self::Momentum => "write `0.99`, say".into(),
            Self::Epsilon => "write `1e-3`, say".into(),
            Self::Factor => "write `0.01`, say".into(),
        }
    }

    /// The core's const function that looks at it.
    pub fn ask(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Momentum => "momentum",
            Self::Epsilon => "epsilon",
            Self::Factor => "factor",
        }
    }
}
