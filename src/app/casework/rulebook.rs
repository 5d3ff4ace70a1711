//! The rules of casework as data: when one applies, when it is kept, by when, and what to do about it.

use super::file::Letter;
use crate::app::catalogue::Title;
use crate::domain::Role;
use crate::form::{Inquiry, Sensitivity};
use crate::json::{JsonRefusal, Object, Value, parse};

/// How strong a rule is (domain inventory 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The step cannot be finished while it is not kept.
    Hard,
    /// The step can be finished with a reason on record.
    Warning,
    /// It is reminded of, with a day.
    Reminder,
}

impl Strength {
    fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "H" => Self::Hard,
            "W" => Self::Warning,
            "R" => Self::Reminder,
            _ => return None,
        })
    }

    /// The letter used in the rules.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hard => "H",
            Self::Warning => "W",
            Self::Reminder => "R",
        }
    }
}

/// A phase of casework (domain inventory 1.2), from 1 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phase(u8);

impl Phase {
    /// All nine, in the order in which a case mostly goes.
    pub const ALL: [Self; 9] = [Self(1), Self(2), Self(3), Self(4), Self(5), Self(6), Self(7), Self(8), Self(9)];

    /// Reads `P1` to `P9`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// `P1` to `P9`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"][self.0 as usize - 1]
    }

    /// Its place, from 0.
    #[must_use]
    pub const fn place(self) -> usize {
        self.0 as usize - 1
    }
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its number in the domain inventory, such as `T5`.
    pub id: String,
    /// How strong it is.
    pub strength: Strength,
    /// What is to be done, in a short sentence.
    pub says: Title,
    /// Why, and where it comes from.
    pub why: Title,
    /// The instruments with which it is done, by the names of their forms, in the order in which they are due.
    pub leads_to: Vec<String>,
    /// The instruments that cannot be sealed while it is not kept.
    pub gates: Vec<String>,
    pub(super) applies: Inquiry,
    pub(super) met: Inquiry,
    pub(super) due: Option<Inquiry>,
}

/// One state that a document may be in, such as agreed or refused.
#[derive(Clone, Debug)]
pub struct DocumentState {
    /// The instrument, by the name of its form.
    pub instrument: String,
    /// Its words.
    pub says: Title,
    pub(super) when: Inquiry,
}

/// All rules, which answers they ask for, and what the case file is made of.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    /// The rules, in the order in which they are listed.
    pub rules: Vec<Rule>,
    /// The states of documents; the first that holds is the one a document is in.
    pub states: Vec<DocumentState>,
    /// By the name of an instrument the linkIds that rules ask for.
    pub facts: Vec<(String, Vec<String>)>,
    /// The letters of the case file.
    pub file: Vec<Letter>,
    /// Who may open what needs so much privacy (rule R6). It is told, nothing is locked by it.
    pub access: Vec<(Sensitivity, Vec<Role>)>,
    /// By the name of an instrument the phase that a case enters when a document of it is sealed.
    pub onward: Vec<(String, Phase)>,
}

/// Why the rules cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulebookRefusal {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[from] JsonRefusal),
    /// A part is missing or of another shape.
    #[error("{0} cannot be read")]
    Unreadable(String),
    /// An expression cannot be run.
    #[error("rule {0}: {1}")]
    Expression(String, String),
}

