use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Callback, CallbackState, Trainee};
use crate::error::{Error, Result};
use crate::training::Logs;

/// Writes the figures of each epoch to a CSV file. Keras: `CSVLogger`.
///
/// The columns are `epoch`, counted from 0, and the first epoch's figures in alphabetical order, then
/// those of the validation if it comes in later epochs only. What an epoch lacks is `NA`, what it has
/// besides is left out. Each epoch is on the disk when the next one begins.
///
/// Defaults: separator `,`; a file that is there is overwritten, unless the training goes on from a
/// checkpoint: then the epochs up to it stay, and later ones are written anew. When appending, the columns must be
/// those of the file.
///
/// ```
/// use keras_core::prelude::*;
/// let fit = Fit::epochs(3).callback(CSVLogger::new("training.csv").separator(';').append(true));
/// # let _ = fit;
/// ```
#[derive(Debug)]
pub struct CSVLogger {
    path: PathBuf,
    separator: char,
    append: bool,
    file: Option<csv::Writer<File>>,
    /// What is in the file's header, if it has one.
    columns: Vec<String>,
    /// Whether this training has had an epoch.
    begun: bool,
    /// How many bytes the file has.
    len: u64,
}

impl CSVLogger {
    /// Writes to this file.
    pub fn new(filename: impl Into<PathBuf>) -> Self {
        let columns = Vec::new();
        Self {
            path: filename.into(),
            separator: ',',
            append: false,
            file: None,
            columns,
            begun: false,
            len: 0,
        }
    }
    /// What stands between two numbers, an ASCII character. Default: a comma.
    #[must_use]
    pub fn separator(mut self, separator: char) -> Self {
        self.separator = separator;
        self
    }
    /// Whether the epochs are added to a file that is there. Default: no.
    #[must_use]
    pub fn append(mut self, append: bool) -> Self {
        self.append = append;
        self
    }

    fn byte(&self) -> Result<u8> {
        let ok = self.separator.is_ascii() && !"\"\r\n.".contains(self.separator);
        let byte =
            u8::try_from(self.separator).ok().filter(|_| ok && !self.separator.is_ascii_alphanumeric());
        byte.ok_or_else(|| {
            let expected = "an ASCII character that is no part of a number, a name, a quote or a line's end";
            Error::argument("separator of CSVLogger", expected, format!("{:?}", self.separator))
        })
    }

    /// The columns of a file to append to; none if there is nothing in it yet.
    fn header(&self, separator: u8) -> Result<Vec<String>> {
        let size = std::fs::metadata(&self.path).map_or(0, |file| file.len());
        if !self.append || size == 0 {
            return Ok(Vec::new());
        }
        let broken = |error| failed(&self.path, error);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).from_path(&self.path).map_err(broken)?;
        let header = reader.headers().map_err(broken)?;
        Ok(header.iter().map(str::to_owned).collect())
    }

    /// Writes the header, or compares it with the one in the file.
    fn begin(&mut self, logs: &Logs, trainee: &dyn Trainee) -> Result<()> {
        let mut names = logs.names().to_vec();
        names.sort();
        if trainee.validation_freq() > 1 && !names.iter().any(|name| name.starts_with("val_")) {
            let later: Vec<_> = names.iter().map(|name| format!("val_{name}")).collect();
            names.extend(later);
        }
        names.insert(0, "epoch".into());
        if self.columns.is_empty() {
            self.row(&names)?;
            self.columns = names;
        } else if let Some(new) = names.iter().find(|name| !self.columns.contains(name)) {
            let problem =
                format!("there is no column for `{new}`; the columns are: {}", self.columns.join(", "));
            return Err(Error::file(&self.path, problem));
        }
        self.begun = true;
        Ok(())
    }

    fn row(&mut self, fields: &[String]) -> Result<()> {
        let Some(file) = &mut self.file else {
            let problem = "an epoch ends before the training begins".into();
            return Err(Error::Callback { callback: "CSVLogger".into(), problem });
        };
        file.write_record(fields).map_err(|error| failed(&self.path, error))?;
        file.flush().map_err(Error::io(&self.path))?;
        self.len = file.get_ref().metadata().map_err(Error::io(&self.path))?.len();
        Ok(())
    }
}

fn failed(path: &Path, error: csv::Error) -> Error {
    let problem = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::io(path)(source),
        _ => Error::file(path, problem),
    }
}

