//! The words of an expression (FHIRPath N1, 2.2 and 8).

use super::letters;
use super::moment::Moment;
use super::refusal::{Stop, Why};

/// A word. Texts are still as written, with their escapes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// An identifier or keyword.
    Word(&'a str),
    /// An identifier between backticks, which is never a keyword.
    Quoted(&'a str),
    /// `$this`, `$index` or `$total`, without the dollar.
    Dollar(&'a str),
    /// A string literal.
    Text(&'a str),
    /// A number, as written.
    Number(&'a str),
    /// A date, a date with time or a time literal, without the `@`.
    Moment(&'a str),
    /// An operator or bracket.
    Symbol(&'a str),
    /// The end of the expression.
    End,
}

const LONG_SYMBOLS: [&str; 4] = ["<=", ">=", "!=", "!~"];
const SHORT_SYMBOLS: &[u8] = b"()[]{}.,*/+-&|<>=~%";

/// Splits an expression into its words, one at a time.
pub struct Lexer<'a> {
    /// The whole expression.
    pub text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Begins at a byte.
    pub const fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// How many bytes from here on are of a kind.
    fn count(&self, is: fn(u8) -> bool) -> usize {
        self.text.as_bytes()[self.at..].iter().take_while(|byte| is(**byte)).count()
    }

    fn starts_with(&self, beginning: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(beginning.as_bytes())
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.text[self.at..self.at + length];
        self.at += length;
        taken
    }

    /// Passes by white space and comments.
    fn skip(&mut self) -> Result<(), Stop> {
        loop {
            self.at += self.count(|byte| byte.is_ascii_whitespace());
            let end = match (self.starts_with("//"), self.starts_with("/*")) {
                (true, _) => "\n",
                (_, true) => "*/",
                _ => return Ok(()),
            };
            self.at = match letters::find(self.text, end, self.at) {
                Some(found) => found + end.len(),
                None if end == "\n" => self.text.len(),
                None => return Err(Stop::new(self.at, Why::Unclosed)),
            };
        }
    }

    /// The next word and where it begins.
    pub fn next(&mut self) -> Result<(Token<'a>, usize), Stop> {
        self.skip()?;
        let begin = self.at;
        let Some(first) = self.text.as_bytes().get(begin) else { return Ok((Token::End, begin)) };
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let token = match first {
            b'\'' => Token::Text(self.quoted(b'\'')?),
            b'`' => Token::Quoted(self.quoted(b'`')?),
            b'@' => Token::Moment(self.moment()?),
            b'$' => {
                self.at += 1;
                let length = self.count(is_word);
                Token::Dollar(self.take(length))
            }
            b'0'..=b'9' => Token::Number(self.number()),
            first if is_word(*first) => {
                self.at += self.count(is_word);
                // Forms in use name variables with hyphens; the name goes on where a letter follows one without a space.
                while begin > 0 && self.text.as_bytes()[begin - 1] == b'%' && self.goes_on_hyphenated() {
                    self.at += 1;
                    self.at += self.count(is_word);
                }
                Token::Word(&self.text[begin..self.at])
            }
            first => {
                let long = LONG_SYMBOLS.iter().any(|symbol| self.starts_with(symbol));
                if !long && !SHORT_SYMBOLS.contains(first) {
                    return Err(Stop::new(begin, Why::Unexpected));
                }
                Token::Symbol(self.take(1 + usize::from(long)))
            }
        };
        Ok((token, begin))
    }

    fn goes_on_hyphenated(&self) -> bool {
        matches!(self.text.as_bytes()[self.at..], [b'-', letter, ..] if letter.is_ascii_alphabetic())
    }

    fn number(&mut self) -> &'a str {
        let begin = self.at;
        self.at += self.count(|byte| byte.is_ascii_digit());
        let whole = self.at;
        // A point that no digit follows begins the next step of a path.
        if self.starts_with(".") {
            self.at += 1;
            self.at += self.count(|byte| byte.is_ascii_digit());
            if self.at == whole + 1 {
                self.at = whole;
            }
        }
        &self.text[begin..self.at]
    }

    fn moment(&mut self) -> Result<&'a str, Stop> {
        let literal = &self.text[self.at + 1..];
        let length = match literal.strip_prefix('T') {
            Some(time) => Moment::scan_time(time).map(|(_, length)| length + 1),
            None => Moment::scan(literal).map(|(_, length)| length),
        };
        let length = length.ok_or(Stop::new(self.at, Why::NoLiteral))?;
        Ok(&self.take(length + 1)[1..])
    }

    /// A text between quotes, without them.
    fn quoted(&mut self, quote: u8) -> Result<&'a str, Stop> {
        let begin = self.at;
        let bytes = self.text.as_bytes();
        let mut at = begin + 1;
        while bytes.get(at).is_some_and(|byte| *byte != quote) {
            // What stands behind a backslash does not end the text.
            at += 1 + usize::from(bytes[at] == b'\\');
        }
        if at >= bytes.len() {
            return Err(Stop::new(begin, Why::Unclosed));
        }
        self.at = at + 1;
        Ok(&self.text[begin + 1..at])
    }
}

/// A text with its escapes resolved (N1, 4.1.2); `None` where there is no such escape.
pub fn unescaped(raw: &str) -> Option<String> {
    if !raw.contains('\\') {
        return Some(raw.to_owned());
    }
    let mut text = String::new();
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'f' => '\u{c}',
                'u' => {
                    let mut code = 0;
                    for _ in 0..4 {
                        code = code * 16 + chars.next()?.to_digit(16)?;
                    }
                    char::from_u32(code)?
                }
                c @ ('\\' | '\'' | '"' | '`' | '/') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}
