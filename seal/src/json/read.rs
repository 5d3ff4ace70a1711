//! Reading JSON strictly (RFC 8259), with the place of what is wrong.

use super::number::{self, Number};
use super::value::{Object, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// Deeper nesting than this is refused; no form or record comes near it.
const DEEPEST: usize = 128;

/// Why a text is not taken as JSON, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (line {line}, column {column})")]
pub struct JsonRefusal {
    /// What is wrong.
    pub reason: Reason,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
}

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The bytes are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// It begins with a byte order mark.
    #[error("begins with a byte order mark")]
    ByteOrderMark,
    /// It ends too early, as a file cut off does.
    #[error("ends too early")]
    End,
    /// Something stands where it may not.
    #[error("unexpected character")]
    Unexpected,
    /// Something follows the value.
    #[error("something follows the value")]
    Trailing,
    /// A number is not written as JSON writes it.
    #[error("not a number")]
    Number,
    /// A string holds a control character, a broken escape or half a surrogate pair.
    #[error("broken string")]
    String,
    /// A member stands twice.
    #[error("member “{0}” stands twice")]
    Duplicate(String),
    /// Nested too deep.
    #[error("nested deeper than 128")]
    Depth,
}

/// Reads one JSON text.
///
/// # Errors
/// Refuses what RFC 8259 does not allow, and besides: a byte order mark, duplicate member names, lone surrogates and
/// nesting deeper than 128. Numbers are kept as written, whatever their size.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonRefusal> {
    let mut reader = Reader { text: "", bytes, at: 0, depth: 0, names: [const { None }; NAMES] };
    let value = reader.whole();
    value.map_err(|reason| {
        let before = &bytes[..reader.at.min(bytes.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        JsonRefusal { reason, line, column: before.len() - line_start + 1 }
    })
}

/// So many names are remembered while a text is read.
const NAMES: usize = 64;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// Names that were read before, so that one that many objects have is kept once.
    names: [Option<Arc<str>>; NAMES],
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Result<Value, Reason> {
        if self.bytes.starts_with(b"\xEF\xBB\xBF") {
            return Err(Reason::ByteOrderMark);
        }
        self.text = std::str::from_utf8(self.bytes).map_err(|error| {
            self.at = error.valid_up_to();
            Reason::NotUtf8
        })?;
        let value = self.value()?;
        self.skip_space();
        if self.at < self.bytes.len() { Err(Reason::Trailing) } else { Ok(value) }
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte that is not space, without taking it.
    fn peek(&mut self) -> Result<u8, Reason> {
        self.skip_space();
        self.bytes.get(self.at).copied().ok_or(Reason::End)
    }

    fn value(&mut self) -> Result<Value, Reason> {
        match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => self.string().map(|text| Value::String(text.into_owned())),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(Reason::Unexpected),
        }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<Value, Reason>) -> Result<Value, Reason> {
        if self.depth == DEEPEST {
            return Err(Reason::Depth);
        }
        self.depth += 1;
        self.at += 1;
        let value = inner(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Reason> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            Err(Reason::End)
        } else {
            Err(Reason::Unexpected)
        }
    }

    fn number(&mut self) -> Result<Value, Reason> {
        let length = number::length(&self.bytes[self.at..]).ok_or(Reason::Number)?;
        let number = Number::parse(&self.text[self.at..self.at + length]).ok_or(Reason::Number)?;
        self.at += length;
        Ok(Value::Number(number))
    }

    fn array(&mut self) -> Result<Value, Reason> {
        let mut elements = Vec::new();
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(Value::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            if self.end_of_element(b']')? {
                return Ok(Value::Array(elements));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Reason> {
        let mut members: Vec<(Arc<str>, Value)> = Vec::new();
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(Value::Object(Object(members)));
        }
        loop {
            if self.peek()? != b'"' {
                return Err(Reason::Unexpected);
            }
            let name = self.name()?;
            if self.peek()? != b':' {
                return Err(Reason::Unexpected);
            }
            self.at += 1;
            let value = self.value()?;
            members.push((name, value));
            if self.end_of_element(b'}')? {
                break;
            }
        }
        let object = Object(members);
        refuse_duplicates(&object)?;
        Ok(Value::Object(object))
    }

    /// Takes the comma behind an element, or the end, and says which.
    fn end_of_element(&mut self, end: u8) -> Result<bool, Reason> {
        let next = self.peek()?;
        if next != b',' && next != end {
            return Err(Reason::Unexpected);
        }
        self.at += 1;
        Ok(next == end)
    }

    /// The name of a member, shared with other objects as far as it is remembered.
    fn name(&mut self) -> Result<Arc<str>, Reason> {
        let name = self.string()?;
        let letters = name.as_bytes();
        let [first, last] = [letters.first(), letters.last()].map(|letter| usize::from(letter.copied().unwrap_or(0)));
        let remembered = &mut self.names[(name.len() + first * 5 + last * 19) % NAMES];
        if let Some(known) = remembered.as_ref().filter(|known| ***known == *name) {
            return Ok(Arc::clone(known));
        }
        Ok(Arc::clone(remembered.insert(Arc::from(&*name))))
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Reason> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.bytes[self.at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count();
            let run = &self.text[self.at..self.at + plain];
            self.at += plain;
            if text.is_empty() && self.bytes.get(self.at) == Some(&b'"') {
                self.at += 1;
                return Ok(Cow::Borrowed(run));
            }
            text.push_str(run);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(Reason::String),
                None => return Err(Reason::End),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Reason> {
        let mark = *self.bytes.get(self.at + 1).ok_or(Reason::End)?;
        self.at += 2;
        Ok(match mark {
            b'"' | b'\\' | b'/' => char::from(mark),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(Reason::String),
        })
    }

    /// The character of `\u` and four hexadecimal digits, or of a surrogate pair of two such.
    fn unicode(&mut self) -> Result<char, Reason> {
        let first = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&first) {
            // A low surrogate alone is no character and is refused here.
            return char::from_u32(first).ok_or(Reason::String);
        }
        if self.bytes.get(self.at..self.at + 2) != Some(b"\\u") {
            return Err(Reason::String);
        }
        self.at += 2;
        let second = self.hexadecimal()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(Reason::String);
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or(Reason::String)
    }

    fn hexadecimal(&mut self) -> Result<u32, Reason> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(Reason::End)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or(Reason::String)?;
        }
        self.at += 4;
        Ok(value)
    }
}

/// Refuses a name that stands twice. Large objects are sorted first, so that no file can make this slow.
fn refuse_duplicates(object: &Object) -> Result<(), Reason> {
    const FEW: usize = 16;
    let members = &object.0;
    let duplicate = if members.len() <= FEW {
        let stands_before = |position: usize| members[..position].iter().any(|(name, _)| *name == members[position].0);
        (1..members.len()).find(|position| stands_before(*position)).map(|position| &*members[position].0)
    } else {
        object.sorted().windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0)
    };
    duplicate.map_or(Ok(()), |name| Err(Reason::Duplicate(name.to_owned())))
}
