//! A parsed expression. Paths and chains of operators are lists, so that a long expression is not a deep one: the height
//! of the tree is what evaluation needs of the stack, and the parser bounds it.

use super::datum::Datum;
use super::function::Function;
use crate::form::regex::Pattern;
use std::borrow::Cow;

/// Operators between two operands (FHIRPath N1, 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `*`.
    Times,
    /// `/`.
    Over,
    /// `div`.
    Div,
    /// `mod`.
    Mod,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `&`.
    Join,
    /// `|`.
    Union,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `~`.
    Equivalent,
    /// `!~`.
    NotEquivalent,
    /// `in`.
    In,
    /// `contains`.
    Contains,
    /// `and`.
    And,
    /// `or`.
    Or,
    /// `xor`.
    Xor,
    /// `implies`.
    Implies,
}

/// The operators as written, each with how tightly it binds (N1, 6.8).
pub const OPERATORS: [(&str, Operator, u8); 22] = [
    ("*", Operator::Times, 9),
    ("/", Operator::Over, 9),
    ("div", Operator::Div, 9),
    ("mod", Operator::Mod, 9),
    ("+", Operator::Plus, 8),
    ("-", Operator::Minus, 8),
    ("&", Operator::Join, 8),
    ("|", Operator::Union, 6),
    ("<", Operator::Less, 5),
    ("<=", Operator::LessOrEqual, 5),
    (">", Operator::Greater, 5),
    (">=", Operator::GreaterOrEqual, 5),
    ("=", Operator::Equal, 4),
    ("!=", Operator::NotEqual, 4),
    ("~", Operator::Equivalent, 4),
    ("!~", Operator::NotEquivalent, 4),
    ("in", Operator::In, 3),
    ("contains", Operator::Contains, 3),
    ("and", Operator::And, 2),
    ("or", Operator::Or, 1),
    ("xor", Operator::Xor, 1),
    ("implies", Operator::Implies, 0),
];

/// How tightly `is` and `as` bind.
pub const TYPE_BINDING: u8 = 7;

/// A type that a value can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// `Boolean`.
    Boolean,
    /// `Integer`.
    Integer,
    /// `Decimal`.
    Decimal,
    /// `String`, and the FHIR primitives that are texts.
    String,
    /// `Date`.
    Date,
    /// `DateTime`.
    DateTime,
    /// `Time`.
    Time,
    /// `Quantity`.
    Quantity,
    /// `Coding`.
    Coding,
    /// `Attachment`.
    Attachment,
    /// A type of resource.
    Resource(&'static str),
}

/// A step of a path.
#[derive(Clone, Debug)]
pub enum Step {
    /// `.name`.
    Member(Cow<'static, str>),
    /// `.function(…)`.
    Call(Function, Vec<Term>),
    /// `[…]`.
    At(Term),
    /// `is Type`.
    Is(TypeName),
    /// `as Type`, `.ofType(Type)`.
    OfType(TypeName),
    /// `as Type`, which takes one value at most.
    As(TypeName),
}

/// A part of an expression.
#[derive(Clone, Debug)]
pub enum Term {
    /// `{}`.
    Empty,
    /// A literal, apart, as it is larger than any other part.
    Literal(Box<Datum<'static>>),
    /// A pattern for `matches` and its like, compiled.
    Pattern(Pattern),
    /// `$this`, or the beginning of a path that says nothing else.
    This,
    /// `$index`.
    Index,
    /// `$total`.
    Total,
    /// `%resource`, or a path that begins with the name of the resource's type.
    Resource,
    /// `%context`.
    Context,
    /// `%name`.
    Variable(String),
    /// A path of steps from a beginning.
    Path(Box<Term>, Vec<Step>),
    /// Operators of the same binding, from left to right.
    Chain(Box<Term>, Vec<(Operator, Term)>),
    /// `-…`.
    Negative(Box<Term>),
}

/// A FHIRPath expression of the subset that the engine runs.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) root: Term,
    pub(super) variables: Vec<String>,
    /// Whether `$index` occurs, which then has to count what a look-up would pass by.
    pub(super) counts: bool,
    /// Whether it asks for the time.
    pub(super) tells_time: bool,
    pub(super) text: String,
}

impl Expression {
    /// The variables it uses, without `%`, each once, sorted; those that the engine defines itself are left out
    /// (`%resource`, `%context`, `%ucum`, `%sct`, `%loinc`).
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// Whether it uses `today()`, `now()` or `timeOfDay()`, so that its value may change without any answer.
    #[must_use]
    pub const fn tells_time(&self) -> bool {
        self.tells_time
    }

    /// The text it was parsed from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
