//! A golden file, and the comparison with it.

use std::collections::HashMap;
use std::path::Path;

use keras_core::ndarray::ArrayD;
use keras_core::shape::Dims;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

use crate::roster;

/// A tensor of a case: its numbers, in double precision, and its shape.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub values: Vec<f64>,
}

impl Tensor {
    pub fn array(&self) -> ArrayD<f64> {
        ArrayD::from_shape_vec(self.shape.clone(), self.values.clone()).unwrap()
    }

    /// Its shape, which has at most four axes.
    pub fn dims(&self) -> Dims {
        let mut d = [0; 4];
        d[..self.shape.len()].copy_from_slice(&self.shape);
        Dims { rank: self.shape.len(), d }
    }

    /// Its numbers as whole numbers, which they must be.
    pub fn ints(&self) -> Vec<i32> {
        self.values
            .iter()
            .map(|&v| if v.fract() == 0.0 { v as i32 } else { panic!("{v} is not whole") })
            .collect()
    }
}

/// One golden file.
#[derive(Clone, Debug)]
pub struct Case {
    /// `losses/Huber_00`
    pub name: String,
    metadata: HashMap<String, String>,
    tensors: HashMap<String, Tensor>,
}

/// All cases of an area, in order.
pub fn cases(area: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(area);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "safetensors"));
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {}", folder.display());
    paths.iter().map(|path| Case::read(area, path)).collect()
}

/// Runs `check` for every case of an area but those in `skipped`, and fails with all that differs.
pub fn run(area: &str, skipped: &[(&str, &str)], check: impl Fn(&Case) -> Result<(), String>) {
    let all = cases(area);
    for (name, _) in skipped {
        assert!(
            all.iter().any(|case| case.name == format!("{area}/{name}")),
            "no case {area}/{name} to skip"
        );
    }
    let (mut failures, mut counts) = (Vec::new(), roster::Counts::new());
    for case in &all {
        let (passed, all) = counts.entry(case.subject().to_owned()).or_default();
        *all += 1;
        if let Some((_, why)) = skipped.iter().find(|(name, _)| case.name == format!("{area}/{name}")) {
            println!("skipped {}: {why}", case.name);
            continue;
        }
        match check(case) {
            Ok(()) => *passed += 1,
            Err(failure) => failures.push(format!("{}: {failure}", case.name)),
        }
    }
    let passed: usize = counts.values().map(|(passed, _)| passed).sum();
    println!("{area}: {passed} passed, {} skipped", skipped.len());
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), all.len(), failures.join("\n"));
    if let Err(problem) = roster::check(area, &counts) {
        panic!("{problem}");
    }
}

impl Case {
    fn read(area: &str, path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let tensors = file.iter().map(|(name, view)| {
            let values = numbers(view.dtype(), view.data());
            (name.to_owned(), Tensor { shape: view.shape().to_vec(), values })
        });
        Self {
            name: format!("{area}/{}", path.file_stem().unwrap().to_str().unwrap()),
            metadata: header.metadata().clone().unwrap_or_default(),
            tensors: tensors.collect(),
        }
    }

    /// Keras' class or function that it is about.
    fn subject(&self) -> &str {
        let known = ["class", "function", "model"].iter().find_map(|key| self.metadata.get(*key));
        known.map_or("", String::as_str)
    }

    pub fn text(&self, key: &str) -> &str {
        self.metadata.get(key).unwrap_or_else(|| panic!("{}: no metadata `{key}`", self.name))
    }

    /// Metadata that is JSON.
    pub fn json(&self, key: &str) -> Value {
        serde_json::from_str(self.text(key)).unwrap()
    }

    /// The arguments that Keras' class or function was given, beside its defaults.
    pub fn kwargs(&self) -> serde_json::Map<String, Value> {
        self.json("kwargs").as_object().cloned().unwrap()
    }

    pub fn find(&self, name: &str) -> Option<&Tensor> {
        self.tensors.get(name)
    }

