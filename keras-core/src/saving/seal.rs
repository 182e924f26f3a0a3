//! The checksum of a file that we wrote: CRC-32 of the whole file, the checksum's own place being zeros.
//! It stands in the header as text of one length. CRC-32 is there for gzip already, and fast: several
//! gigabytes a second.

use crc32fast::Hasher;

/// What it is called in the header.
pub const KEY: &str = "checksum";

/// What stands before it; inside another text the quotes would be escaped.
const BEFORE: &[u8] = b"\"checksum\":\"";
/// How many characters it has.
const LEN: usize = 8;

pub fn text(sum: u32) -> String {
    format!("{sum:08x}")
}

/// A checksum that nothing is known of yet.
pub fn blank() -> String {
    "0".repeat(LEN)
}

/// Where it stands in the beginning of a file.
fn place(head: &[u8]) -> Option<usize> {
    let at = head.windows(BEFORE.len()).position(|window| window == BEFORE)? + BEFORE.len();
    (head.get(at + LEN) == Some(&b'"')).then_some(at)
}

/// The checksum so far of a file that begins so; none if it has no place for it.
pub fn of_head(head: &[u8]) -> Option<Hasher> {
    let at = place(head)?;
    let mut hasher = Hasher::new();
    hasher.update(&head[..at]);
    hasher.update(blank().as_bytes());
    hasher.update(&head[at + LEN..]);
    Some(hasher)
}

/// Writes the checksum of a whole file to its place, if it has one. For what tests files.
#[doc(hidden)]
pub fn seal(file: &mut [u8]) {
    let header = file.first_chunk().map_or(0, |&n| u64::from_le_bytes(n));
    let end = usize::try_from(header).ok().and_then(|n| n.checked_add(8)).filter(|&end| end <= file.len());
    let Some((hasher, at)) = end.and_then(|end| Some((of_head(&file[..end])?, place(&file[..end])?))) else {
        return;
    };
    let mut hasher = hasher;
    hasher.update(&file[end.unwrap_or_default()..]);
    file[at..at + LEN].copy_from_slice(text(hasher.finalize()).as_bytes());
}
