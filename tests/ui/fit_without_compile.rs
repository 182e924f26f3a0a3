use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 1> > }

fn main() -> keras_core::Result<()> {
    let mut model = Net::<Cpu>::new(1);
    let history = model.fit(&[[0.5; 4]; 2], &[[0.5; 1]; 2], Fit::epochs(1))?;
    println!("{:?}", history["loss"]);
    Ok(())
}
