//! Reading an expression (FHIRPath N1, 8). What is outside the subset is refused here, by name, never when it runs.

use super::datum::{Datum, Measure};
use super::decimal::Decimal;
use super::expression::{Expression, OPERATORS, Operator, Step, TYPE_BINDING, Term, TypeName};
use super::function::{Function, Walk, Word};
use super::lexer::{Lexer, Token, unescaped};
use super::moment::{Moment, MomentKind, calendar_unit};
use super::refusal::{ExpressionRefusal, Stop, Why};
use super::units::UCUM;
use super::{MOST_CHARACTERS, MOST_NESTED};
use crate::form::regex::Pattern;
use std::borrow::Cow;

/// A part with the height of its tree.
type Tall = (Term, usize);

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token<'a>,
    at: usize,
    nested: usize,
    found: Found,
}

/// What is learnt of an expression as a whole.
#[derive(Default)]
struct Found {
    variables: Vec<String>,
    counts: bool,
    tells_time: bool,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// Names what is outside the subset or no FHIRPath, and where it stands.
    pub fn parse(text: &str) -> Result<Self, ExpressionRefusal> {
        let (root, found) = read(text).map_err(|stop| stop.refusal(text))?;
        let Found { variables, counts, tells_time } = found;
        Ok(Self { root, variables, counts, tells_time, text: text.to_owned() })
    }
}

fn read(text: &str) -> Result<(Term, Found), Stop> {
    if text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS {
        return Err(Stop::new(0, Why::TooLong));
    }
    let mut parser =
        Parser { lexer: Lexer::new(text, 0), token: Token::End, at: 0, nested: 0, found: Found::default() };
    parser.advance()?;
    let (root, _) = parser.expression(0)?;
    if parser.token == Token::End { Ok((root, parser.found)) } else { Err(parser.unexpected()) }
}

impl<'a> Parser<'a> {
    const fn unexpected(&self) -> Stop {
        Stop::new(self.at, Why::Unexpected)
    }

    fn advance(&mut self) -> Result<(), Stop> {
        (self.token, self.at) = self.lexer.next()?;
        Ok(())
    }

    /// Passes by a symbol if it stands here.
    fn pass(&mut self, symbol: &str) -> Result<bool, Stop> {
        let here = matches!(self.token, Token::Symbol(found) if found == symbol);
        if here {
            self.advance()?;
        }
        Ok(here)
    }

    fn need(&mut self, symbol: &str) -> Result<(), Stop> {
        if self.pass(symbol)? { Ok(()) } else { Err(self.unexpected()) }
    }

    fn checked(&self, term: Term, height: usize) -> Result<Tall, Stop> {
        if height > MOST_NESTED { Err(Stop::new(self.at, Why::TooDeep)) } else { Ok((term, height)) }
    }

    /// The operator that stands here, if it binds at least so tightly.
    fn operator(&self, least: u8) -> Option<(Operator, u8)> {
        let (Token::Word(word) | Token::Symbol(word)) = self.token else { return None };
        // What most parts end with is not looked for among all operators.
        if matches!(word, ")" | "," | "]") {
            return None;
        }
        let found = OPERATORS.iter().find(|(name, ..)| *name == word);
        found.map(|(_, operator, binding)| (*operator, *binding)).filter(|(_, binding)| *binding >= least)
    }

    /// An expression whose operators bind at least so tightly.
    fn expression(&mut self, least: u8) -> Result<Tall, Stop> {
        self.nested += 1;
        if self.nested > MOST_NESTED {
            return Err(Stop::new(self.at, Why::TooDeep));
        }
        let (mut left, mut height) = self.negation()?;
        loop {
            if let Token::Word(word @ ("is" | "as")) = self.token
                && TYPE_BINDING >= least
            {
                self.advance()?;
                let kind = self.type_name()?;
                let step = if word == "is" { Step::Is(kind) } else { Step::As(kind) };
                (left, height) = self.checked(Term::Path(Box::new(left), vec![step]), height + 1)?;
                continue;
            }
            let Some((_, binding)) = self.operator(least) else { break };
            let mut rest = Vec::with_capacity(1);
            while let Some((operator, _)) = self.operator(binding).filter(|(_, found)| *found == binding) {
                self.advance()?;
                let (right, tall) = self.expression(binding + 1)?;
                height = height.max(tall);
                rest.push((operator, right));
            }
            (left, height) = self.checked(Term::Chain(Box::new(left), rest), height + 1)?;
        }
        self.nested -= 1;
        Ok((left, height))
    }

