use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// Writes a file so that there is, whatever happens, either the old one or the whole new one: beside
/// it first, then over it in one move. The file is on the disk before it is moved, and the move before
/// this returns.
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
    // No other process and no other thread writes to it.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    name.push(format!(".{}-{}.tmp", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    let beside = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        file.write_all(contents)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        keep_move(path)
    };
    write().map_err(|source| {
        // Nothing of ours stays behind; what was there before is untouched.
        let _ = fs::remove_file(&beside);
        Error::Io { path: path.to_owned(), source }
    })
}

/// Copies a file so that there is, whatever happens, either the old one or the whole new one.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    atomically(to, &fs::read(from).map_err(Error::io(from))?)
}

/// Lets a move in a folder survive a loss of power.
fn keep_move(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Removes what writers of this file left behind when they were killed. No other process may be writing it.
pub fn clean(path: &Path) -> Result<()> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(there) = fs::read_dir(folder) else { return Ok(()) };
    for file in there.flatten() {
        let other = file.file_name();
        let middle = other.to_str().and_then(|other| other.strip_prefix(name)?.strip_suffix(".tmp"));
        let numbers = middle.and_then(|middle| middle.strip_prefix('.')?.split_once('-'));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if numbers.is_some_and(|(process, count)| digits(process) && digits(count)) {
            fs::remove_file(file.path()).map_err(Error::io(file.path()))?;
        }
    }
    Ok(())
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
    fn what_killed_writers_left_is_cleaned_up_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let others = ["a", "a.tmp", "a.12.tmp", "a.1-x.tmp", "ab.1-2.tmp", "a.1-2.tmp.bak"];
        for name in others.iter().chain(&["a.1-2.tmp", "a.33-0.tmp"]) {
            fs::write(folder.path().join(name), b"half a fi").unwrap();
        }
        clean(&path).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let mut expected = others.to_vec();
        expected.sort_unstable();
        assert_eq!(left, expected);
        clean(&folder.path().join("no/such")).unwrap();
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