impl Callback for CSVLogger {
    fn state(&self) -> Option<CallbackState> {
        let state = CallbackState::new("CSVLogger").count("len", usize::try_from(self.len).ok());
        Some(self.columns.iter().fold(state.count("begun", usize::from(self.begun)), |state, column| {
            state.text("column", column.as_str())
        }))
    }

    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        self.columns = state.texts.iter().map(|(_, column)| column.clone()).collect();
        self.begun = state.get_count("begun") == Some(1);
        let Some(file) = &mut self.file else { return Ok(()) };
        // Rows of epochs that will be trained again.
        let cut = || {
            let len = file.get_ref().metadata()?.len().min(state.get_count("len").unwrap_or(0) as u64);
            file.get_ref().set_len(len)?;
            file.get_ref().seek(SeekFrom::Start(len))?;
            std::io::Result::Ok(len)
        };
        self.len = cut().map_err(Error::io(&self.path))?;
        if self.len == 0 {
            // The file is gone: it gets a header again.
            (self.columns, self.begun) = (Vec::new(), false);
        }
        Ok(())
    }

    fn on_train_begin(&mut self, trainee: &mut dyn Trainee) -> Result<()> {
        let separator = self.byte()?;
        self.columns = self.header(separator)?;
        self.begun = false;
        let mut how = OpenOptions::new();
        how.write(true).create(true).append(self.append).truncate(!self.append && !trainee.resuming());
        let file = how.open(&self.path).map_err(Error::io(&self.path))?;
        self.len = file.metadata().map_err(Error::io(&self.path))?.len();
        self.file = Some(csv::WriterBuilder::new().delimiter(separator).from_writer(file));
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if !self.begun {
            self.begin(logs, trainee)?;
        }
        let value = |name: &String| match (name.as_str(), logs.get(name)) {
            ("epoch", _) => epoch.to_string(),
            (_, Some(value)) => value.to_string(),
            (_, None) => "NA".into(),
        };
        let fields: Vec<_> = self.columns.iter().map(value).collect();
        self.row(&fields)
    }

    fn on_train_end(&mut self, _: &Logs, _: &mut dyn Trainee) -> Result<()> {
        self.file = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};

    fn log(logger: CSVLogger, figure: &str, values: &[f64]) -> Result<()> {
        let mut logger = logger;
        train(&mut Fake::default(), &mut logger, figure, values).map(|_| ())
    }

    #[test]
    fn a_line_an_epoch_with_a_header() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.csv");
        log(CSVLogger::new(&path), "accuracy", &[0.5, 0.25]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch,accuracy,loss\n0,0.5,1\n1,0.25,1\n");
        log(CSVLogger::new(&path).separator(';'), "accuracy", &[0.125]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch;accuracy;loss\n0;0.125;1\n");
    }

    #[test]
    fn lines_are_there_while_the_training_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.csv");
        let (mut fake, mut logger) = (Fake::default(), CSVLogger::new(&path));
        logger.on_train_begin(&mut fake).unwrap();
        logger.on_epoch_end(3, &mut Logs::from_iter([("val_loss", 0.5), ("loss", 2.0)]), &mut fake).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch,loss,val_loss\n3,2,0.5\n");
        logger.on_epoch_end(4, &mut Logs::from_iter([("loss", 1.5)]), &mut fake).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch,loss,val_loss\n3,2,0.5\n4,1.5,NA\n");
    }

    #[test]
    fn a_validation_that_comes_later_has_its_columns() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.csv");
        let (mut fake, mut logger) = (Fake { validation_freq: 2, ..Fake::default() }, CSVLogger::new(&path));
        logger.on_train_begin(&mut fake).unwrap();
        logger.on_epoch_end(0, &mut Logs::from_iter([("loss", 0.5)]), &mut fake).unwrap();
        logger.on_epoch_end(1, &mut Logs::from_iter([("loss", 0.25), ("val_loss", 1.0)]), &mut fake).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch,loss,val_loss\n0,0.5,NA\n1,0.25,1\n");
    }

    #[test]
    fn appending_keeps_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.csv");
        log(CSVLogger::new(&path).append(true), "accuracy", &[0.5]).unwrap();
        log(CSVLogger::new(&path).append(true), "accuracy", &[0.75]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "epoch,accuracy,loss\n0,0.5,1\n0,0.75,1\n");
        let error = log(CSVLogger::new(&path).append(true), "auc", &[0.75]).unwrap_err().to_string();
        assert!(
            error.ends_with("log.csv: there is no column for `auc`; the columns are: epoch, accuracy, loss"),
            "{error}"
        );
    }

    #[test]
    fn errors_name_the_file_or_the_argument() {
        let error = log(CSVLogger::new("no/such/folder/log.csv"), "a", &[]).unwrap_err().to_string();
        assert!(error.starts_with("no/such/folder/log.csv: "), "{error}");
        for separator in ['é', '.', '"', '7', '\n'] {
            assert!(log(CSVLogger::new("log.csv").separator(separator), "a", &[]).is_err());
        }
    }
}
