//! A look at the header of a `.npy` file before anybody believes it: what reads it makes room for as many
//! numbers as it says, and goes as deep as its brackets.

use std::io::Read;

/// NumPy's own headers have some hundred bytes.
const MOST: usize = 1 << 16;

/// What is wrong with the header of a file of `len` bytes, for numbers of `size` bytes.
pub fn check(mut file: impl Read, len: u64, size: usize) -> Result<(), String> {
    let mut read = |n: usize| {
        let mut bytes = vec![0; n];
        file.read_exact(&mut bytes).map(|()| bytes).map_err(|_| "the file ends inside its header".to_owned())
    };
    let start = read(8)?;
    if start[..6] != *b"\x93NUMPY" {
        return Err("this is not a .npy file".into());
    }
    let (before, header) = match start[6] {
        1 => (10, u16::from_le_bytes([read(1)?[0], read(1)?[0]]).into()),
        _ => (12, read(4)?.iter().rev().fold(0, |n, &byte| n << 8 | usize::from(byte))),
    };
    if header > MOST {
        return Err(format!("its header has {header} bytes, but at most {MOST} are read"));
    }
    let text = String::from_utf8(read(header)?).map_err(|_| "its header is not text".to_owned())?;
    let shape = shape(&text).ok_or("its header has no shape that can be read")?;
    let numbers = shape.iter().try_fold(1_u64, |product, &n| product.checked_mul(n));
    let there = len.saturating_sub((before + header) as u64);
    match numbers.and_then(|numbers| numbers.checked_mul(size as u64)) {
        Some(bytes) if bytes <= there => Ok(()),
        _ => Err(format!("its header says {shape:?} numbers of {size} bytes, but {there} bytes follow")),
    }
}

/// The sizes after the one word `shape`, in a header as NumPy writes it: nothing is escaped, and the only
/// brackets are those of the dictionary and of the shape.
fn shape(text: &str) -> Option<Vec<u64>> {
    let once = |what: &str| text.matches(what).count() == 1;
    if text.contains(['\\', '[']) || !once("{") || !once("(") || !once("shape") {
        return None;
    }
    let (_, rest) = text.split_once("shape")?;
    let (sizes, _) = rest
        .strip_prefix(['\'', '"'])?
        .trim_start()
        .strip_prefix(':')?
        .trim_start()
        .strip_prefix('(')?
        .split_once(')')?;
    let sizes = sizes.trim().strip_suffix(',').unwrap_or(sizes).trim();
    if sizes.is_empty() {
        return Some(Vec::new());
    }
    sizes.split(',').map(|size| size.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(version: u8, header: &str, data: usize) -> Vec<u8> {
        let mut bytes = [b"\x93NUMPY".as_slice(), &[version, 0]].concat();
        let len = u32::try_from(header.len()).unwrap().to_le_bytes();
        bytes.extend(if version == 1 { &len[..2] } else { &len[..] });
        bytes.extend(header.as_bytes());
        bytes.resize(bytes.len() + data, 0);
        bytes
    }

    fn said(bytes: &[u8]) -> Result<(), String> {
        check(bytes, bytes.len() as u64, 4)
    }

    #[test]
    fn headers_as_numpy_writes_them() {
        for (shape, data) in [("()", 4), ("(3,)", 12), ("(2, 3)", 24), ("(0, 7)", 0)] {
            for version in [1, 2, 3] {
                let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}   \n");
                assert_eq!(said(&file(version, &header, data)), Ok(()), "{shape}");
            }
        }
    }

    #[test]
    fn what_would_take_memory_or_stack_is_refused() {
        let huge = said(&file(1, "{'shape': (4294967296, 4294967296), }\n", 4)).unwrap_err();
        assert!(huge.contains("numbers of 4 bytes, but 4 bytes follow"), "{huge}");
        assert!(said(&file(1, "{'shape': (1000000000,), }\n", 4)).is_err());
        assert!(said(&file(2, &format!("{{'shape': {}(1,)}}", "(".repeat(9000)), 4)).is_err());
        assert!(said(&file(2, &"[".repeat(9000), 4)).is_err());
        assert!(said(&file(1, "{'shape': (1,), 'shape': (99999999,)}", 4)).is_err());
        assert!(said(&file(1, "{'shap\\x65': (99999999,), 'shape': (1,)}", 4)).is_err());
        let long = [b"\x93NUMPY\x02\0".as_slice(), &u32::MAX.to_le_bytes()].concat();
        assert!(said(&long).unwrap_err().contains("4294967295 bytes, but at most"));
        let whole = file(1, "{'shape': (1,)}", 4);
        (0..whole.len()).for_each(|len| assert!(said(&whole[..len]).is_err(), "{len}"));
    }
}
