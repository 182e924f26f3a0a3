use crate::model::node::LayerInfo;

const LONGEST: usize = 120;

/// The name of a model's layer in another: `encoder/dense`.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Label {
    const fn with(mut self, s: &str) -> Self {
        let s = s.as_bytes();
        let mut i = 0;
        while i < s.len() {
            if self.len == LONGEST {
                panic!("the names of models in models, one after the other, are too long");
            }
            self.bytes[self.len] = s[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(s) => s,
            Err(_) => panic!("names are whole"),
        }
    }
}

/// The names of a block's layers in a model that calls it `name`.
#[must_use]
pub const fn labels<const N: usize>(name: &str, layers: &[LayerInfo]) -> [Label; N] {
    let outer = Label { bytes: [0; LONGEST], len: 0 }.with(name);
    let mut labels = [outer; N];
    let mut i = 0;
    while i < N {
        if !layers[i].name.is_empty() {
            labels[i] = outer.with("/").with(layers[i].name);
        }
        i += 1;
    }
    labels
}
