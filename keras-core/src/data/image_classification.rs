use std::path::{Path, PathBuf};

use ndarray::{Array1, Array3};

use crate::data::idx::{read_images, read_labels};
use crate::error::{Error, Result};

/// Grey images and the class of each, in a part to train with and a part to test with: MNIST and
/// the sets that are published in its format, such as Fashion-MNIST.
///
/// Pixels are 0 to 255, as in Keras' `load_data`; networks learn better from 0 to 1:
///
/// ```no_run
/// use keras_core::data::ImageClassification;
///
/// let digits = ImageClassification::load("mnist")?;
/// let x_train = digits.x_train.mapv(|pixel| f32::from(pixel) / 255.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageClassification {
    /// Images to train with, `n x height x width`.
    pub x_train: Array3<u8>,
    /// Their class numbers.
    pub y_train: Array1<u8>,
    /// Images to test with, of the same height and width.
    pub x_test: Array3<u8>,
    /// Their class numbers.
    pub y_test: Array1<u8>,
}

impl ImageClassification {
    /// Reads `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`, and the same two with `t10k-`
    /// or else `t8k-` for `train-`, from a folder. Each may be gzipped, and then end in `.gz`.
    ///
    /// # Errors
    /// [`Error::File`] if a file is missing (saying which names were looked for) or is not what its
    /// name says, see [`read_idx`](crate::data::read_idx), or if the images of the two parts differ
    /// in size; [`Error::Samples`] if there are not as many labels as images.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        let (x_train, y_train, _) = part(folder, &["train"])?;
        let (x_test, y_test, path) = part(folder, &["t10k", "t8k"])?;
        let (train, test) = (x_train.dim(), x_test.dim());
        if (train.1, train.2) != (test.1, test.2) {
            let problem = format!(
                "the images are {} x {}, but those to train with {} x {}",
                test.1, test.2, train.1, train.2
            );
            return Err(Error::file(path, problem));
        }
        Ok(Self { x_train, y_train, x_test, y_test })
    }
}

fn part(folder: &Path, prefixes: &[&str]) -> Result<(Array3<u8>, Array1<u8>, PathBuf)> {
    let (images, prefix) = find(folder, prefixes, "images-idx3-ubyte")?;
    let (labels, _) = find(folder, &[prefix], "labels-idx1-ubyte")?;
    let (x, y) = (read_images(&images)?, read_labels(&labels)?);
    if x.dim().0 != y.len() {
        return Err(Error::Samples {
            left: images.display().to_string(),
            left_samples: x.dim().0,
            right: labels.display().to_string(),
            right_samples: y.len(),
        });
    }
    Ok((x, y, images))
}

/// The first file there is, and its prefix.
fn find<'a>(folder: &Path, prefixes: &[&'a str], rest: &str) -> Result<(PathBuf, &'a str)> {
    let names =
        prefixes.iter().flat_map(|&prefix| ["", ".gz"].map(|end| (prefix, format!("{prefix}-{rest}{end}"))));
    let mut tried = Vec::new();
    for (prefix, name) in names {
        let path = folder.join(&name);
        if path.is_file() {
            return Ok((path, prefix));
        }
        tried.push(name);
    }
    let what = if folder.is_dir() { "a file is missing" } else { "there is no such folder" };
    Err(Error::file(folder, format!("{what}: looked for {}", tried.join(", "))))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ndarray::array;
    use tempfile::{TempDir, tempdir};

    use super::*;

    fn images(n: u8, width: u8) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, n, 0, 0, 0, 1, 0, 0, 0, width];
        bytes.extend(0..n * width);
        bytes
    }

    fn labels(of: &[u8]) -> Vec<u8> {
        [&[0, 0, 8, 1, 0, 0, 0, u8::try_from(of.len()).unwrap()], of].concat()
    }

    fn folder(test: &str, test_width: u8, test_labels: &[u8]) -> TempDir {
        let folder = tempdir().unwrap();
        let write = |name: String, bytes| fs::write(folder.path().join(name), bytes).unwrap();
        write("train-images-idx3-ubyte".into(), images(2, 2));
        write("train-labels-idx1-ubyte".into(), labels(&[7, 8]));
        write(format!("{test}-images-idx3-ubyte"), images(1, test_width));
        write(format!("{test}-labels-idx1-ubyte"), labels(test_labels));
        folder
    }

    #[test]
    fn either_name_of_the_test_part() {
        for test in ["t10k", "t8k"] {
            let folder = folder(test, 2, &[9]);
            let data = ImageClassification::load(folder.path()).unwrap();
            assert_eq!(data.x_train, array![[[0, 1]], [[2, 3]]]);
            assert_eq!((data.y_train, data.y_test), (array![7, 8], array![9]));
            assert_eq!(data.x_test, array![[[0, 1]]]);
        }
    }

    #[test]
    fn missing_files_are_named() {
        let good = folder("t9k", 2, &[9]);
        assert_eq!(
            ImageClassification::load(good.path()).unwrap_err().to_string(),
            format!(
                "{}: a file is missing: looked for t10k-images-idx3-ubyte, t10k-images-idx3-ubyte.gz, \
                 t8k-images-idx3-ubyte, t8k-images-idx3-ubyte.gz",
                good.path().display()
            )
        );
        fs::remove_file(good.path().join("train-labels-idx1-ubyte")).unwrap();
        let text = ImageClassification::load(good.path()).unwrap_err().to_string();
        assert!(text.ends_with("looked for train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz"), "{text}");
        let text = ImageClassification::load("no/such").unwrap_err().to_string();
        assert!(text.starts_with("no/such: there is no such folder: looked for train-images"), "{text}");
    }

    #[test]
    fn parts_that_do_not_belong_together() {
        let other_size = folder("t10k", 3, &[9]);
        let text = ImageClassification::load(other_size.path()).unwrap_err().to_string();
        assert!(text.ends_with("the images are 1 x 3, but those to train with 1 x 2"), "{text}");
        let other_count = folder("t10k", 2, &[9, 9]);
        let error = ImageClassification::load(other_count.path()).unwrap_err();
        assert!(matches!(error, Error::Samples { left_samples: 1, right_samples: 2, .. }), "{error}");
    }
}
