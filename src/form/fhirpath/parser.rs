//! Reading an expression (FHIRPath N1, 8). What is outside the subset is refused here, by name, never when it runs.

use super::datum::{Datum, Measure};
use super::decimal::Decimal;
use super::expression::{Expression, OPERATORS, Operator, Step, TYPE_BINDING, Term, TypeName};
use super::function::{Function, Walk, Word};
use super::lexer::{Lexer, Token, number};
use super::moment::{Moment, MomentKind, calendar_unit};
use super::refusal::{ExpressionRefusal, Reason};
use super::units::UCUM;
use super::{MOST_CHARACTERS, MOST_NESTED};
use crate::form::regex::Pattern;
use std::borrow::Cow;

/// A part with the height of its tree.
type Tall = (Term, usize);

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    token: Token<'a>,
    at: usize,
    nested: usize,
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
        if text.chars().count() > MOST_CHARACTERS {
            return Err(ExpressionRefusal { at: 1, reason: Reason::TooLong });
        }
        let mut lexer = Lexer::new(text);
        let (token, at) = lexer.next()?;
        let mut parser =
            Parser { text, lexer, token, at, nested: 0, variables: Vec::new(), counts: false, tells_time: false };
        let (root, _) = parser.expression(0)?;
        if parser.token != Token::End {
            return Err(parser.unexpected());
        }
        let Parser { mut variables, counts, tells_time, .. } = parser;
        variables.sort_unstable();
        variables.dedup();
        Ok(Self { root, variables, counts, tells_time, text: text.to_owned() })
    }
}

impl<'a> Parser<'a> {
    fn refusal(&self, at: usize, reason: Reason) -> ExpressionRefusal {
        ExpressionRefusal { at: self.text[..at].chars().count() + 1, reason }
    }

    fn unexpected(&self) -> ExpressionRefusal {
        let word = match &self.token {
            Token::End => return self.refusal(self.at, Reason::Ends),
            Token::Word(word) | Token::Symbol(word) | Token::Number(word) => (*word).to_owned(),
            Token::Dollar(word) => format!("${word}"),
            Token::Moment(word) => format!("@{word}"),
            Token::Variable(word) => (*word).to_owned(),
            Token::Text(word) | Token::Quoted(word) => word.clone(),
        };
        self.refusal(self.at, Reason::Unexpected(word))
    }

    fn advance(&mut self) -> Result<Token<'a>, ExpressionRefusal> {
        let (token, at) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    /// Passes by a symbol if it stands here.
    fn pass(&mut self, symbol: &str) -> Result<bool, ExpressionRefusal> {
        let here = matches!(self.token, Token::Symbol(found) if found == symbol);
        if here {
            self.advance()?;
        }
        Ok(here)
    }

    fn need(&mut self, symbol: &str) -> Result<(), ExpressionRefusal> {
        if self.pass(symbol)? { Ok(()) } else { Err(self.unexpected()) }
    }

    fn checked(&self, term: Term, height: usize) -> Result<Tall, ExpressionRefusal> {
        if height > MOST_NESTED { Err(self.refusal(self.at, Reason::TooDeep)) } else { Ok((term, height)) }
    }

    /// The operator that stands here, if it binds at least so tightly.
    fn operator(&self, least: u8) -> Option<(Operator, u8)> {
        let (Token::Word(word) | Token::Symbol(word)) = self.token else { return None };
        let found = OPERATORS.iter().find(|(name, ..)| *name == word);
        found.map(|(_, operator, binding)| (*operator, *binding)).filter(|(_, binding)| *binding >= least)
    }

