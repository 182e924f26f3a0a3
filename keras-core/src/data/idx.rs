//! IDX, the format of MNIST: two zero bytes, the type of the numbers, how many axes, their sizes
//! (big-endian), the numbers.

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ndarray::{Array, Array1, Array3, ArrayD, Dimension, IxDyn};

use crate::error::{Error, Result};

/// Reads an IDX file of bytes with as many axes as the result has; gzip or not is seen from its contents.
///
/// # Errors
/// [`Error::Io`] if the file cannot be read; [`Error::File`] if it is not IDX, holds numbers other
/// than unsigned bytes, has another number of axes, or holds more or less than its header says.
///
/// ```
/// use keras_core::data::read_idx;
/// use keras_core::ndarray::{Array2, array};
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("points-idx2-ubyte");
/// std::fs::write(&path, [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])?;
/// let points: Array2<u8> = read_idx(&path)?;
/// assert_eq!(points, array![[1, 2, 3], [4, 5, 6]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_idx<D: Dimension>(path: impl AsRef<Path>) -> Result<Array<u8, D>> {
    let path = path.as_ref();
    let array = read_any(path)?;
    let sizes = times(array.shape());
    let axes = array.ndim();
    array.into_dimensionality().map_err(|_| {
        let expected = D::NDIM.unwrap_or_default();
        Error::file(
            path,
            format!("expected an array of {expected} axes, but the header says {axes}: {sizes}"),
        )
    })
}

/// Reads grey images, `n x height x width`: [`read_idx`] with three axes.
///
/// # Errors
/// As [`read_idx`].
pub fn read_images(path: impl AsRef<Path>) -> Result<Array3<u8>> {
    read_idx(path)
}

/// Reads class numbers: [`read_idx`] with one axis.
///
/// # Errors
/// As [`read_idx`].
pub fn read_labels(path: impl AsRef<Path>) -> Result<Array1<u8>> {
    read_idx(path)
}

fn read_any(path: &Path) -> Result<ArrayD<u8>> {
    let mut file = BufReader::new(File::open(path).map_err(Error::io(path))?);
    let mut start = Vec::new();
    file.by_ref().take(2).read_to_end(&mut start).map_err(Error::io(path))?;
    let compressed = start == [0x1f, 0x8b];
    let whole = Cursor::new(start).chain(file);
    if compressed { parse(path, MultiGzDecoder::new(whole)) } else { parse(path, whole) }
}

fn parse(path: &Path, mut from: impl Read) -> Result<ArrayD<u8>> {
    let magic = header(path, &mut from, 4)?;
    if magic[..2] != [0, 0] {
        return Err(Error::file(
            path,
            format!("not an IDX file: it starts with {magic:02x?}, not with [00, 00]"),
        ));
    }
    if magic[2] != 0x08 {
        return Err(Error::file(
            path,
            format!("expected unsigned bytes (type 08), but found {}", kind(magic[2])),
        ));
    }
    let axes = usize::from(magic[3]);
    let sizes: Vec<u32> = header(path, &mut from, 4 * axes)?
        .chunks_exact(4)
        .map(|size| u32::from_be_bytes([size[0], size[1], size[2], size[3]]))
        .collect();
    if sizes.is_empty() || sizes.contains(&0) {
        return Err(Error::file(
            path,
            format!("the header says {}: there is nothing in the file", times(&sizes)),
        ));
    }
    let too_many = || Error::file(path, format!("the header says {}: no file is that large", times(&sizes)));
    let count = sizes.iter().try_fold(1u64, |product, &size| product.checked_mul(size.into()));
    let count = count.filter(|&count| isize::try_from(count).is_ok()).ok_or_else(too_many)?;

    // Grows with what is really there: a corrupt header cannot ask for memory. The byte too many
    // shows a file that goes on.
    let mut bytes = Vec::new();
    from.take(count + 1).read_to_end(&mut bytes).map_err(reading(path))?;
    if bytes.len() as u64 != count {
        let found = if bytes.len() as u64 > count { "more" } else { &format!("only {}", bytes.len()) };
        let problem = format!("the header says {} = {count} bytes, but there are {found}", times(&sizes));
        return Err(Error::file(path, problem));
    }
    let sizes: Vec<usize> = sizes.iter().map(|&size| size as usize).collect();
    ArrayD::from_shape_vec(IxDyn(&sizes), bytes).map_err(|error| Error::file(path, error.to_string()))
}

fn header(path: &Path, from: &mut impl Read, len: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(len as u64).read_to_end(&mut bytes).map_err(reading(path))?;
    if bytes.len() < len {
        return Err(Error::file(path, "not an IDX file: it ends inside the header"));
    }
    Ok(bytes)
}

/// Damaged gzip data are the file's fault, not the system's.
fn reading(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |error| match error.kind() {
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
            Error::file(path, format!("the gzip data are damaged: {error}"))
        }
        _ => Error::io(path)(error),
    }
}

fn kind(code: u8) -> String {
    let name = match code {
        0x09 => "signed bytes",
        0x0b => "16-bit integers",
        0x0c => "32-bit integers",
        0x0d => "32-bit floats",
        0x0e => "64-bit floats",
        _ => "an unknown type",
    };
    format!("{name} (type {code:02x})")
}

