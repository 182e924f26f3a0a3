//! What Keras predicts with the model in a file.

use std::path::{Path, PathBuf};

use keras_core::Model;
use keras_core::ndarray::ArrayD;
use keras_core::prelude::*;
use safetensors::SafeTensors;

use crate::arrays::Arrays;

/// The folder with the files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keras_files")
}

/// Inputs, and what Keras makes of them.
pub struct Expected {
    pub inputs: Vec<ArrayD<f32>>,
    pub outputs: Vec<Vec<f32>>,
    pub tolerance: f32,
}

fn numbers(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

fn table(path: &Path) -> Vec<f32> {
    let text = std::fs::read_to_string(path).unwrap();
    let cells = text.lines().flat_map(|line| line.split(','));
    cells.filter_map(|cell| cell.trim().parse().ok()).collect()
}

impl Expected {
    /// Those that stand beside a file, in `NAME.safetensors`.
    pub fn beside(folder: &str, file: &str) -> Self {
        let name = file.split('.').next().unwrap();
        let bytes = std::fs::read(self::folder().join(folder).join(format!("{name}.safetensors"))).unwrap();
        let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
        let tolerance = header.metadata().as_ref().and_then(|all| all.get("tol_f32")?.parse().ok());
        let tensors = SafeTensors::deserialize(&bytes).unwrap();
        let all = |what: &str| -> Vec<_> {
            (0..).map_while(|i| tensors.tensor(&format!("{what}.{i}")).ok()).collect()
        };
        let array = |view: &safetensors::tensor::TensorView<'_>| {
            ArrayD::from_shape_vec(view.shape(), numbers(view.data())).unwrap()
        };
        Self {
            inputs: all("input").iter().map(array).collect(),
            outputs: all("output").iter().map(|view| numbers(view.data())).collect(),
            tolerance: tolerance.unwrap_or(1e-5),
        }
    }

    /// Those of the files of real use: three faces, the first digits.
    pub fn real(file: &str) -> Self {
        let folder = folder().join("real");
        if file.starts_with("fer") {
            let bytes = std::fs::read(folder.join("fer_input_face_64x64.u8")).unwrap();
            let mut x: Vec<f32> = bytes.iter().map(|v| (f32::from(*v) / 255.0 - 0.5) * 2.0).collect();
            x.extend((0..64 * 64).map(|i| ((i / 64 + i % 64) % 64) as f32 / 31.5 - 1.0));
            x.extend([0.0; 64 * 64]);
            let x = ArrayD::from_shape_vec(vec![3, 64, 64, 1], x).unwrap();
            let outputs = vec![table(&folder.join("fer_expected.csv"))];
            return Self { inputs: vec![x], outputs, tolerance: 1e-5 };
        }
        let digits =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/mnist/t8k-images-idx3-ubyte.gz");
        let digits = keras_core::data::read_images(digits).unwrap();
        let x: Vec<f32> = digits.iter().take(32 * 784).map(|v| f32::from(*v) / 255.0).collect();
        let x = ArrayD::from_shape_vec(vec![32, 28, 28, 1], x).unwrap();
        let outputs = vec![table(&folder.join("mnist_small_cnn.expected_first32_t8k.csv"))];
        Self { inputs: vec![x], outputs, tolerance: 1e-5 }
    }

    /// Compares what a model predicts.
    pub fn compare<M>(&self, mut model: M) -> Result<(), String>
    where
        M: Model<Backend = Cpu, Input: Arrays, Output: Arrays>,
    {
        let x = <M::Input as Arrays>::arrays(|i| self.inputs[i].clone());
        let found = model.predict(&x).map_err(|error| error.to_string())?;
        let found = <M::Output as Arrays>::numbers(&found);
        assert_eq!(found.len(), self.outputs.len());
        for (found, expected) in found.iter().zip(&self.outputs) {
            assert_eq!(found.len(), expected.len());
            let largest = expected.iter().fold(1_f32, |largest, v| largest.max(v.abs()));
            let error = found.iter().zip(expected).map(|(a, b)| (a - b).abs() / largest);
            let error =
                error.fold(0_f32, |worst, error| if error > worst || error.is_nan() { error } else { worst });
            if error.is_nan() || error > self.tolerance {
                return Err(format!("differs by {error:e}, but {:e} is allowed", self.tolerance));
            }
        }
        Ok(())
    }
}
