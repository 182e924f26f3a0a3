use proc_macro2::{Span, TokenStream};

use super::size::Size;

/// Which layer it is, with what its type needs.
#[derive(Debug)]
pub enum Kind {
    /// One of the core's: its name, and the arguments of its type.
    BuiltIn(&'static str, Vec<TypeArgument>),
    /// The shape is the argument of its type.
    Reshape,
    /// A person's own.
    Own(TokenStream),
    /// A mistake was found; there is no type.
    Lost,
}

/// An argument of a built-in layer's type.
#[derive(Debug)]
pub enum TypeArgument {
    Size(Checked),
    /// Height and width of its size, strides and dilation.
    Window(Vec<Checked>),
    Activation(Activation),
    /// A word of the module `layers`, `Same`, perhaps in another one, `Strict<Same>`.
    Word(Option<&'static str>, &'static str, Span),
    Flag(TokenStream),
    /// A whole number, perhaps negative.
    Int(isize, Span),
}

/// A size in a layer's type. What const evaluation has to look at stands as a call in its place:
/// where that fails, the const argument itself fails, and the compiler adds nothing about the type.
#[derive(Debug)]
pub struct Checked {
    pub size: Size,
    /// The same for signatures, without the call.
    pub plain: Size,
}

/// An activation as a type argument.
#[derive(Clone, Debug)]
pub enum Activation {
    BuiltIn(&'static str, Span),
    Own(TokenStream),
}

impl Kind {
    /// Whether its type has words in it that are not built in, so that only the compiler can tell
    /// whether it is a layer.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Own(_)) || matches!(self.activation(), Some(Activation::Own(_)))
    }

    /// Whether it is one of the core's layers on images.
    pub fn takes_image(&self) -> bool {
        matches!(self, Self::BuiltIn(name, _) if is_on_images(name))
    }

    /// The activation that it ends with.
    pub fn activation(&self) -> Option<&Activation> {
        let Self::BuiltIn(_, arguments) = self else { return None };
        arguments.iter().find_map(|argument| match argument {
            TypeArgument::Activation(activation) => Some(activation),
            _ => None,
        })
    }

    /// Whether it is the built-in layer of that name.
    pub fn is(&self, layer: &str) -> bool {
        matches!(self, Self::BuiltIn(name, _) if *name == layer)
    }

    /// A built-in layer that must have the first `needed` arguments. Behind those, defaults at the end
    /// are left out.
    pub fn built_in(layer: &'static str, needed: usize, mut arguments: Vec<TypeArgument>) -> Self {
        while arguments.len() > needed && arguments.last().is_some_and(TypeArgument::is_default) {
            arguments.pop();
        }
        Self::BuiltIn(layer, arguments)
    }
}

/// Whether a built-in layer of that name works on images.
pub fn is_on_images(name: &str) -> bool {
    name.ends_with("2D")
}

impl TypeArgument {
    fn is_default(&self) -> bool {
        match self {
            // Groups.
            Self::Size(checked) => checked.size.number() == Some(1),
            Self::Window(_) => false,
            Self::Activation(activation) => matches!(activation, Activation::BuiltIn("Linear", _)),
            Self::Word(outer, word, _) => outer.is_none() && matches!(*word, "Valid" | "Nearest"),
            Self::Flag(tokens) => tokens.to_string() == "true",
            Self::Int(..) => false,
        }
    }
}

impl Checked {
    /// One that needs no look.
    pub fn plain(size: Size) -> Self {
        Self { plain: size.clone(), size }
    }
}
