//! The words of an expression (FHIRPath N1, 2.2 and 8).

use super::datum::Datum;
use super::decimal::Decimal;
use super::moment::Moment;
use super::refusal::{ExpressionRefusal, Reason};

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// An identifier or keyword.
    Word(&'a str),
    /// An identifier between backticks, which is never a keyword.
    Quoted(String),
    /// `$this`, `$index` or `$total`, without the dollar.
    Dollar(&'a str),
    /// The name of a variable, without its `%`.
    Variable(&'a str),
    /// A string literal.
    Text(String),
    /// A number, a date or a time, as written.
    Number(&'a str),
    /// A date, a date with time or a time literal, without the `@`.
    Moment(&'a str),
    /// An operator or bracket.
    Symbol(&'a str),
    /// The end of the expression.
    End,
}

/// Longer ones first.
const SYMBOLS: [&str; 23] = [
    "<=", ">=", "!=", "!~", "(", ")", "[", "]", "{", "}", ".", ",", "*", "/", "+", "-", "&", "|", "<", ">", "=", "~",
    "%",
];

/// Splits an expression into its words, one at a time.
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Begins at the beginning.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }

    fn refusal(&self, at: usize, reason: Reason) -> ExpressionRefusal {
        ExpressionRefusal { at: self.text[..at].chars().count() + 1, reason }
    }

    /// Passes by white space and comments.
    fn skip(&mut self) -> Result<(), ExpressionRefusal> {
        loop {
            let rest = self.rest();
            let end = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").ok_or_else(|| self.refusal(self.at, Reason::Unclosed))? + 2
            } else {
                rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len()
            };
            if end == 0 {
                return Ok(());
            }
            self.at += end;
        }
    }

    /// The next word and where it begins.
    pub fn next(&mut self) -> Result<(Token<'a>, usize), ExpressionRefusal> {
        self.skip()?;
        let (begin, rest) = (self.at, self.rest());
        let Some(first) = rest.chars().next() else { return Ok((Token::End, begin)) };
        let token = match first {
            '\'' | '`' => {
                let text = self.quoted(first)?;
                if first == '\'' { Token::Text(text) } else { Token::Quoted(text) }
            }
            '@' => Token::Moment(self.moment()?),
            '$' => {
                self.at += 1;
                Token::Dollar(self.word())
            }
            // Forms in use name variables with hyphens; the name goes on where a letter follows one without a space.
            '%' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => {
                self.at += 1;
                Token::Variable(self.hyphenated())
            }
            '0'..='9' => Token::Number(self.number()),
            'a'..='z' | 'A'..='Z' | '_' => Token::Word(self.word()),
            _ => match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
                Some(symbol) => Token::Symbol(self.take(symbol.len())),
                None => return Err(self.refusal(begin, Reason::Unexpected(first.into()))),
            },
        };
        Ok((token, begin))
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        self.take(rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len()))
    }

    fn hyphenated(&mut self) -> &'a str {
        let (begin, mut end) = (self.at, self.at);
        loop {
            self.word();
            let goes_on = end < self.at && self.rest().starts_with('-');
            end = self.at;
            if !goes_on || !self.rest()[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                return &self.text[begin..end];
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> &'a str {
        let rest = self.rest();
        let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(0);
        // A point that no digit follows begins the next step of a path.
        let fraction = if rest[whole..].starts_with('.') { digits(whole + 1) } else { 0 };
        self.take(if fraction > 0 { whole + 1 + fraction } else { whole })
    }

    fn moment(&mut self) -> Result<&'a str, ExpressionRefusal> {
        let literal = &self.rest()[1..];
        let length = match literal.strip_prefix('T') {
            Some(time) => Moment::scan_time(time).map(|(_, length)| length + 1),
            None => Moment::scan(literal).map(|(_, length)| length),
        };
        let length = length.ok_or_else(|| self.refusal(self.at, Reason::NoLiteral))?;
        Ok(&self.take(length + 1)[1..])
    }

    /// A text between quotes with its escapes (N1, 4.1.2).
    fn quoted(&mut self, quote: char) -> Result<String, ExpressionRefusal> {
        let begin = self.at;
        let mut text = String::new();
        let mut chars = self.rest()[1..].char_indices();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.at = begin + 1 + at + 1;
                return Ok(text);
            }
            text.push(match c {
                '\\' => {
                    let refusal = || self.refusal(begin + 1 + at, Reason::NoEscape);
                    match chars.next().ok_or_else(refusal)?.1 {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'f' => '\u{c}',
                        'u' => {
                            let digits: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                            let hex = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                            let code = u32::from_str_radix(&digits, 16).ok().filter(|_| hex);
                            code.and_then(char::from_u32).ok_or_else(refusal)?
                        }
                        c @ ('\\' | '\'' | '"' | '`' | '/') => c,
                        _ => return Err(refusal()),
                    }
                }
                c => c,
            });
        }
        Err(self.refusal(begin, Reason::Unclosed))
    }
}

/// The value of a number as written.
pub fn number(text: &str) -> Option<Datum<'static>> {
    if text.contains('.') {
        return Decimal::parse(text).map(Datum::Decimal);
    }
    text.parse().ok().map(Datum::Integer)
}
