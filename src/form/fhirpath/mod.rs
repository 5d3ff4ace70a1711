//! FHIRPath (normative release 1, with the supplements of SDC), as far as forms need it: a subset that is refused by name
//! where it ends, and otherwise run as the standard says. `docs/fhirpath.md` lists it for authors.
//!
//! Invariants: what an expression can ask for is decided when it is parsed; evaluation takes a bounded number of steps and
//! a bounded depth of the stack whatever the expression; numbers are decimal and exact; [`tree`] is the only part that
//! knows how a response is built.

mod datum;
mod decimal;
mod evaluate;
mod expression;
mod function;
mod functions;
mod item_set;
mod letters;
mod lexer;
mod member;
mod moment;
mod operators;
mod parser;
mod reach;
mod reads;
mod refusal;
mod same;
mod tree;
mod units;

pub use datum::{Collection, Datum, Extended, Measure};
pub use decimal::Decimal;
pub use evaluate::{Budget, Env, Lookup, evaluate};
pub use expression::Expression;
pub use moment::{Moment, MomentKind};
pub use reads::{Reads, reads};
pub use refusal::{EvaluationRefusal, ExpressionRefusal, Reason};

/// How many characters an expression may have.
pub const MOST_CHARACTERS: usize = 10_000;

/// How deep an expression may be nested.
pub const MOST_NESTED: usize = 64;
