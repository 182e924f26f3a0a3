//! A file that is written again and again.

use std::cell::OnceCell;
use std::path::PathBuf;

use tempfile::TempDir;

thread_local! { static FOLDER: OnceCell<TempDir> = const { OnceCell::new() }; }

/// The path of a file with these bytes.
pub fn with(bytes: &[u8]) -> PathBuf {
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir().expect("a folder for the file"));
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).expect("a file to write");
        path
    })
}
