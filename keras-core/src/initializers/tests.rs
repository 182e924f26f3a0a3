//! Variables of shapes that Keras' cases do not have.

use super::*;

fn filled(initializer: impl Initializer, dims: Dims) -> Vec<f32> {
    let mut values = vec![f32::NAN; dims.numel()];
    initializer.fill(dims, &mut Random::new(5, 0), &mut values);
    values
}

#[test]
fn any_shape_is_filled() {
    let shapes =
        [Dims::new([]), Dims::new([7]), Dims::new([2, 5]), Dims::new([5, 2]), Dims::new([3, 2, 2, 4])];
    for dims in shapes {
        let all: [AnyInitializer; 8] = [
            Identity::default().into(),
            Orthogonal::default().into(),
            STFT::default().into(),
            STFT::imag().periodic(true).scaling(StftScaling::Spectrum).into(),
            LecunNormal.into(),
            RandomUniform::default().into(),
            TruncatedNormal::default().into(),
            VarianceScaling::default().into(),
        ];
        for initializer in all {
            let mut values = vec![f32::NAN; dims.numel()];
            initializer.fill(dims, &mut Random::new(5, 0), &mut values);
            let finite = values.iter().all(|v| v.is_finite());
            assert!(finite, "{initializer:?} of {dims}: {values:?}");
        }
    }
}

/// Of more axes, as of a matrix: the rows of `(6, 8)` are at right angles, and of length `gain`.
#[test]
fn an_orthogonal_kernel_of_images() {
    let values = filled(Orthogonal::new(2.0), Dims::new([1, 2, 3, 8]));
    for (i, a) in values.chunks(8).enumerate() {
        for (j, b) in values.chunks(8).enumerate() {
            let product: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
            let expected = if i == j { 4.0 } else { 0.0 };
            assert!((product - expected).abs() < 1e-5, "rows {i} and {j}: {product}");
        }
    }
}

/// Each orthogonal matrix is as likely as any other: of a matrix of one number, both signs are.
#[test]
fn orthogonal_signs_are_even() {
    let positive = (0..1000).filter(|&stream| {
        let mut value = [0.0];
        Orthogonal::default().fill(Dims::new([1, 1]), &mut Random::new(1, stream), &mut value);
        value[0] > 0.0
    });
    let positive = positive.count();
    assert!((400..600).contains(&positive), "{positive} of 1000 are positive");
}

#[test]
fn fans_of_chosen_axes() {
    let dims = Dims::new([4, 9, 5]);
    let variance = |initializer: VarianceScaling| {
        let values = (0..500).flat_map(|stream| {
            let mut values = vec![0.0_f32; dims.numel()];
            initializer.fill(dims, &mut Random::new(2, stream), &mut values);
            values
        });
        values.map(|v| f64::from(v * v)).sum::<f64>() / (500 * dims.numel()) as f64
    };
    let scaling = VarianceScaling::new(3.0).axes(&[0], &[1, 2]).unwrap();
    for (mode, fan) in [(FanMode::FanIn, 4.0), (FanMode::FanOut, 45.0), (FanMode::FanAvg, 24.5)] {
        let found = variance(scaling.mode(mode));
        assert!((found * fan / 3.0 - 1.0).abs() < 0.03, "{mode:?}: {found}");
    }
    let error = VarianceScaling::new(3.0).axes(&[0], &[4]).unwrap_err();
    assert_eq!(error.to_string(), "output axes of VarianceScaling: expected axes from 0 to 3, but found 4");
}
