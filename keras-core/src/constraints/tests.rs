//! Parts of variables along any axes.

use super::*;

/// The lengths along an axis set, one part after the other, computed without the walks.
fn lengths(sizes: [usize; 4], along: [bool; 4], values: &[f64]) -> Vec<f64> {
    let mut sums = std::collections::BTreeMap::new();
    for (i, v) in values.iter().enumerate() {
        let mut rest = i;
        let mut key = [0; 4];
        for axis in (0..4).rev() {
            key[axis] = if along[axis] { 0 } else { rest % sizes[axis] };
            rest /= sizes[axis];
        }
        *sums.entry(key).or_insert(0.0) += v * v;
    }
    sums.values().map(|sum: &f64| sum.sqrt()).collect()
}

#[test]
fn every_part_has_length_one_along_any_axes() {
    let sizes = [2, 3, 4, 37];
    let start: Vec<f64> = (0..2 * 3 * 4 * 37).map(|i| f64::from(i * 7 % 101) - 49.5).collect();
    for set in 1..16_u32 {
        let along = core::array::from_fn(|axis| set >> axis & 1 == 1);
        let list: Vec<i32> = (0..4).filter(|axis| set >> axis & 1 == 1).collect();
        let norm = match *list {
            [a] => UnitNorm::default().axis(a),
            [a, b] => UnitNorm::default().axis([b, a]),
            [a, b, c] => UnitNorm::default().axis([a - 4, b - 4, c]),
            _ => UnitNorm::default().axis([0, 1, 2, 3]),
        };
        let mut values = start.clone();
        norm.project(Dims::new(sizes), &mut values).unwrap();
        for length in lengths(sizes, along, &values) {
            assert!((length - 1.0).abs() < 1e-6, "{list:?}: {length}");
        }
        assert!(values.iter().zip(&start).all(|(v, start)| v.signum() == start.signum()));
    }
}

#[test]
fn what_does_not_fit_is_said() {
    let mut values = [1.0_f32; 6];
    let mut said =
        |dims, axis: i32| MaxNorm::default().axis(axis).project(dims, &mut values).unwrap_err().to_string();
    assert_eq!(
        said(Dims::new([2, 3]), 2),
        "axis of MaxNorm: expected an axis of a variable of shape (2, 3), from -2 to 1, but found 2"
    );
    assert!(said(Dims::new([2, 3]), -3).contains("but found -3"));
    let none = "the variable of MaxNorm: expected axes to take a norm along, but found none";
    assert_eq!(said(Dims::new([]), 0), none);
    assert_eq!(said(Dims::new([7]), 0), "the variable of MaxNorm: expected 7 numbers, but found 6");
    assert_eq!(values, [1.0; 6]);
}
