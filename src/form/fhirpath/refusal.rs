//! Why an expression cannot be used, or gives no value.

use crate::form::regex::PatternRefusal;

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
    Pattern(PatternRefusal),
}

/// Where reading stops, and why, before it is put into words.
#[derive(Clone, Copy)]
pub struct Stop {
    at: usize,
    why: Why,
}

/// Why reading stops; the word at fault is the one that stands there.
#[derive(Clone, Copy)]
pub enum Why {
    /// [`Reason::TooLong`].
    TooLong,
    /// [`Reason::TooDeep`].
    TooDeep,
    /// [`Reason::Unexpected`], or [`Reason::Ends`] at the end.
    Unexpected,
    /// [`Reason::Unclosed`].
    Unclosed,
    /// [`Reason::NoEscape`].
    NoEscape,
    /// [`Reason::NoLiteral`].
    NoLiteral,
    /// [`Reason::Function`].
    Function,
    /// [`Reason::Arguments`].
    Arguments,
    /// [`Reason::Type`].
    Type,
    /// [`Reason::Beginning`].
    Beginning,
    /// [`Reason::PatternNotLiteral`].
    PatternNotLiteral,
    /// [`Reason::Pattern`].
    Pattern(PatternRefusal),
}

impl Stop {
    /// Stops at a byte.
    pub const fn new(at: usize, why: Why) -> Self {
        Self { at, why }
    }

    /// The refusal of an expression, with the word that stands where reading stopped.
    pub fn refusal(self, text: &str) -> ExpressionRefusal {
        let rest = &text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let beginning = rest.strip_prefix(['$', '@']).unwrap_or(rest);
        let length = rest.len() - beginning.trim_start_matches(is_part).len();
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let word = rest[..length.max(first)].to_owned();
        let reason = match self.why {
            Why::TooLong => Reason::TooLong,
            Why::TooDeep => Reason::TooDeep,
            Why::Unexpected if rest.is_empty() => Reason::Ends,
            Why::Unexpected => Reason::Unexpected(word),
            Why::Unclosed => Reason::Unclosed,
            Why::NoEscape => Reason::NoEscape,
            Why::NoLiteral => Reason::NoLiteral,
            Why::Function => Reason::Function(word),
            Why::Arguments => Reason::Arguments(word),
            Why::Type => Reason::Type(word),
            Why::Beginning => Reason::Beginning(word),
            Why::PatternNotLiteral => Reason::PatternNotLiteral(word),
            Why::Pattern(why) => Reason::Pattern(why),
        };
        ExpressionRefusal { at: text[..self.at].chars().count() + 1, reason }
    }
}

/// Why an evaluation ends without a value (FHIRPath N1, 3: the cases that "signal an error").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// A variable is not known here; which ones an expression uses can be asked before.
    #[error("there is no such variable")]
    UnknownVariable,
}
