//! A training loop of one's own: two networks against each other, as in a GAN.
//!
//! ```sh
//! cargo run --release --example adversaries
//! ```
//!
//! A generator learns to make points on a ring out of noise, by what a critic, which learns to tell its points
//! from real ones, says of them. Shows: gradients for loops of one's own, gradients by a network's inputs handed
//! on to another network, and an optimizer for each. Source: Goodfellow et al., "Generative adversarial nets", 2014.

use core::f64::consts::TAU;

use keras_core::backend::Random;
use keras_core::ndarray::{Array1, Array2};
use keras_core::optimizers::OptimizerState;
use keras_core::prelude::*;

const NOISE: usize = 8;
const BATCH: usize = 128;

sequential! {
    pub struct Generator< Dense<NOISE, 64, LeakyRelu>, Dense<_, 64, LeakyRelu>, Dense<_, 2> >
}

sequential! {
    /// How real a point looks, as a logit.
    pub struct Critic< Dense<2, 64, LeakyRelu>, Dense<_, 64, LeakyRelu>, Dense<_, 1> >
}

/// Points on a ring of radius 1, a little blurred.
fn ring(random: &mut Random) -> Array2<f32> {
    let mut points = Array2::zeros((BATCH, 2));
    for mut point in points.outer_iter_mut() {
        let (angle, radius) = (TAU * random.uniform(), 0.95 + 0.1 * random.uniform());
        (point[0], point[1]) = ((radius * angle.cos()) as f32, (radius * angle.sin()) as f32);
    }
    points
}

fn noise(random: &mut Random) -> Array2<f32> {
    Array2::from_shape_simple_fn((BATCH, NOISE), || (2.0 * random.uniform() - 1.0) as f32)
}

fn main() -> keras_core::Result<()> {
    let loss = BinaryCrossentropy::from_logits();
    let (mut generator, mut critic) = (Generator::<Cpu>::new(1), Critic::<Cpu>::new(2));
    let (of_generator, of_critic) = (Adam::new(1e-3).beta_1(0.5), Adam::new(2e-3).beta_1(0.5));
    let mut generator_state = OptimizerState::of(&of_generator, &generator)?;
    let mut critic_state = OptimizerState::of(&of_critic, &critic)?;
    let mut by_generator = Gradients::new(&generator)?;
    let mut by_critic = Gradients::new(&critic)?;
    let (real, fake) = (Array1::<f32>::ones(BATCH), Array1::<f32>::zeros(BATCH));
    let mut random = Random::new(7, 0);

    for step in 0..=3000 {
        // The critic: real points are to be 1, made ones 0. Two batches make one step.
        let made = generator.predict_on_batch(&noise(&mut random))?;
        let mut value = critic.value_and_grad(&loss, &ring(&mut random), &real, &mut by_critic)?;
        value += critic.value_and_add_grad(&loss, &made, &fake, &mut by_critic)?;
        critic_state.step(&of_critic, &mut critic, &mut by_critic)?;

        // The generator: the critic is to say 1 of what it makes. The gradient by the critic's input is what its
        // output should change by.
        let z = noise(&mut random);
        let made = generator.predict_on_batch(&z)?;
        let (_, by_points) = critic.value_and_input_grad(&loss, &made, &real, false, &mut by_critic)?;
        generator.pullback(&z, &by_points, true, &mut by_generator)?;
        generator_state.step(&of_generator, &mut generator, &mut by_generator)?;
        if step % 500 == 0 {
            println!(
                "step {step:4}: the critic's loss {value:.3}, made points are {}",
                describe(&mut generator)?
            );
        }
    }
    println!("made points are {}", describe(&mut generator)?);
    Ok(())
}

/// How far from the middle the points are, and whether they lie all around.
fn describe(generator: &mut Generator) -> keras_core::Result<String> {
    let mut random = Random::new(8, 0);
    let points = generator.predict(&noise(&mut random))?.into_ndarray();
    let radii: Vec<f32> = points.outer_iter().map(|p| p[0].hypot(p[1])).collect();
    let mean = radii.iter().sum::<f32>() / BATCH as f32;
    let spread = (radii.iter().map(|r| (r - mean).powi(2)).sum::<f32>() / BATCH as f32).sqrt();
    let mut eighths = [false; 8];
    for point in points.outer_iter() {
        let turn = f64::from(point[1].atan2(point[0])) / TAU + 0.5;
        eighths[((turn * 8.0) as usize).min(7)] = true;
    }
    let around = eighths.iter().filter(|there| **there).count();
    Ok(format!("{mean:.2} ± {spread:.2} from the middle, in {around} of 8 directions"))
}
