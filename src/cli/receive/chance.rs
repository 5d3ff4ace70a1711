//! Random bytes from the system: names of seals and claims, and the receiver's key.

/// The system gives no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random bytes: {0}")]
pub struct NoChance(getrandom::Error);

impl From<NoChance> for object_store::Error {
    fn from(error: NoChance) -> Self {
        Self::Generic { store: "receiver", source: Box::new(error) }
    }
}

/// Random bytes.
///
/// # Errors
/// Fails where the system has none to give.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoChance> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoChance)?;
    Ok(bytes)
}

/// A name that nobody else has, of 32 hexadecimal digits.
///
/// # Errors
/// Fails where the system has no random bytes.
pub fn word() -> Result<String, NoChance> {
    Ok(format!("{:032x}", u128::from_be_bytes(bytes()?)))
}
