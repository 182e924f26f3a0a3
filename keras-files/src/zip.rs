//! The zip around a `.keras` file: its directory, and an entry that is stored or deflated.

use std::io::Read;

use flate2::{Crc, read::DeflateDecoder};

use crate::error::{Error, Result};

const END: &[u8] = b"PK\x05\x06";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// Whether the bytes are a zip.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL) || bytes.starts_with(END)
}

/// An entry by its name, `None` where there is none of it. It may have at most `limit` bytes.
pub fn entry(bytes: &[u8], name: &str, limit: usize) -> Result<Option<Vec<u8>>> {
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let end = bytes[from..].windows(4).rposition(|four| four == END).map(|at| from + at);
    let end = end.ok_or_else(|| Error::new("the zip breaks off: it has no directory"))?;
    let (count, mut at) = (two(bytes, end + 10)?, four(bytes, end + 16)?);
    for _ in 0..count {
        if bytes.get(at..at.saturating_add(4)) != Some(DIRECTORY) {
            return Err(Error::new("the zip's directory is damaged"));
        }
        let lengths = [two(bytes, at + 28)?, two(bytes, at + 30)?, two(bytes, at + 32)?];
        if slice(bytes, at + 46, lengths[0])? == name.as_bytes() {
            return read(bytes, at, name, limit).map(Some);
        }
        at += 46 + lengths.iter().sum::<usize>();
    }
    Ok(None)
}

fn read(bytes: &[u8], at: usize, name: &str, limit: usize) -> Result<Vec<u8>> {
    let (flags, method) = (two(bytes, at + 8)?, two(bytes, at + 10)?);
    let (crc, packed, size) = (four(bytes, at + 16)?, four(bytes, at + 20)?, four(bytes, at + 24)?);
    let local = four(bytes, at + 42)?;
    if flags & 1 == 1 {
        return Err(Error::new(format!("`{name}` in the zip is encrypted")));
    }
    if size > limit {
        return Err(Error::new(format!("`{name}` in the zip has {size} bytes, but {limit} are the most")));
    }
    if bytes.get(local..local.saturating_add(4)) != Some(LOCAL) {
        return Err(Error::new(format!("`{name}` in the zip is not where its directory says")));
    }
    let start = local + 30 + two(bytes, local + 26)? + two(bytes, local + 28)?;
    let data = slice(bytes, start, packed)?;
    let found = match method {
        0 => data.to_vec(),
        8 => {
            let mut found = Vec::new();
            // One more than it should be, to see that there is no more.
            let most = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
            let read = DeflateDecoder::new(data).take(most).read_to_end(&mut found);
            read.map_err(|error| Error::new(format!("`{name}` in the zip is damaged: {error}")))?;
            found
        }
        other => {
            return Err(Error::new(format!("`{name}` in the zip is packed by method {other}, not deflate")));
        }
    };
    let mut sum = Crc::new();
    sum.update(&found);
    if found.len() != size || usize::try_from(sum.sum()) != Ok(crc) {
        return Err(Error::new(format!("`{name}` in the zip is damaged: its checksum differs")));
    }
    Ok(found)
}

fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8]> {
    let end = at.checked_add(length);
    end.and_then(|end| bytes.get(at..end)).ok_or_else(|| Error::new("the zip breaks off"))
}

fn two(bytes: &[u8], at: usize) -> Result<usize> {
    let bytes = slice(bytes, at, 2)?;
    Ok(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

fn four(bytes: &[u8], at: usize) -> Result<usize> {
    Ok(two(bytes, at)? | two(bytes, at + 2)? << 16)
}

/// A zip of these entries, stored as they are, as Keras writes it. None may have 4 GiB or more.
///
/// ```
/// let config = br#"{"class_name": "Sequential", "config": {"name": "net", "layers": []}}"#;
/// let file = keras_files::zip(&[("config.json", config)])?;
/// assert!(keras_files::File::from_bytes(&file)?.has_layers());
/// # keras_files::Result::Ok(())
/// ```
///
/// # Errors
/// If it is too large for a zip.
pub fn zip(entries: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in entries {
        let mut sum = Crc::new();
        sum.update(data);
        // Version 2.0, stored; the first of January 1980, the zero of a zip's time.
        let mut head = [20, 0, 0, 0, 0, 0, 0, 0, 33, 0].to_vec();
        head.extend(sum.sum().to_le_bytes());
        let (size, length) = (number::<4>(data.len())?, number::<2>(name.len())?);
        head.extend([size, size].concat());
        head.extend(length);
        head.extend([0, 0]);
        let at = number::<4>(bytes.len())?;
        bytes.extend([LOCAL, &head, name.as_bytes(), data].concat());
        // Then: no comment, the first disk, nothing about the file system.
        directory.extend([DIRECTORY, &[20, 0], &head, &[0; 10], &at, name.as_bytes()].concat());
    }
    let (count, start) = (number::<2>(entries.len())?, number::<4>(bytes.len())?);
    let length = number::<4>(directory.len())?;
    bytes.append(&mut directory);
    bytes.extend([END, &[0; 4], &count, &count, &length, &start, &[0, 0]].concat());
    Ok(bytes)
}

/// A number in its first bytes.
fn number<const N: usize>(number: usize) -> Result<[u8; N]> {
    let bytes = number.to_le_bytes();
    match bytes.split_first_chunk::<N>() {
        Some((first, rest)) if rest.iter().all(|byte| *byte == 0) => Ok(*first),
        _ => Err(Error::new("the file would be too large for a zip: the most are 4 GiB")),
    }
}
