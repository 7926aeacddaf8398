//! Golden vectors. One file per case; every file is walked, so that adding one needs no code.
//!
//! Lines that begin with `#` describe the case: `# read as: part` or `# read as: strict part`, and,
//! for a refusal, `# error: ` with the whole sentence. The rest is hexadecimal.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod samples;

use std::collections::BTreeMap;
use std::path::PathBuf;

use counterseal_model::cbor::{BodyError, check_canonical, from_bytes, from_bytes_strict, to_bytes};
use counterseal_model::record::Part;

/// A vector file, taken apart.
struct Vector {
    name: String,
    header: BTreeMap<String, String>,
    bytes: Vec<u8>,
}

fn walk(folder: &str) -> Vec<Vector> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", folder].iter().collect();
    let mut vectors: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| read(&file.unwrap().path())).collect();
    vectors.sort_by(|a, b| a.name.cmp(&b.name));
    vectors
}

fn read(path: &std::path::Path) -> Vector {
    let text = std::fs::read_to_string(path).unwrap();
    let (comments, hexadecimal): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with('#'));
    let header = comments.iter().filter_map(|line| line.trim_start_matches("# ").split_once(": "));
    Vector {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        header: header.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        bytes: hex::decode(hexadecimal.concat()).unwrap(),
    }
}

impl Vector {
    fn part(&self) -> Result<Part, BodyError> {
        match self.header.get("read as").map(String::as_str) {
            Some("part") => from_bytes(&self.bytes),
            Some("strict part") => from_bytes_strict(&self.bytes),
            other => panic!("{}: 'read as' is {other:?}", self.name),
        }
    }
}

#[test]
fn every_accepted_vector_is_read_and_written_back_byte_for_byte() {
    let vectors = walk("accept");
    assert!(vectors.len() >= 16, "only {} vectors were found", vectors.len());
    for vector in vectors {
        let part = vector.part().unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        assert_eq!(hex::encode(to_bytes(&part)), hex::encode(&vector.bytes), "{}", vector.name);
        assert_eq!(check_canonical(&vector.bytes), Ok(()));
    }
}

#[test]
fn every_refused_vector_is_refused_for_the_reason_it_names() {
    let vectors = walk("refuse");
    assert!(vectors.len() >= 80, "only {} vectors were found", vectors.len());
    for vector in vectors {
        let expected = vector.header.get("error").expect("a refused vector names its error");
        match vector.part() {
            Ok(_) => panic!("{} was accepted; it should say: {expected}", vector.name),
            Err(error) => assert_eq!(&error.to_string(), expected, "{}", vector.name),
        }
    }
}

#[test]
fn the_samples_in_code_have_the_bytes_of_the_vectors() {
    let vectors: BTreeMap<_, _> = walk("accept").into_iter().map(|v| (v.name.clone(), v)).collect();
    for (name, part) in samples::all() {
        let vector = vectors.get(name).unwrap_or_else(|| panic!("there is no vector {name}"));
        assert_eq!(vector.part().unwrap(), part, "{name}");
        assert_eq!(hex::encode(to_bytes(&part)), hex::encode(&vector.bytes), "{name}");
    }
}