impl Rulebook {
    /// Reads the JSON bytes of the rules.
    ///
    /// # Errors
    /// Refuses what is incomplete, has an unknown strength, or an expression that the engine does not run.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn read(bytes: &[u8]) -> Result<Self, RulebookRefusal> {
        let value = parse(bytes)?;
        let unreadable = |part: &str| RulebookRefusal::Unreadable(part.to_owned());
        let facts = value.get("facts").and_then(Value::as_object).ok_or_else(|| unreadable("facts"))?;
        let facts = facts.iter().map(|(name, list)| Some((name.to_owned(), texts(list)?))).collect::<Option<_>>();
        let letters = value.get("file").map_or(Some(&[][..]), Value::as_array);
        let file = letters.and_then(|letters| letters.iter().map(Letter::from_json).collect::<Option<_>>());
        let pairs = |member: &str| value.get(member).and_then(Value::as_object).into_iter().flat_map(Object::iter);
        let access = pairs("access").map(|(mark, roles)| Some((Sensitivity::from_code(mark)?, roles_of(roles)?)));
        let access = access.collect::<Option<_>>().ok_or_else(|| unreadable("access"))?;
        let onward = pairs("onward").map(|(name, phase)| Some((name.to_owned(), Phase::from_code(phase.as_str()?)?)));
        let onward = onward.collect::<Option<_>>().ok_or_else(|| unreadable("onward"))?;
        let rules = value.get("rules").and_then(Value::as_array).ok_or_else(|| unreadable("rules"))?;
        let states = value.get("states").map_or(Some(&[][..]), Value::as_array).ok_or_else(|| unreadable("states"))?;
        Ok(Self {
            states: states.iter().map(state).collect::<Result<_, _>>()?,
            facts: facts.ok_or_else(|| unreadable("facts"))?,
            file: file.ok_or_else(|| unreadable("file"))?,
            access,
            onward,
            rules: rules.iter().map(rule).collect::<Result<_, _>>()?,
        })
    }

    /// Who may open what needs so much privacy.
    #[must_use]
    pub fn openers(&self, mark: Sensitivity) -> &[Role] {
        self.access.iter().find(|(own, _)| *own == mark).map_or(&[], |(_, roles)| roles)
    }

    /// The rule of a number.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

fn state(value: &Value) -> Result<DocumentState, RulebookRefusal> {
    let instrument = value.get("instrument").and_then(Value::as_str).unwrap_or_default();
    let unreadable = |part: &str| RulebookRefusal::Unreadable(format!("{part} of a state of {instrument}"));
    let when = value.get("when").and_then(Value::as_str).ok_or_else(|| unreadable("when"))?;
    Ok(DocumentState {
        instrument: Some(instrument.to_owned())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| unreadable("instrument"))?,
        says: value.get("says").and_then(Title::from_json).ok_or_else(|| unreadable("says"))?,
        when: Inquiry::parse(when, "case")
            .map_err(|words| RulebookRefusal::Expression(instrument.to_owned(), words))?,
    })
}

fn rule(value: &Value) -> Result<Rule, RulebookRefusal> {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let unreadable = |part: &str| RulebookRefusal::Unreadable(format!("{part} of rule {id}"));
    let text = |member: &str| value.get(member).and_then(Value::as_str);
    let title = |member: &str| value.get(member).and_then(Title::from_json).ok_or_else(|| unreadable(member));
    let inquiry = |member: &str| {
        let parsed = text(member).map(|text| Inquiry::parse(text, "case")).transpose();
        parsed.map_err(|words| RulebookRefusal::Expression(id.to_owned(), words))
    };
    Ok(Rule {
        id: Some(id.to_owned()).filter(|id| !id.is_empty()).ok_or_else(|| unreadable("id"))?,
        strength: text("strength").and_then(Strength::from_code).ok_or_else(|| unreadable("strength"))?,
        says: title("says")?,
        why: title("why")?,
        leads_to: value.get("leadsTo").map_or(Some(Vec::new()), one_or_more).ok_or_else(|| unreadable("leadsTo"))?,
        gates: value.get("gates").map_or(Some(Vec::new()), texts).ok_or_else(|| unreadable("gates"))?,
        applies: inquiry("applies")?.ok_or_else(|| unreadable("applies"))?,
        met: inquiry("met")?.ok_or_else(|| unreadable("met"))?,
        due: inquiry("due")?,
    })
}

fn one_or_more(value: &Value) -> Option<Vec<String>> {
    value.as_str().map(|text| vec![text.to_owned()]).or_else(|| texts(value))
}

fn roles_of(value: &Value) -> Option<Vec<Role>> {
    value.as_array()?.iter().map(|role| Role::from_code(role.as_str()?)).collect()
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}
