//! Memory that a loss needs for a moment, allocated by each thread once.

use core::any::Any;
use core::cell::RefCell;
use core::ops::{Deref, DerefMut};

use crate::element::Scalar;

thread_local! {
    /// What is not in use.
    static FREE: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

struct Numbers<T>(Vec<T>);

/// Some numbers; they go back to the thread at the end.
pub struct Room<T: Scalar> {
    numbers: Option<Box<Numbers<T>>>,
    len: usize,
}

impl<T: Scalar> Room<T> {
    /// Room for `len` numbers, with anything in them.
    pub fn new(len: usize) -> Self {
        let free = FREE.with_borrow_mut(|free| {
            let at = free.iter().position(|room| room.is::<Numbers<T>>())?;
            free.swap_remove(at).downcast::<Numbers<T>>().ok()
        });
        let mut numbers = free.unwrap_or_else(|| Box::new(Numbers(Vec::new())));
        if numbers.0.len() < len {
            numbers.0.resize(len, T::default());
        }
        Self { numbers: Some(numbers), len }
    }
}

impl<T: Scalar> Deref for Room<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.numbers.as_ref().map_or(&[], |numbers| &numbers.0[..self.len])
    }
}

impl<T: Scalar> DerefMut for Room<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.numbers.as_mut().map_or(&mut [], |numbers| &mut numbers.0[..self.len])
    }
}

impl<T: Scalar> Drop for Room<T> {
    fn drop(&mut self) {
        if let Some(numbers) = self.numbers.take() {
            // A thread that ends has no place to keep it in.
            let _ = FREE.try_with(|free| free.borrow_mut().push(numbers));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_and_it_is_used_again() {
        let mut a = Room::<f32>::new(3);
        let b = Room::<f32>::new(2);
        a.fill(1.0);
        assert_eq!((&*a, &*b), (&[1.0; 3][..], &[0.0; 2][..]));
        let place = a.as_ptr();
        drop(b);
        drop(a);
        let again = [Room::<f32>::new(1), Room::<f32>::new(1)];
        assert!(again.iter().any(|room| room.as_ptr() == place));
        assert!(Room::<i32>::new(0).is_empty());
    }
}
