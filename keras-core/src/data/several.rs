//! Data of several values: a tuple of what there is for each.

use super::rows::Rows;
use super::source::Data;
use crate::backend::Backend;
use crate::error::Result;
use crate::shape::Value;

/// What messages call one of several values.
fn part(name: &'static str, i: usize) -> &'static str {
    const X: [&str; 8] = ["x.0", "x.1", "x.2", "x.3", "x.4", "x.5", "x.6", "x.7"];
    const Y: [&str; 8] = ["y.0", "y.1", "y.2", "y.3", "y.4", "y.5", "y.6", "y.7"];
    const VALIDATION_X: [&str; 8] = [
        "validation x.0",
        "validation x.1",
        "validation x.2",
        "validation x.3",
        "validation x.4",
        "validation x.5",
        "validation x.6",
        "validation x.7",
    ];
    const VALIDATION_Y: [&str; 8] = [
        "validation y.0",
        "validation y.1",
        "validation y.2",
        "validation y.3",
        "validation y.4",
        "validation y.5",
        "validation y.6",
        "validation y.7",
    ];
    match name {
        "x" => X[i],
        "y" => Y[i],
        "validation x" => VALIDATION_X[i],
        "validation y" => VALIDATION_Y[i],
        name => name,
    }
}

macro_rules! tuples {
    ($(($($x:ident $v:ident $i:tt),*);)*) => {$(
        impl<Ba: Backend, $($v: Value,)* $($x: Data<$v, Ba>),*> Data<($($v,)*), Ba> for ($($x,)*) {
            fn rows(
                &self,
                name: &'static str,
            ) -> Result<($(Rows<'_, $v::Scalar<Ba::Elem>>,)*)> {
                let rows = ($(self.$i.rows(part(name, $i))?,)*);
                $(rows.0.check_samples(rows.$i.samples(), part(name, $i))?;)*
                Ok(rows)
            }
        }
    )*};
}

tuples! {
    (X A 0, Y B 1);
    (X A 0, Y B 1, Z C 2);
    (X A 0, Y B 1, Z C 2, U D 3);
    (X A 0, Y B 1, Z C 2, U D 3, V E 4);
    (X A 0, Y B 1, Z C 2, U D 3, V E 4, W F 5);
    (X A 0, Y B 1, Z C 2, U D 3, V E 4, W F 5, S G 6);
    (X A 0, Y B 1, Z C 2, U D 3, V E 4, W F 5, S G 6, T H 7);
}
