//! Sealed documents as FHIR R4: the same content in the shape that health systems take, with the seal as provenance.
//!
//! A Bundle of type `collection`, not `document`: each response has a seal of its own, while a FHIR document begins with a
//! Composition that nobody signed. What was signed is not FHIR but the sealed `document`, so the signature of each
//! Provenance is a JWS that brings its payload along and can be verified without the file.
//!
//! Invariant: the same files make the same Bundle, byte for byte; nothing is said that a file does not say.

mod bundle;
mod person;
mod provenance;

pub use bundle::{Form, bundle};
