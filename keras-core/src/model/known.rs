use core::fmt;

/// The numbers that stand behind names and expressions in a layer's words, by those: `UNITS` in
/// `Dense<_, UNITS>`. They follow from the words, so two of these are never different.
#[derive(Clone, Copy)]
pub struct Known(fn(&mut dyn FnMut(&'static str, f64)));

impl Known {
    /// None.
    pub const NONE: Self = Self(|_| {});

    /// Those that the function gives out.
    #[must_use]
    pub const fn new(all: fn(&mut dyn FnMut(&'static str, f64))) -> Self {
        Self(all)
    }

    /// Goes over all of them.
    pub fn each(&self, mut each: impl FnMut(&'static str, f64)) {
        (self.0)(&mut each);
    }
}

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Known {}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_map();
        self.each(|name, number| {
            all.entry(&name, &number);
        });
        all.finish()
    }
}

/// What may stand where a layer is given a number.
pub trait Number {
    /// The number; of a flag 1 or 0.
    fn number(self) -> f64;
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn number(self) -> f64 {
                self as f64
            }
        }
    )*};
}
numbers!(usize, isize, u64, i64, u32, i32, f64, f32);

impl Number for bool {
    fn number(self) -> f64 {
        f64::from(self)
    }
}
