use ndarray::Array2;

use crate::error::{Error, Result};

/// Class numbers as rows of zeros with a one at the class: Keras' `to_categorical`.
///
/// Takes an array, a vector or a slice of any integers.
///
/// # Errors
/// [`Error::Class`] for a class number below 0 or not below `classes`; [`Error::Argument`] if
/// `classes` is 0.
///
/// ```
/// use keras_core::data::one_hot;
/// use keras_core::ndarray::array;
///
/// let y = one_hot(&array![2, 0], 3)?;
/// assert_eq!(y, array![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
/// assert!(one_hot(&[3u8], 3).is_err());
/// # Ok::<(), keras_core::Error>(())
/// ```
#[doc(alias = "to_categorical")]
pub fn one_hot<'a, T, I>(y: I, classes: usize) -> Result<Array2<f32>>
where
    T: Copy + TryInto<i64> + 'a,
    I: IntoIterator<Item = &'a T>,
{
    if classes == 0 {
        return Err(Error::argument("classes", "at least 1", classes));
    }
    let mut numbers = Vec::new();
    for (sample, &class) in y.into_iter().enumerate() {
        // Only a u64, u128 or i128 beyond every i64 fails, and that is out of range all the more.
        let class = class.try_into().unwrap_or(i64::MAX);
        match usize::try_from(class) {
            Ok(number) if number < classes => numbers.push(number),
            _ => return Err(Error::Class { name: "y".into(), sample, class, classes }),
        }
    }
    let mut rows = Array2::zeros((numbers.len(), classes));
    for (mut row, number) in rows.outer_iter_mut().zip(numbers) {
        row[number] = 1.0;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, array};

    use super::*;

    #[test]
    fn any_integers() {
        let expected = array![[0.0, 1.0], [1.0, 0.0]];
        assert_eq!(one_hot(&array![1usize, 0], 2).unwrap(), expected);
        assert_eq!(one_hot(array![1u8, 0].view().iter(), 2).unwrap(), expected);
        assert_eq!(one_hot(&vec![1i64, 0], 2).unwrap(), expected);
        assert_eq!(one_hot(&[1u64, 0], 2).unwrap(), expected);
        assert_eq!(one_hot(&Array1::<i32>::zeros(0), 2).unwrap().dim(), (0, 2));
    }

    #[test]
    fn out_of_range() {
        let said = |error: Error| error.to_string();
        assert_eq!(
            said(one_hot(&[0, 1, 2], 2).unwrap_err()),
            "y: sample 2 is of class 2, but the classes are 0 to 1"
        );
        assert_eq!(
            said(one_hot(&[0, -1], 2).unwrap_err()),
            "y: sample 1 is of class -1, but the classes are 0 to 1"
        );
        assert!(matches!(one_hot(&[u64::MAX], 2), Err(Error::Class { class: i64::MAX, .. })));
        assert!(matches!(one_hot(&[0], 0), Err(Error::Argument { .. })));
    }
}
