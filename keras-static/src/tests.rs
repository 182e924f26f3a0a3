//! Files of weights, good and bad: what const evaluation would say is said here at run time.

extern crate std;

use std::boxed::Box;
use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, panic};

use crate::layers::Variable;
use crate::weights::{check, find, number, variable};

/// A file with this header, and so many bytes of numbers behind it.
fn file(header: &str, numbers: usize) -> &'static [u8] {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header.as_bytes());
    bytes.extend((0..numbers / 4).flat_map(|i| (i as f32).to_le_bytes()));
    Box::leak(bytes.into_boxed_slice())
}

const KERNEL: &str = r#""dense/kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}"#;
const BIAS: &str = r#""dense/bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}"#;
const BOTH: &[Variable] = &[variable("kernel", [2, 3]), variable("bias", [3])];

/// What is said of a file.
fn said(file: &'static [u8]) -> Result<(), String> {
    let result = panic::catch_unwind(|| check("net.safetensors", file, &[("dense", BOTH)]));
    result.map_err(|panic| panic.downcast_ref::<String>().map_or_else(String::new, ToString::to_string))
}

#[track_caller]
fn says(file: &'static [u8], differences: &[&str]) {
    let text = said(file).unwrap_err();
    let expected = format!("the weights in `net.safetensors` do not fit:\n{}", differences.join("\n"));
    assert_eq!(text, expected);
}

#[test]
fn a_file_that_fits() {
    let about = r#""__metadata__":{"model":"a \"Net\" {[","version":"1"}"#;
    for header in [
        format!("{{{KERNEL},{BIAS}}}"),
        format!("{{{about},{BIAS},{KERNEL}}}   "),
        format!("{{ {KERNEL} , {about} ,\n{BIAS} }}"),
        r#"{"dense/bias":{"data_offsets":[24,36],"shape":[ 3 ],"dtype":"F32"},"dense/kernel":{"shape":[2, 3],"new":{"a":[1]},"data_offsets":[0,24],"dtype":"F32"}}"#.into(),
    ] {
        let file = file(&header, 36);
        said(file).unwrap();
        let [kernel, bias, none, _] = find(file, "dense", BOTH);
        assert_eq!(kernel.iter().map(number).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(bias.iter().map(number).collect::<Vec<_>>(), [6.0, 7.0, 8.0]);
        assert!(none.is_empty());
    }
}

#[test]
fn all_that_differs_is_said_at_once() {
    let other = KERNEL.replace("[2,3]", "[3,2]");
    let more = r#""dense_1/bias":{"dtype":"F32","shape":[1],"data_offsets":[36,40]}"#;
    says(
        file(&format!("{{{other},{more}}}"), 40),
        &[
            "`dense/kernel` is (2, 3) in the model, but (3, 2) in the file",
            "`dense/bias` (3) is not in the file",
            "`dense_1/bias` is in the file, but not in the model",
        ],
    );
    let half = KERNEL.replace("F32", "F16");
    says(file(&format!("{{{half},{BIAS}}}"), 36), &["`dense/kernel` must have `F32` numbers in the file"]);
    let deep = KERNEL.replace("[2,3]", "[1,1,1,2,3]");
    says(file(&format!("{{{deep},{BIAS}}}"), 36), &["`dense/kernel` has 5 sizes in the file"]);
    says(file(&format!("{{{KERNEL},{BIAS}}}"), 32), &["`dense/bias` lies outside of the file"]);
    let turned = BIAS.replace("[24,36]", "[36,24]");
    says(file(&format!("{{{KERNEL},{turned}}}"), 36), &["`dense/bias` lies outside of the file"]);
    says(file(&format!("{{{KERNEL},{BIAS},{BIAS}}}"), 36), &["the file has a name twice"]);
    let shorter = KERNEL.replace("dense/kernel", "dens/kernel");
    says(
        file(&format!("{{{shorter},{BIAS}}}"), 36),
        &["`dense/kernel` (2, 3) is not in the file", "`dens/kernel` is in the file, but not in the model"],
    );
}

#[test]
fn a_damaged_file_is_no_weights() {
    let good = file(&format!("{{{KERNEL},{BIAS}}}"), 36);
    said(good).unwrap();
    for end in 0..good.len() {
        assert!(said(&good[..end]).is_err(), "cut at {end}");
    }
    assert!(said(&[0xff; 16]).is_err());
    assert!(said(file("[]", 0)).is_err());
    assert!(said(file(r#"{"dense/kernel":7}"#, 0)).is_err());
    // Any byte of the header may be another one: then there is an error, or the file fits all the same.
    for at in 0..good.len() - 36 {
        let mut bytes = good.to_vec();
        bytes[at] ^= 0x15;
        let _ = said(Box::leak(bytes.into_boxed_slice()));
    }
}
