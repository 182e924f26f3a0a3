use keras_shapes::Dims;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};

use super::chain::{Chain, Shape, Value};
use super::walk;
use crate::parse::{Argument, Layer};

/// Where a layer stands, and what comes in.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub layer: &'a Layer,
    pub chain: &'a Chain,
    /// What comes in.
    pub inputs: &'a [Value],
    /// What messages call it, and the walk of shapes.
    pub who: &'a str,
    pub mark: &'a str,
}

impl Site<'_> {
    /// The value that it makes.
    pub fn number(&self) -> Value {
        self.chain.inputs.len() + self.chain.nodes.len()
    }

    /// The first of what comes in.
    pub fn input(&self) -> Value {
        self.inputs[0]
    }

    /// Whether this is a graph, where values have names.
    pub fn in_graph(&self) -> bool {
        self.chain.is_graph()
    }

    /// The layer as written.
    pub fn title(&self) -> String {
        self.layer.show()
    }

    /// What messages call it.
    pub fn who(&self) -> String {
        self.who.to_owned()
    }

    /// The same with its title, for messages without a walk.
    pub fn who_in_full(&self) -> String {
        self.chain.in_full(self.who, &self.title())
    }

    /// What messages call the layer before.
    pub fn before(&self) -> String {
        self.chain.who(self.input())
    }

    /// The shape of what comes in.
    pub fn from(&self) -> &Shape {
        self.chain.shape(self.input())
    }

    pub fn known(&self) -> Option<Dims> {
        self.from().known()
    }

    /// The name under which a shape rule finds the sizes of what comes in.
    pub fn local(&self) -> Ident {
        local(self.input())
    }

    /// The const with the sizes of what comes in.
    pub fn dims(&self) -> Ident {
        format_ident!("__keras_D{}", self.input())
    }

    /// Where to point at the layer.
    pub fn span(&self) -> Span {
        self.layer.word.span()
    }

    /// The shapes on the way here; this layer `wants` another one than it gets.
    pub fn walk(&self, wants: &str) -> String {
        walk::text(self, wants)
    }

    /// The layer with another first size, which is called `what`.
    pub fn rewritten(&self, what: &str, first: &str) -> String {
        self.rewritten_both(what, first, None)
    }

    /// The same, perhaps with another second size, too.
    pub fn rewritten_both(&self, what: &str, first: &str, second: Option<&str>) -> String {
        let word = &self.layer.word;
        let mut sizes = [Some(first), second].into_iter();
        let arguments: Vec<String> = word
            .arguments
            .iter()
            .map(|argument| match argument {
                Argument::Positional(_) => {
                    sizes.next().flatten().map_or_else(|| argument.show(), str::to_owned)
                }
                Argument::Named(name, _) if name == what => format!("{what} = {first}"),
                Argument::Named(..) => argument.show(),
            })
            .collect();
        format!("{}<{}>", word.name(), arguments.join(", "))
    }

    /// A call of one of the core's const functions, pointing at `span` when it fails. It is given
    /// what messages call the two layers, the sizes `from` of what comes in, and the walk.
    pub fn ask(&self, span: Span, function: &str, from: &Ident, arguments: &TokenStream) -> TokenStream {
        let function = Ident::new(function, span);
        let (who, before, walk) = (self.who(), self.before(), walk::tokens(self));
        quote_spanned!(span=> ::keras_core::__private::#function(#who, #before, #from, #walk, #arguments))
    }
}

/// The name of a shape inside a table of shapes; see the expansion.
pub fn local(index: usize) -> Ident {
    format_ident!("__keras_d{index}")
}
