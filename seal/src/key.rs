//! Public keys: P-256 as JWK (RFC 7517, RFC 7518 section 6.2) and their names.

use super::digest::sha256;
use crate::json::{Value, object};
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;

/// A public P-256 key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    x: [u8; 32],
    y: [u8; 32],
}

/// Why a JWK is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// Not exactly the members `kty`, `crv`, `x`, `y` of a public P-256 key.
    #[error("not a public P-256 key in JWK form")]
    NotP256,
    /// A coordinate is not 32 bytes in base64url without padding.
    #[error("a coordinate is not 32 bytes of base64url")]
    Coordinate,
}

impl Jwk {
    /// Reads a JWK that has exactly the members of a public P-256 key. A private member or a hint such as `use` has no
    /// place in a sealed document.
    ///
    /// # Errors
    /// Refuses other keys, other members and coordinates of the wrong size. Whether the point lies on the curve is
    /// checked by who verifies with it.
    pub fn read(value: &Value) -> Result<Self, KeyRefusal> {
        let object = value.as_object().filter(|object| object.len() == 4).ok_or(KeyRefusal::NotP256)?;
        let text = |member: &str| object.text(member).ok_or(KeyRefusal::NotP256);
        if text("kty")? != "EC" || text("crv")? != "P-256" {
            return Err(KeyRefusal::NotP256);
        }
        Ok(Self { x: coordinate(text("x")?)?, y: coordinate(text("y")?)? })
    }

    /// A key of its coordinates, big-endian. Whether they are a point of the curve is checked by who verifies with it.
    #[must_use]
    pub const fn of(x: [u8; 32], y: [u8; 32]) -> Self {
        Self { x, y }
    }

    /// The coordinates `x` and `y`, big-endian.
    #[must_use]
    pub const fn coordinates(&self) -> (&[u8; 32], &[u8; 32]) {
        (&self.x, &self.y)
    }

    /// The JWK as JSON, members in the order that RFC 7638 hashes them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let part = |bytes: &[u8; 32]| Base64UrlUnpadded::encode_string(bytes);
        object([
            ("crv", "P-256".into()),
            ("kty", "EC".into()),
            ("x", part(&self.x).into()),
            ("y", part(&self.y).into()),
        ])
    }

    /// The key's name: its thumbprint (RFC 7638).
    #[must_use]
    pub fn kid(&self) -> Kid {
        Kid(sha256(self.to_json().to_string().as_bytes()))
    }
}

fn coordinate(text: &str) -> Result<[u8; 32], KeyRefusal> {
    let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| KeyRefusal::Coordinate)?;
    bytes.try_into().map_err(|_| KeyRefusal::Coordinate)
}

/// Names a key: the SHA-256 thumbprint of its JWK (RFC 7638); base64url in text, 43 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kid([u8; 32]);

impl Kid {
    /// Reads the text form; `None` unless it is 32 bytes of base64url without padding.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok().map(Self)
    }

    /// The short form that people compare by eye or read out.
    #[must_use]
    pub const fn fingerprint(self) -> Fingerprint {
        Fingerprint(self.0)
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Base64UrlUnpadded::encode_string(&self.0))
    }
}

impl fmt::Debug for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kid({self})")
    }
}

/// The first ten bytes of a thumbprint in groups of four hexadecimal digits, as in `3F2A 91C4 07BE D512 6A80`: 80 bits,
/// short enough to read over the telephone and long enough that nobody can make a second key that shows the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, pair) in self.0[..10].chunks(2).enumerate() {
            let gap = if position == 0 { "" } else { " " };
            write!(f, "{gap}{:02X}{:02X}", pair[0], pair[1])?;
        }
        Ok(())
    }
}
