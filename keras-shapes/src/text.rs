use crate::Dims;

const CAPACITY: usize = 2048;

/// A sentence put together in const evaluation, where `format!` cannot be used.
///
/// ```
/// use keras_shapes::Text;
/// const T: Text = Text::new("takes ").num(32).str(" inputs");
/// assert_eq!(T.as_str(), "takes 32 inputs");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Text {
    /// Begins a sentence.
    #[must_use]
    pub const fn new(s: &str) -> Self {
        Self { bytes: [0; CAPACITY], len: 0 }.str(s)
    }

    /// Adds words. What does not fit is cut at a character's end.
    #[must_use]
    pub const fn str(mut self, s: &str) -> Self {
        let s = s.as_bytes();
        let mut end = s.len();
        if self.len + end > CAPACITY {
            end = CAPACITY - self.len;
            while end > 0 && s[end] & 0xC0 == 0x80 {
                end -= 1;
            }
        }
        let mut i = 0;
        while i < end {
            self.bytes[self.len] = s[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Adds a number.
    #[must_use]
    pub const fn num(self, mut v: usize) -> Self {
        let mut digits = [0u8; 20];
        let mut i = digits.len();
        loop {
            i -= 1;
            digits[i] = b'0' + (v % 10) as u8;
            v /= 10;
            if v == 0 {
                break;
            }
        }
        match core::str::from_utf8(digits.split_at(i).1) {
            Ok(s) => self.str(s),
            Err(_) => self,
        }
    }

    /// Adds a number that may be negative.
    #[must_use]
    pub const fn int(self, v: isize) -> Self {
        let text = if v < 0 { self.str("-") } else { self };
        text.num(v.unsigned_abs())
    }

    /// Adds a number of things: `1 feature`, `2 features`.
    #[must_use]
    pub const fn count(self, v: usize, thing: &str) -> Self {
        let text = self.num(v).str(" ").str(thing);
        if v == 1 { text } else { text.str("s") }
    }

    /// Adds a shape, as `(28, 28, 1)`.
    #[must_use]
    pub const fn dims(self, dims: Dims) -> Self {
        let mut text = self.str("(");
        let mut i = 0;
        while i < dims.rank {
            if i > 0 {
                text = text.str(", ");
            }
            text = text.num(dims.d[i]);
            i += 1;
        }
        text.str(")")
    }

    /// The sentence.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(s) => s,
            Err(_) => "",
        }
    }
}
