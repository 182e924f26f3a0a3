//! What the programs have in common.
#![no_std]

/// A panic has nobody to tell.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// The numbers that the models are given.
#[must_use]
pub fn input<const N: usize>() -> [f32; N] {
    core::array::from_fn(|i| (i * 37 % 101) as f32 / 101.0)
}

/// 0 if the predictions are what they should be, which is what the program returns; else 1.
#[must_use]
pub fn compared(predictions: &[f32], expected: &[u8]) -> i32 {
    let expected = expected.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    let close = |(a, b): (&f32, f32)| *a - b <= 1e-5 && b - *a <= 1e-5;
    let good = expected.len() == predictions.len() && predictions.iter().zip(expected).all(close);
    i32::from(!good)
}
