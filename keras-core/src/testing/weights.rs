//! Weights out to a file and in again.

use super::{Failure, inputs, same};
use crate::backend::{Cpu, Random};
use crate::model::OneToOne;

pub fn check<M: OneToOne<Backend = Cpu<f32>>>() -> Result<(), Failure> {
    let x = inputs::<M, f32>(&mut Random::new(11, 1 << 40), 4);
    let (mut saved, mut loaded) = (M::new(5), M::new(6));
    // Tests run side by side: a name that no other has.
    let name = format!("keras-core-{}-{:p}.safetensors", std::process::id(), saved.store());
    let path = std::env::temp_dir().join(name);
    let there_and_back = saved.save_weights(&path).and_then(|()| loaded.load_weights(&path));
    // Whether it went well or not, the file is of no use to anybody.
    let removed = std::fs::remove_file(&path);
    there_and_back?;
    removed.map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    let (left, right) = (saved.predict(&x)?, loaded.predict(&x)?);
    same::<M, f32>("the outputs before saving and after loading", left.as_slice(), right.as_slice())
}