    fn negation(&mut self) -> Result<Tall, Stop> {
        let mut negative = false;
        while let Token::Symbol(sign @ ("-" | "+")) = self.token {
            negative ^= sign == "-";
            self.advance()?;
        }
        let (term, height) = self.path()?;
        if negative { self.checked(Term::Negative(Box::new(term)), height + 1) } else { Ok((term, height)) }
    }

    fn path(&mut self) -> Result<Tall, Stop> {
        let mut steps = Vec::new();
        let begin = self.at;
        let is_name = match self.token {
            Token::Word(word) => !matches!(word, "true" | "false"),
            token => matches!(token, Token::Quoted(_)),
        };
        let (beginning, mut height) = if is_name {
            let (step, tall) = self.step()?;
            let beginning = match step {
                Step::Member(name) if name == "QuestionnaireResponse" => Term::Resource,
                Step::Member(name) if name.as_bytes().first().is_some_and(u8::is_ascii_uppercase) => {
                    return Err(Stop::new(begin, Why::Beginning));
                }
                step => {
                    steps.push(step);
                    Term::This
                }
            };
            (beginning, tall)
        } else {
            self.term()?
        };
        loop {
            if self.pass(".")? {
                let (step, tall) = self.step()?;
                height = height.max(tall);
                steps.push(step);
            } else if self.pass("[")? {
                let (at, tall) = self.expression(0)?;
                self.need("]")?;
                height = height.max(tall + 1);
                steps.push(Step::At(at));
            } else if steps.is_empty() {
                return Ok((beginning, height));
            } else {
                return self.checked(Term::Path(Box::new(beginning), steps), height + 1);
            }
        }
    }

    /// An identifier, or the name of a variable between quotes.
    fn identifier(&mut self) -> Result<Cow<'a, str>, Stop> {
        let name = match self.token {
            Token::Word(name) => Cow::Borrowed(name),
            Token::Quoted(name) | Token::Text(name) => Cow::Owned(self.unescaped(name)?),
            _ => return Err(self.unexpected()),
        };
        self.advance()?;
        Ok(name)
    }

    fn unescaped(&self, raw: &str) -> Result<String, Stop> {
        unescaped(raw).ok_or(Stop::new(self.at, Why::NoEscape))
    }

    fn step(&mut self) -> Result<(Step, usize), Stop> {
        let begin = self.at;
        if matches!(self.token, Token::Text(_)) {
            return Err(self.unexpected());
        }
        let name = self.identifier()?;
        if !self.pass("(")? {
            return Ok((Step::Member(part_name(name)), 1));
        }
        let of_type = match &*name {
            "is" => Some(Step::Is as fn(TypeName) -> Step),
            "as" => Some(Step::As as fn(TypeName) -> Step),
            "ofType" => Some(Step::OfType as fn(TypeName) -> Step),
            _ => None,
        };
        if let Some(of_type) = of_type {
            let kind = self.type_name()?;
            self.need(")")?;
            return Ok((of_type(kind), 1));
        }
        let (function, least, most) = Function::named(&name).ok_or(Stop::new(begin, Why::Function))?;
        let (mut arguments, height) = self.arguments()?;
        if arguments.len() < least || arguments.len() > most {
            return Err(Stop::new(begin, Why::Arguments));
        }
        self.found.tells_time |= matches!(function, Function::Walk(Walk::Today | Walk::Now | Walk::TimeOfDay));
        if matches!(function, Function::Word(Word::Matches | Word::MatchesFull | Word::ReplaceMatches)) {
            let Some(Term::Literal(literal)) = arguments.first() else {
                return Err(Stop::new(begin, Why::PatternNotLiteral));
            };
            let pattern = literal.as_str().ok_or(Stop::new(begin, Why::PatternNotLiteral))?;
            let pattern = Pattern::across_lines(pattern).map_err(|why| Stop::new(begin, Why::Pattern(why)))?;
            arguments[0] = Term::Pattern(pattern);
        }
        Ok((Step::Call(function, arguments), height + 1))
    }

    fn arguments(&mut self) -> Result<(Vec<Term>, usize), Stop> {
        if self.pass(")")? {
            return Ok((Vec::new(), 0));
        }
        let (mut arguments, mut height) = (Vec::with_capacity(1), 0);
        loop {
            let (argument, tall) = self.expression(0)?;
            arguments.push(argument);
            height = height.max(tall);
            if !self.pass(",")? {
                self.need(")")?;
                return Ok((arguments, height));
            }
        }
    }

    /// The name of a type, perhaps with its namespace.
    fn type_name(&mut self) -> Result<TypeName, Stop> {
        let mut begin = self.at;
        let mut name = self.identifier()?;
        if matches!(&*name, "System" | "FHIR") && self.pass(".")? {
            begin = self.at;
            name = self.identifier()?;
        }
        TypeName::named(&name).ok_or(Stop::new(begin, Why::Type))
    }

    /// A literal, a variable or an expression in parentheses.
    fn term(&mut self) -> Result<Tall, Stop> {
        let begin = self.at;
        let token = self.token;
        if let Token::Text(raw) = token {
            let text = Datum::text(self.unescaped(raw)?);
            self.advance()?;
            return Ok((literal(text), 1));
        }
        self.advance()?;
        let unreadable = Stop::new(begin, Why::NoLiteral);
        let term = match token {
            Token::Word(word) => literal(Datum::Boolean(word == "true")),
            Token::Dollar("this") => Term::This,
            Token::Dollar("index") => {
                self.found.counts = true;
                Term::Index
            }
            Token::Dollar("total") => Term::Total,
            Token::Moment(text) => moment(text).ok_or(unreadable)?,
            Token::Number(text) => {
                let value = if text.contains('.') {
                    Decimal::parse(text).map(Datum::Decimal)
                } else {
                    text.parse().ok().map(Datum::Integer)
                };
                self.quantity(value.ok_or(unreadable)?)?
            }
            Token::Symbol("%") => self.variable()?,
            Token::Symbol("{") => {
                self.need("}")?;
                Term::Empty
            }
            Token::Symbol("(") => {
                let inner = self.expression(0)?;
                self.need(")")?;
                return Ok(inner);
            }
            _ => return Err(Stop::new(begin, Why::Unexpected)),
        };
        Ok((term, 1))
    }

    /// A number, or the quantity it is part of when a unit follows.
    fn quantity(&mut self, value: Datum<'static>) -> Result<Term, Stop> {
        let (code, system) = match self.token {
            Token::Word(word) => match calendar_unit(word) {
                Some(unit) => (Cow::Borrowed(unit), None),
                None => return Ok(literal(value)),
            },
            Token::Text(unit) => (Cow::Owned(self.unescaped(unit)?), Some(UCUM)),
            _ => return Ok(literal(value)),
        };
        self.advance()?;
        let value = value.as_decimal().unwrap_or_else(|| Decimal::integer(0));
        Ok(literal(Datum::Quantity(Measure { value, code, system, unit: None })))
    }

    fn variable(&mut self) -> Result<Term, Stop> {
        let name = self.identifier()?;
        let text = |url: &'static str| literal(Datum::String(Cow::Borrowed(url)));
        Ok(match &*name {
            "resource" | "rootResource" => Term::Resource,
            "context" => Term::Context,
            "ucum" => text(UCUM),
            "sct" => text("http://snomed.info/sct"),
            "loinc" => text("http://loinc.org"),
            _ => {
                let name = name.into_owned();
                if let Err(place) = self.found.variables.binary_search(&name) {
                    self.found.variables.insert(place, name.clone());
                }
                Term::Variable(name)
            }
        })
    }
}