fn times(sizes: &[impl ToString]) -> String {
    if sizes.is_empty() {
        return "no axes".into();
    }
    sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" x ")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ndarray::array;
    use proptest::{collection, prelude::*};
    use tempfile::NamedTempFile;

    use super::*;

    fn file(bytes: &[u8]) -> NamedTempFile {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn idx(sizes: &[u32], data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, u8::try_from(sizes.len()).unwrap()];
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend_from_slice(data);
        bytes
    }

    /// What is said of a file, which must be named first.
    fn problem(bytes: &[u8]) -> String {
        let file = file(bytes);
        let error = read_images(file.path()).unwrap_err();
        assert!(matches!(error, Error::File { .. }), "{error:?}");
        let text = error.to_string();
        let rest = text.strip_prefix(&format!("{}: ", file.path().display()));
        rest.unwrap_or_else(|| panic!("{text}")).to_string()
    }

    #[test]
    fn plain_and_compressed_files_of_any_rank() {
        let bytes = idx(&[2, 1, 3], &[1, 2, 3, 4, 5, 6]);
        let images = array![[[1, 2, 3]], [[4, 5, 6]]];
        assert_eq!(read_images(file(&bytes).path()).unwrap(), images);
        assert_eq!(read_images(file(&gz(&bytes)).path()).unwrap(), images);
        assert_eq!(read_idx::<IxDyn>(file(&bytes).path()).unwrap(), images.into_dyn());
        assert_eq!(read_labels(file(&idx(&[3], &[7, 0, 9])).path()).unwrap(), array![7, 0, 9]);
    }

    #[test]
    fn two_gzip_members_are_one_file() {
        let bytes = idx(&[1, 2, 2], &[1, 2, 3, 4]);
        let joined = [gz(&bytes[..9]), gz(&bytes[9..])].concat();
        assert_eq!(read_images(file(&joined).path()).unwrap(), array![[[1, 2], [3, 4]]]);
    }

    #[test]
    fn what_is_not_idx() {
        for bytes in [&b""[..], b"\0", b"\0\0\x08", b"\0\0\x08\x03\0\0\0\x01\0"] {
            assert_eq!(problem(bytes), "not an IDX file: it ends inside the header");
        }
        assert_eq!(
            problem(b"PK\x03\x04 etc"),
            "not an IDX file: it starts with [50, 4b, 03, 04], not with [00, 00]"
        );
        assert_eq!(problem(&gz(b"")), "not an IDX file: it ends inside the header");
    }

    #[test]
    fn other_types() {
        let found = |code| problem(&[0, 0, code, 1, 0, 0, 0, 1, 0]);
        assert_eq!(found(0x0d), "expected unsigned bytes (type 08), but found 32-bit floats (type 0d)");
        assert_eq!(found(0x42), "expected unsigned bytes (type 08), but found an unknown type (type 42)");
    }

    #[test]
    fn another_number_of_axes() {
        assert_eq!(
            problem(&idx(&[2, 2], &[0; 4])),
            "expected an array of 3 axes, but the header says 2: 2 x 2"
        );
    }

    #[test]
    fn too_short_and_too_long() {
        let says = "the header says 2 x 2 x 2 = 8 bytes, but there are";
        assert_eq!(problem(&idx(&[2, 2, 2], &[0; 7])), format!("{says} only 7"));
        assert_eq!(problem(&idx(&[2, 2, 2], &[0; 9])), format!("{says} more"));
        assert_eq!(problem(&gz(&idx(&[2, 2, 2], &[0; 7]))), format!("{says} only 7"));
        assert_eq!(problem(&gz(&idx(&[2, 2, 2], &[0; 9]))), format!("{says} more"));
    }

    #[test]
    fn nothing_in_it() {
        assert_eq!(
            problem(&idx(&[0, 28, 28], &[])),
            "the header says 0 x 28 x 28: there is nothing in the file"
        );
        assert_eq!(problem(&idx(&[], &[])), "the header says no axes: there is nothing in the file");
    }

    #[test]
    fn absurd_counts_take_no_memory() {
        let most = u32::MAX;
        let text = problem(&idx(&[most, most, most], &[1, 2, 3]));
        assert!(text.ends_with("4294967295: no file is that large"), "{text}");
        let text = problem(&idx(&[most, 1 << 14, 1 << 14], &[1, 2, 3]));
        assert!(text.ends_with("bytes, but there are only 3"), "{text}");
        let text = problem(&[[0, 0, 8, 255].as_slice(), &[255; 255 * 4]].concat());
        assert!(text.ends_with("no file is that large"), "{text}");
    }

    #[test]
    fn damaged_gzip() {
        let whole = gz(&idx(&[4, 8, 8], &[5; 256]));
        let text = problem(&whole[..whole.len() - 12]);
        assert!(text.starts_with("the gzip data are damaged"), "{text}");
        let mut wrong_sum = whole.clone();
        let at = whole.len() - 8;
        wrong_sum[at] ^= 1;
        let text = problem(&wrong_sum);
        assert!(text.starts_with("the gzip data are damaged"), "{text}");
        let text = problem(&[0x1f, 0x8b]);
        assert!(text.starts_with("the gzip data are damaged"), "{text}");
    }

    #[test]
    fn a_file_that_is_not_there() {
        let error = read_labels("no/such/file").unwrap_err();
        assert!(
            matches!(error, Error::Io { .. }) && error.to_string().starts_with("no/such/file: "),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(axes in 0..9u8, rest in collection::vec(0..3u8, 0..80)) {
            let bytes = [&[0, 0, 8, axes], &rest[..]].concat();
            if let Ok(array) = parse(Path::new("p"), &bytes[..]) {
                prop_assert_eq!(array.len() + 4 + 4 * usize::from(axes), bytes.len());
            }
        }
    }
}
