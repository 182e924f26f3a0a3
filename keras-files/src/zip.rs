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
