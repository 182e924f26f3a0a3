use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file so that there is, whatever happens, either the old one or the whole new one: beside
/// it first, then over it in one move.
pub fn atomically(path: &Path, contents: &[u8]) -> Result<()> {
    let mut name =
        path.file_name().ok_or_else(|| Error::file(path, "this is not the name of a file"))?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        file.write_all(contents)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|source| {
        // Nothing of ours stays behind; what was there before is untouched.
        let _ = fs::remove_file(&beside);
        Error::Io { path: path.to_owned(), source }
    })
}
