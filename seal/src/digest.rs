//! SHA-256 (FIPS 180-4) in the two forms the formats use.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// `sha-256:` and the hash in lower-case hexadecimal, as `sha256sum` prints it.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let mut text = String::from("sha-256:");
    for byte in sha256(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The first ten bytes of such a digest in groups of four digits, as people compare it by eye: `9C1E 04B7 …`.
#[must_use]
pub fn short_form(digest: &str) -> String {
    let hex = digest.rsplit(':').next().unwrap_or_default().to_ascii_uppercase();
    let digits: Vec<char> = hex.chars().take(20).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
