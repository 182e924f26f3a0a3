use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Result};
use syn::{Error, Lit, Token};

/// A number, perhaps negative.
#[derive(Debug)]
pub struct Number {
    minus: Option<Token![-]>,
    pub literal: Lit,
}

impl Parse for Number {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let minus = input.parse()?;
        let literal: Lit = input.parse()?;
        match literal {
            Lit::Int(_) | Lit::Float(_) => Ok(Self { minus, literal }),
            other => Err(Error::new(other.span(), "expected a number")),
        }
    }
}

impl Number {
    pub fn show(&self) -> String {
        format!("{}{}", if self.minus.is_some() { "-" } else { "" }, self.literal.to_token_stream())
    }

    /// The number as a size, if it can be one.
    pub fn size(&self) -> Option<usize> {
        match &self.literal {
            Lit::Int(int) if self.minus.is_none() && matches!(int.suffix(), "" | "usize") => {
                int.base10_parse().ok()
            }
            _ => None,
        }
    }

    /// The number as a whole one, perhaps negative.
    pub fn int(&self) -> Option<isize> {
        let Lit::Int(int) = &self.literal else { return None };
        let number: isize = int.base10_parse().ok()?;
        Some(if self.minus.is_some() { -number } else { number })
    }

    /// What to write for a number that cannot be a size: `100` for `-100` and `100.0`.
    pub fn size_help(&self) -> String {
        let meant = self.float().map_or(f64::NAN, f64::abs);
        if meant >= 1e15 {
            "write a smaller number".into()
        } else if meant >= 1.0 && meant.fract() == 0.0 {
            format!("write `{meant}`")
        } else {
            "write a whole number, 1 or more".into()
        }
    }

    pub fn float(&self) -> Option<f64> {
        let number: f64 = match &self.literal {
            Lit::Int(int) => int.base10_digits().parse().ok()?,
            Lit::Float(float) => float.base10_parse().ok()?,
            _ => return None,
        };
        Some(if self.minus.is_some() { -number } else { number })
    }

    /// The number as a float literal, however it was written.
    pub fn float_tokens(&self) -> TokenStream {
        let span = self.literal.span();
        let mut literal = proc_macro2::Literal::f64_unsuffixed(self.float().unwrap_or(0.0).abs());
        literal.set_span(span);
        let minus = &self.minus;
        quote!(#minus #literal)
    }
}

impl ToTokens for Number {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.minus.to_tokens(tokens);
        self.literal.to_tokens(tokens);
    }
}