fn literal(value: Datum<'static>) -> Term {
    Term::Literal(Box::new(value))
}

/// Names that most expressions ask for, which need no memory of their own.
const NAMES: [&str; 6] = ["item", "answer", "value", "linkId", "code", "valueCoding"];

fn part_name(name: Cow<'_, str>) -> Cow<'static, str> {
    let known = NAMES.iter().find(|known| **known == name);
    known.map_or_else(|| Cow::Owned(name.into_owned()), |known| Cow::Borrowed(*known))
}

fn moment(text: &str) -> Option<Term> {
    // A date with a bare T is a date with time of which no time is known.
    let moment = match text.strip_suffix('T') {
        Some(date) => Moment::parse(date)?.to_kind(MomentKind::DateTime)?,
        None => Moment::parse(text)?,
    };
    Some(literal(Datum::Moment(moment)))
}

/// Types of resources that a launch context may hold.
const RESOURCES: [&str; 11] = [
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "RelatedPerson",
    "Encounter",
    "Location",
    "Organization",
    "Observation",
    "Condition",
    "Questionnaire",
    "QuestionnaireResponse",
];

impl TypeName {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Boolean" | "boolean" => Self::Boolean,
            "Integer" | "integer" | "positiveInt" | "unsignedInt" => Self::Integer,
            "Decimal" | "decimal" => Self::Decimal,
            "String" | "string" | "code" | "uri" | "url" | "id" | "markdown" => Self::String,
            "Date" | "date" => Self::Date,
            "DateTime" | "dateTime" | "instant" => Self::DateTime,
            "Time" | "time" => Self::Time,
            "Quantity" => Self::Quantity,
            "Coding" => Self::Coding,
            "Attachment" => Self::Attachment,
            _ => Self::Resource(RESOURCES.iter().find(|resource| **resource == name)?),
        })
    }
}
