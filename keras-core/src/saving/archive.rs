//! Reading safetensors files that nobody vouches for.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use safetensors::Dtype;
use safetensors::tensor::{Metadata, TensorInfo};

use super::seal;
use crate::element::Element;
use crate::error::{Error, Result};

/// The longest header that is read. Those of the largest models that there are take a tenth of it.
const MOST_HEADER: u64 = 16 << 20;

/// A safetensors file, its header read and checked. No tensor is read before it is asked for, so that the
/// memory it takes is what the model needs, whatever the file says.
pub struct Archive {
    pub path: PathBuf,
    file: File,
    /// The length of the header and the header.
    head: Vec<u8>,
    pub tensors: BTreeMap<String, TensorInfo>,
    pub about: HashMap<String, String>,
}

/// An error if there is no whole file of this kind.
pub fn intact(path: &Path) -> Result<()> {
    if Archive::open(path)?.verify()? { Ok(()) } else { Err(Error::file(path, "it has no checksum")) }
}

impl Archive {
    /// Reads a file's header. Its length is compared with the file's before anything is made as large.
    pub fn open(path: &Path) -> Result<Self> {
        let wrong = |problem: String| Error::file(path, format!("this is not a safetensors file: {problem}"));
        let io = |error| Error::io(path)(error);
        if !std::fs::metadata(path).map_err(io)?.is_file() {
            return Err(wrong("it is a folder or a device".into()));
        }
        let mut file = File::open(path).map_err(io)?;
        let len = file.metadata().map_err(io)?.len();
        if len < 8 {
            return Err(wrong(format!("it has {len} bytes, but the length of its header alone takes 8")));
        }
        let mut start = [0; 8];
        file.read_exact(&mut start).map_err(io)?;
        let header = u64::from_le_bytes(start);
        if header > len - 8 {
            return Err(wrong(format!("its header should have {header} bytes, but {} follow", len - 8)));
        }
        if header > MOST_HEADER {
            return Err(wrong(format!("its header has {header} bytes, but at most {MOST_HEADER} are read")));
        }
        let mut head = start.to_vec();
        head.resize(8 + header as usize, 0);
        file.read_exact(&mut head[8..]).map_err(io)?;
        let metadata: Metadata =
            serde_json::from_slice(&head[8..]).map_err(|e| wrong(format!("its header is broken: {e}")))?;
        let (expected, found) = (metadata.data_len() as u64, len - 8 - header);
        if expected != found {
            return Err(wrong(format!(
                "its tensors should take {expected} bytes, but {found} follow the header"
            )));
        }
        let tensors = metadata.tensors().into_iter().map(|(name, info)| (name, info.clone())).collect();
        let about = metadata.metadata().clone().unwrap_or_default();
        Ok(Self { path: path.into(), file, head, tensors, about })
    }

    /// Compares the file with the checksum in its header, where there is one; says whether there is.
    pub fn verify(&mut self) -> Result<bool> {
        let Some(sum) = self.about.get(seal::KEY) else { return Ok(false) };
        let sum = sum.clone();
        let Some(mut hasher) = seal::of_head(&self.head) else {
            return Err(Error::file(&self.path, "its checksum is not written as it should be"));
        };
        self.file.seek(SeekFrom::Start(self.head.len() as u64)).map_err(Error::io(&self.path))?;
        let mut piece = vec![0; 1 << 16];
        loop {
            let n = self.file.read(&mut piece).map_err(Error::io(&self.path))?;
            if n == 0 {
                break;
            }
            hasher.update(&piece[..n]);
        }
        let found = seal::text(hasher.finalize());
        if found == sum {
            return Ok(true);
        }
        let problem = format!("the file is damaged: its checksum should be {sum}, but is {found}");
        Err(Error::file(&self.path, problem))
    }

    /// Reads a tensor of a length that the caller knows into `to`; a sentence says what is wrong with it.
    pub fn read<E: Element>(&mut self, info: &TensorInfo, to: &mut [E]) -> core::result::Result<(), String> {
        let (start, end) = info.data_offsets;
        let size = match info.dtype {
            Dtype::F32 => 4,
            Dtype::F64 => 8,
            other => return Err(format!("holds {other:?} numbers, but F32 or F64 are expected")),
        };
        if end - start != size * to.len() {
            return Err(format!("has {} numbers, but {} are expected", (end - start) / size, to.len()));
        }
        let mut bytes = vec![0; end - start];
        let mut read = || {
            self.file.seek(SeekFrom::Start((self.head.len() + start) as u64))?;
            self.file.read_exact(&mut bytes)
        };
        read().map_err(|error| format!("cannot be read: {error}"))?;
        if size == 4 {
            for (to, four) in to.iter_mut().zip(bytes.as_chunks().0) {
                *to = E::of(f32::from_le_bytes(*four).into());
            }
        } else {
            for (to, eight) in to.iter_mut().zip(bytes.as_chunks().0) {
                *to = E::of(f64::from_le_bytes(*eight));
            }
        }
        Ok(())
    }
}
