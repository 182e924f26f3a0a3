use crate::error::{Error, Result};

/// How often a callback saves. A number of batches converts to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveFreq {
    /// After each epoch.
    #[default]
    Epoch,
    /// After every so many batches, counted on from epoch to epoch.
    Batches(usize),
}

impl From<usize> for SaveFreq {
    fn from(batches: usize) -> Self {
        Self::Batches(batches)
    }
}

impl SaveFreq {
    /// An error for a number of batches that makes no sense.
    pub(super) fn check(self, callback: &str) -> Result<()> {
        match self {
            Self::Batches(0) => Err(Error::argument(format!("save_freq of {callback}"), "at least 1", 0)),
            _ => Ok(()),
        }
    }

    /// Counts a batch; says whether it is time.
    pub(super) fn batch(self, seen: &mut usize) -> bool {
        let Self::Batches(batches) = self else { return false };
        *seen += 1;
        let time = *seen >= batches;
        if time {
            *seen = 0;
        }
        time
    }
}
