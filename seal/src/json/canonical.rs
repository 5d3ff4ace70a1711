//! The JSON Canonicalization Scheme (RFC 8785): one form for one content, so that it can be signed.

use super::binary64::ecmascript;
use super::number::Number;
use super::value::Value;
use super::write::string;

/// A number that not every reader takes alike (RFC 7493, 2.2).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInteroperable {
    /// An integer beyond ±(2^53−1), however it is written: readers with doubles would change it.
    #[error("integer {0} is beyond 2^53-1")]
    Integer(String),
    /// A number too large for a double.
    #[error("number {0} is too large")]
    Overflow(String),
}

/// Whether every number in a value means the same to every reader.
///
/// # Errors
/// Names the first number that does not.
pub fn interoperable(value: &Value) -> Result<(), NotInteroperable> {
    match value {
        Value::Number(number) => check(number),
        Value::Array(elements) => elements.iter().try_for_each(interoperable),
        Value::Object(object) => object.iter().try_for_each(|(_, value)| interoperable(value)),
        _ => Ok(()),
    }
}

fn check(number: &Number) -> Result<(), NotInteroperable> {
    const LARGEST: u64 = (1 << 53) - 1;
    let lexeme = number.lexeme();
    let beyond = |integer: &str| {
        let digits = integer.trim_start_matches('-');
        digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.parse::<u64>().is_ok_and(|size| size <= LARGEST)
    };
    // The canonical form of 1e20 is an integer, which the next reader would refuse or change.
    match ecmascript(lexeme) {
        form if beyond(lexeme) || form.as_deref().is_some_and(beyond) => {
            Err(NotInteroperable::Integer(lexeme.to_owned()))
        }
        Some(_) => Ok(()),
        None => Err(NotInteroperable::Overflow(lexeme.to_owned())),
    }
}

/// The canonical bytes of a value. Numbers that are not [`interoperable`] are written as they are, so whoever signs or
/// verifies must have refused them before.
#[must_use]
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    write(value, &mut text);
    text.into_bytes()
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => match ecmascript(number.lexeme()) {
            Some(form) => out.push_str(&form),
            None => out.push_str(number.lexeme()),
        },
        Value::Array(elements) => {
            out.push('[');
            for (position, element) in elements.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(element, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (position, (name, value)) in object.sorted().into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                string(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}