    /// The names of all tensors but those in double precision.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str).filter(|name| !name.starts_with("f64."))
    }

    pub fn tensor(&self, name: &str) -> &Tensor {
        self.find(name).unwrap_or_else(|| panic!("{}: no tensor `{name}`", self.name))
    }

    /// What Keras computed, in double precision where that was kept.
    pub fn reference(&self, name: &str) -> &Tensor {
        self.find(&format!("f64.{name}")).unwrap_or_else(|| self.tensor(name))
    }

    /// The tolerance for single precision.
    pub fn tolerance(&self) -> f64 {
        self.text("tol_f32").parse().unwrap()
    }

    /// An error if these numbers are not within `tolerance` of Keras': the largest difference, relative to
    /// the reference's largest number where that is above 1. NaN equals NaN.
    pub fn compare(&self, name: &str, mine: &[f64], tolerance: f64) -> Result<(), String> {
        let reference = &self.reference(name).values;
        if mine.len() != reference.len() {
            return Err(format!("{name}: {} numbers, but Keras has {}", mine.len(), reference.len()));
        }
        let scale = reference.iter().filter(|v| !v.is_nan()).fold(1.0_f64, |max, v| max.max(v.abs()));
        for (i, (&mine, &reference)) in mine.iter().zip(reference).enumerate() {
            let same = mine == reference || (mine.is_nan() && reference.is_nan());
            let error = (mine - reference).abs() / scale;
            if !same && (error > tolerance || error.is_nan()) {
                return Err(format!(
                    "{name}[{i}] is {mine}, Keras has {reference}: error {error:.2e}, tolerance {tolerance:.0e}"
                ));
            }
        }
        Ok(())
    }
}

fn numbers(dtype: Dtype, bytes: &[u8]) -> Vec<f64> {
    fn all<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        bytes.chunks_exact(N).map(|chunk| number(chunk.try_into().unwrap())).collect()
    }
    match dtype {
        Dtype::F64 => all(bytes, f64::from_le_bytes),
        Dtype::F32 => all(bytes, |b| f32::from_le_bytes(b).into()),
        Dtype::I32 => all(bytes, |b| i32::from_le_bytes(b).into()),
        Dtype::I64 => all(bytes, |b| i64::from_le_bytes(b) as f64),
        Dtype::BOOL => all(bytes, |[b]| b.into()),
        other => panic!("a tensor of {other:?}"),
    }
}

/// Numbers in the precision that is tested.
pub fn cast<E: keras_core::element::Element>(values: &[f64]) -> Vec<E> {
    values.iter().map(|&v| E::of(v)).collect()
}

/// And back.
pub fn widen<E: keras_core::element::Element>(values: &[E]) -> Vec<f64> {
    values.iter().map(|v| v.f64()).collect()
}

#[test]
fn a_difference_is_found_and_named() {
    let tensor = |values: &[f64]| Tensor { shape: vec![values.len()], values: values.to_vec() };
    let tensors = [
        ("output.0".to_owned(), tensor(&[1.0, 200.0])),
        ("f64.output.0".to_owned(), tensor(&[1.5, 200.0])),
        ("nan".to_owned(), tensor(&[f64::NAN])),
    ];
    let case = Case { name: "area/x".into(), metadata: HashMap::new(), tensors: HashMap::from(tensors) };
    assert_eq!(case.compare("output.0", &[1.5, 200.0], 1e-9), Ok(()));
    assert_eq!(case.compare("output.0", &[1.5, 200.001], 1e-5), Ok(()));
    let error = case.compare("output.0", &[1.5, 200.01], 1e-5).unwrap_err();
    assert_eq!(error, "output.0[1] is 200.01, Keras has 200: error 5.00e-5, tolerance 1e-5");
    assert!(case.compare("output.0", &[f64::NAN, 200.0], 1e-5).is_err());
    assert!(case.compare("output.0", &[1.5], 1e-5).is_err());
    assert!(case.compare("nan", &[f64::NAN], 1e-5).is_ok() && case.compare("nan", &[0.0], 1e-5).is_err());
}
