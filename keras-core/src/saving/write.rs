use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file so that there is, whatever happens, either the old one or the whole new one: beside
/// it first, then over it in one move.
///
/// Where the path is a link, the file that it leads to is written. What is no file, such as a
/// device or a folder, is refused.
pub fn atomically(path: &Path, contents: &[u8]) -> Result<()> {
    let real;
    let path = match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            real = fs::canonicalize(path).map_err(Error::io(path))?;
            &real
        }
        Ok(_) => return Err(Error::file(path, "this is not a file that can be replaced")),
        // There is nothing yet, or nothing that can be seen; writing will tell.
        Err(_) => path,
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        atomically(&path, b"one").unwrap();
        atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = atomically(folder.path(), b"one").unwrap_err().to_string();
        assert!(error.ends_with("this is not a file that can be replaced"), "{error}");
        assert!(atomically(&folder.path().join("no/such/folder"), b"one").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, b"old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        atomically(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        let device = Path::new("/dev/null");
        if device.exists() {
            assert!(atomically(device, b"new").is_err());
            assert!(!fs::metadata(device).unwrap().is_file());
        }
    }
}
