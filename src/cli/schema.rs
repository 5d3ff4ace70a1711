//! `asesmen schema`: the JSON Schema of each format, as it is generated from the types.

use super::UNUSABLE;
use crate::domain::Role;
use crate::seal::schema::{NAMES, schema as of};
use std::process::ExitCode;

/// Prints one schema, or the names of all.
pub fn schema(name: Option<&str>) -> ExitCode {
    let Some(name) = name else {
        NAMES.iter().for_each(|name| println!("{name}"));
        return ExitCode::SUCCESS;
    };
    let Some(text) = of(name, &Role::ALL.map(Role::code)) else {
        eprintln!("asesmen schema: no format {name:?}; there are {}", NAMES.join(", "));
        return ExitCode::from(UNUSABLE);
    };
    println!("{text}");
    ExitCode::SUCCESS
}
