//! The header of a safetensors file, read in const evaluation: a JSON object of the tensors.

use keras_shapes::{Dims, MAX_RANK};

/// A tensor of the file.
#[derive(Clone, Copy, Debug)]
pub struct Tensor {
    /// Where its name stands in the file.
    name: [usize; 2],
    /// Whether its numbers are `f32`.
    pub is_f32: bool,
    /// How many sizes it has; more than [`MAX_RANK`] fit no variable.
    pub rank: usize,
    sizes: [usize; MAX_RANK],
    /// Where its numbers begin and end behind the header.
    pub place: [usize; 2],
}

/// A reader at a place of the header.
#[derive(Clone, Copy)]
pub struct Header {
    file: &'static [u8],
    at: usize,
    end: usize,
}

const DAMAGED: &str = "the file of the weights is damaged or not a safetensors file";

impl Header {
    /// Before the first tensor.
    pub const fn new(file: &'static [u8]) -> Self {
        let Some((length, _)) = file.split_first_chunk::<8>() else { panic!("{}", DAMAGED) };
        let length = u64::from_le_bytes(*length);
        if length > file.len() as u64 - 8 {
            panic!("{}", DAMAGED)
        }
        let header = Self { file, at: 8, end: 8 + length as usize };
        header.past(b'{')
    }

    /// The bytes behind the header.
    pub const fn numbers(self) -> &'static [u8] {
        self.file.split_at(self.end).1
    }

    /// The next tensor, and the reader behind it; `None` behind the last one.
    pub const fn next(self) -> Option<(Tensor, Self)> {
        let mut header = self.blank();
        loop {
            match header.peek() {
                b'}' => return None,
                b',' => header = header.past(b','),
                _ => {}
            }
            let (name, behind) = header.string();
            header = behind.past(b':');
            if !is(header.file, name, "__metadata__") {
                let (tensor, behind) = header.tensor(name);
                return Some((tensor, behind.blank()));
            }
            header = header.skip().blank();
        }
    }

    const fn tensor(self, name: [usize; 2]) -> (Tensor, Self) {
        let mut tensor =
            Tensor { name, is_f32: false, rank: 0, sizes: [0; MAX_RANK], place: [usize::MAX, usize::MAX] };
        let mut header = self.past(b'{');
        loop {
            let (key, behind) = header.string();
            header = behind.past(b':');
            if is(header.file, key, "dtype") {
                let (dtype, behind) = header.string();
                tensor.is_f32 = is(header.file, dtype, "F32");
                header = behind;
            } else if is(header.file, key, "shape") {
                let (count, sizes, behind) = header.list();
                (tensor.rank, tensor.sizes, header) = (count, sizes, behind);
            } else if is(header.file, key, "data_offsets") {
                let (_, sizes, behind) = header.list();
                (tensor.place, header) = ([sizes[0], sizes[1]], behind);
            } else {
                header = header.skip();
            }
            header = header.blank();
            if header.peek() == b'}' {
                return (tensor, header.past(b'}'));
            }
            header = header.past(b',');
        }
    }

    /// A list of numbers: how many, and the first ones.
    const fn list(self) -> (usize, [usize; MAX_RANK], Self) {
        let (mut header, mut count, mut sizes) = (self.past(b'[').blank(), 0, [0; MAX_RANK]);
        while header.peek() != b']' {
            let mut number: usize = 0;
            let start = header.at;
            while header.peek().is_ascii_digit() {
                number = number.saturating_mul(10).saturating_add((header.peek() - b'0') as usize);
                header.at += 1;
            }
            if header.at == start {
                panic!("{}", DAMAGED)
            }
            if count < MAX_RANK {
                sizes[count] = number;
            }
            count += 1;
            header = header.blank();
            if header.peek() == b',' {
                header = header.past(b',').blank();
            }
        }
        (count, sizes, header.past(b']'))
    }

    const fn peek(self) -> u8 {
        if self.at >= self.end {
            panic!("{}", DAMAGED)
        }
        self.file[self.at]
    }

    const fn blank(mut self) -> Self {
        while self.at < self.end && self.file[self.at].is_ascii_whitespace() {
            self.at += 1;
        }
        self
    }

    const fn past(self, byte: u8) -> Self {
        let mut header = self.blank();
        if header.peek() != byte {
            panic!("{}", DAMAGED)
        }
        header.at += 1;
        header
    }

    /// A string: where it begins and ends between its quotes.
    const fn string(self) -> ([usize; 2], Self) {
        let mut header = self.past(b'"');
        let start = header.at;
        while header.peek() != b'"' {
            header.at += if header.peek() == b'\\' { 2 } else { 1 };
        }
        ([start, header.at], header.past(b'"'))
    }

    /// Behind a value of any kind.
    const fn skip(self) -> Self {
        let (mut header, mut depth) = (self.blank(), 0_usize);
        loop {
            match header.peek() {
                b'"' => header = header.string().1,
                b'{' | b'[' => {
                    depth += 1;
                    header.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    header.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return header,
                _ => header.at += 1,
            }
            if depth == 0 && matches!(header.blank().peek(), b'}' | b']' | b',') {
                return header;
            }
        }
    }
}

impl Tensor {
    /// Whether this is its name: `layer/variable`.
    pub const fn is_called(&self, file: &[u8], layer: &str, variable: &str) -> bool {
        let ([start, end], middle) = (self.name, self.name[0] + layer.len());
        middle < end
            && is(file, [start, middle], layer)
            && file[middle] == b'/'
            && is(file, [middle + 1, end], variable)
    }

    /// Its name.
    pub const fn name(&self, file: &'static [u8]) -> &'static str {
        let (name, _) = file.split_at(self.name[1]);
        match core::str::from_utf8(name.split_at(self.name[0]).1) {
            Ok(name) => name,
            Err(_) => panic!("{}", DAMAGED),
        }
    }

    /// Its shape, where a variable can have that.
    pub const fn dims(&self) -> Option<Dims> {
        if self.rank > MAX_RANK { None } else { Some(Dims { rank: self.rank, d: self.sizes }) }
    }
}

/// Whether a word stands there.
const fn is(file: &[u8], [start, end]: [usize; 2], word: &str) -> bool {
    let word = word.as_bytes();
    if end - start != word.len() {
        return false;
    }
    let mut i = 0;
    while i < word.len() {
        if file[start + i] != word[i] {
            return false;
        }
        i += 1;
    }
    true
}