    /// An expression whose operators bind at least so tightly.
    fn expression(&mut self, least: u8) -> Result<Tall, ExpressionRefusal> {
        self.nested += 1;
        if self.nested > MOST_NESTED {
            return Err(self.refusal(self.at, Reason::TooDeep));
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
            let mut rest = Vec::new();
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

    fn negation(&mut self) -> Result<Tall, ExpressionRefusal> {
        let mut negative = false;
        while let Token::Symbol(sign @ ("-" | "+")) = self.token {
            negative ^= sign == "-";
            self.advance()?;
        }
        let (term, height) = self.path()?;
        if negative { self.checked(Term::Negative(Box::new(term)), height + 1) } else { Ok((term, height)) }
    }

    fn path(&mut self) -> Result<Tall, ExpressionRefusal> {
        let mut steps = Vec::new();
        let (beginning, mut height) = match &self.token {
            Token::Word("true" | "false") => self.term()?,
            Token::Word(_) | Token::Quoted(_) => {
                let begin = self.at;
                let (step, tall) = self.step()?;
                match step {
                    Step::Member(name) if name == "QuestionnaireResponse" => (Term::Resource, 1),
                    Step::Member(name) if name.starts_with(|c: char| c.is_ascii_uppercase()) => {
                        return Err(self.refusal(begin, Reason::Beginning(name)));
                    }
                    step => {
                        steps.push(step);
                        (Term::This, tall)
                    }
                }
            }
            _ => self.term()?,
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

    fn step(&mut self) -> Result<(Step, usize), ExpressionRefusal> {
        let begin = self.at;
        let name = match self.token.clone() {
            Token::Word(name) => name.to_owned(),
            Token::Quoted(name) => name,
            _ => return Err(self.unexpected()),
        };
        self.advance()?;
        if !self.pass("(")? {
            return Ok((Step::Member(name), 1));
        }
        if matches!(name.as_str(), "is" | "as" | "ofType") {
            let kind = self.type_name()?;
            self.need(")")?;
            let step = match name.as_str() {
                "is" => Step::Is(kind),
                "as" => Step::As(kind),
                _ => Step::OfType(kind),
            };
            return Ok((step, 1));
        }
        let Some((function, least, most)) = Function::named(&name) else {
            return Err(self.refusal(begin, Reason::Function(name)));
        };
        let (mut arguments, height) = self.arguments()?;
        if arguments.len() < least || arguments.len() > most {
            return Err(self.refusal(begin, Reason::Arguments(name)));
        }
        self.tells_time |= matches!(function, Function::Walk(Walk::Today | Walk::Now | Walk::TimeOfDay));
        if matches!(function, Function::Word(Word::Matches | Word::MatchesFull | Word::ReplaceMatches)) {
            let Some(Term::Literal(Datum::String(pattern))) = arguments.first() else {
                return Err(self.refusal(begin, Reason::PatternNotLiteral(name)));
            };
            let pattern = Pattern::compile(pattern);
            arguments[0] = Term::Pattern(pattern.map_err(|why| self.refusal(begin, Reason::Pattern(why)))?);
        }
        Ok((Step::Call(function, arguments), height + 1))
    }

    fn arguments(&mut self) -> Result<(Vec<Term>, usize), ExpressionRefusal> {
        let (mut arguments, mut height) = (Vec::new(), 0);
        if self.pass(")")? {
            return Ok((arguments, height));
        }
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
    fn type_name(&mut self) -> Result<TypeName, ExpressionRefusal> {
        let begin = self.at;
        let mut word = match self.token.clone() {
            Token::Word(word) => word.to_owned(),
            Token::Quoted(word) => word,
            _ => return Err(self.unexpected()),
        };
        self.advance()?;
        if matches!(word.as_str(), "System" | "FHIR") && self.pass(".")? {
            let (Token::Word(_) | Token::Quoted(_)) = self.token else { return Err(self.unexpected()) };
            if let Token::Word(name) = self.advance()? {
                name.clone_into(&mut word);
            }
        }
        TypeName::named(&word).ok_or_else(|| self.refusal(begin, Reason::Type(word)))
    }

    /// A literal, a variable or an expression in parentheses.
    fn term(&mut self) -> Result<Tall, ExpressionRefusal> {
        let begin = self.at;
        let unreadable = |parser: &Self| parser.refusal(begin, Reason::NoLiteral);
        let term = match self.advance()? {
            Token::Word("true") => Term::Literal(Datum::Boolean(true)),
            Token::Word("false") => Term::Literal(Datum::Boolean(false)),
            Token::Dollar("this") => Term::This,
            Token::Dollar("index") => {
                self.counts = true;
                Term::Index
            }
            Token::Dollar("total") => Term::Total,
            Token::Text(text) => Term::Literal(Datum::text(text)),
            Token::Moment(text) => self.moment(text).ok_or_else(|| unreadable(self))?,
            Token::Number(text) => {
                let value = number(text).ok_or_else(|| unreadable(self))?;
                self.quantity(value)?
            }
            Token::Symbol("%") => self.variable()?,
            Token::Variable(name) => self.named(name.to_owned()),
            Token::Symbol("{") => {
                self.need("}")?;
                Term::Empty
            }
            Token::Symbol("(") => {
                let inner = self.expression(0)?;
                self.need(")")?;
                return Ok(inner);
            }
            token => {
                self.token = token;
                self.at = begin;
                return Err(self.unexpected());
            }
        };
        Ok((term, 1))
    }

    fn moment(&self, text: &str) -> Option<Term> {
        // A date with a bare T is a date with time of which no time is known.
        let moment = match text.strip_suffix('T') {
            Some(date) => Moment::parse(date)?.to_kind(MomentKind::DateTime)?,
            None => Moment::parse(text)?,
        };
        Some(Term::Literal(Datum::Moment(moment)))
    }

    /// A number, or the quantity it is part of when a unit follows.
    fn quantity(&mut self, value: Datum<'static>) -> Result<Term, ExpressionRefusal> {
        let (code, system) = match &self.token {
            Token::Word(word) => match calendar_unit(word) {
                Some(unit) => (Cow::Borrowed(unit), None),
                None => return Ok(Term::Literal(value)),
            },
            Token::Text(unit) => (Cow::Owned(unit.clone()), Some(UCUM)),
            _ => return Ok(Term::Literal(value)),
        };
        self.advance()?;
        let value = value.as_decimal().unwrap_or_else(|| Decimal::integer(0));
        Ok(Term::Literal(Datum::Quantity(Measure { value, code, system, unit: None })))
    }

    fn variable(&mut self) -> Result<Term, ExpressionRefusal> {
        let name = match self.token.clone() {
            Token::Word(name) => name.to_owned(),
            Token::Quoted(name) | Token::Text(name) => name,
            _ => return Err(self.unexpected()),
        };
        self.advance()?;
        Ok(self.named(name))
    }

    fn named(&mut self, name: String) -> Term {
        let text = |url: &'static str| Term::Literal(Datum::String(Cow::Borrowed(url)));
        match name.as_str() {
            "resource" | "rootResource" => Term::Resource,
            "context" => Term::Context,
            "ucum" => text(UCUM),
            "sct" => text("http://snomed.info/sct"),
            "loinc" => text("http://loinc.org"),
            _ => {
                self.variables.push(name.clone());
                Term::Variable(name)
            }
        }
    }
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
