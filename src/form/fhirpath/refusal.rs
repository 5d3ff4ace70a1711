//! Why an expression cannot be used, or gives no value.

/// Why an expression is refused before it ever runs, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {reason}")]
pub struct ExpressionRefusal {
    /// The character at which it is, from 1.
    pub at: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It has more than [`super::MOST_CHARACTERS`].
    #[error("the expression is too long")]
    TooLong,
    /// It is nested deeper than [`super::MOST_NESTED`].
    #[error("the expression is nested too deep")]
    TooDeep,
    /// It ends too early.
    #[error("the expression ends too early")]
    Ends,
    /// A word that cannot stand here.
    #[error("“{0}” cannot stand here")]
    Unexpected(String),
    /// A text or comment without its end.
    #[error("a text or comment is not closed")]
    Unclosed,
    /// An escape that texts do not know.
    #[error("texts have no such escape")]
    NoEscape,
    /// A number or date that is none, or is too large.
    #[error("a number or date cannot be read")]
    NoLiteral,
    /// A function outside the subset.
    #[error("the function “{0}” is not supported")]
    Function(String),
    /// A function with too few or too many arguments.
    #[error("the function “{0}” does not take that many arguments")]
    Arguments(String),
    /// A type outside the subset.
    #[error("the type “{0}” is not supported")]
    Type(String),
    /// A path that begins with a type other than that of the response.
    #[error("a path cannot begin with “{0}”: other resources are reached through their %variable")]
    Beginning(String),
    /// A pattern that is not written out as a text.
    #[error("the pattern of “{0}” has to be a text literal")]
    PatternNotLiteral(String),
    /// A pattern that cannot be used.
    #[error("the pattern cannot be used: {0}")]
    Pattern(crate::form::regex::PatternRefusal),
}

/// Why an evaluation ends without a value (FHIRPath N1, 3: the cases that "signal an error").
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationRefusal {
    /// It took more steps than its [`super::Budget`] allows.
    #[error("the expression takes too much work")]
    TooMuchWork,
    /// An operator or function that takes one value was given several.
    #[error("“{0}” takes one value, not several")]
    Several(&'static str),
    /// An operator or function was given a value of a type that it does not take.
    #[error("“{0}” does not take a value of this type")]
    Mismatch(&'static str),
    /// A variable has no value here.
    #[error("there is no variable %{0}")]
    UnknownVariable(String),
}
