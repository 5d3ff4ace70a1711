//! The functions of the subset, by name (FHIRPath N1, 5; SDC 4.0, FHIRPath supplements).

/// Functions that evaluate their arguments for each value, or only when needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Iterate {
    /// `where`.
    Where,
    /// `select`.
    Select,
    /// `repeat`.
    Repeat,
    /// `all`.
    All,
    /// `exists`.
    Exists,
    /// `aggregate`.
    Aggregate,
    /// `iif`.
    Iif,
    /// `coalesce`.
    Coalesce,
}

/// Functions on whole collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collect {
    /// `empty`.
    Empty,
    /// `not`.
    Not,
    /// `count`.
    Count,
    /// `hasValue`.
    HasValue,
    /// `allTrue`.
    AllTrue,
    /// `anyTrue`.
    AnyTrue,
    /// `allFalse`.
    AllFalse,
    /// `anyFalse`.
    AnyFalse,
    /// `distinct`.
    Distinct,
    /// `isDistinct`.
    IsDistinct,
    /// `subsetOf`.
    SubsetOf,
    /// `supersetOf`.
    SupersetOf,
    /// `single`.
    Single,
    /// `first`.
    First,
    /// `last`.
    Last,
    /// `tail`.
    Tail,
    /// `skip`.
    Skip,
    /// `take`.
    Take,
    /// `intersect`.
    Intersect,
    /// `exclude`.
    Exclude,
    /// `union`.
    Union,
    /// `combine`.
    Combine,
}

/// Functions that walk a tree, read scores, or tell the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// `children`.
    Children,
    /// `descendants`.
    Descendants,
    /// `extension`.
    Extension,
    /// `ordinal` and `weight`.
    Ordinal,
    /// `today`.
    Today,
    /// `now`.
    Now,
    /// `timeOfDay`.
    TimeOfDay,
}

/// Functions on numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckon {
    /// `abs`.
    Abs,
    /// `ceiling`.
    Ceiling,
    /// `floor`.
    Floor,
    /// `truncate`.
    Truncate,
    /// `round`.
    Round,
    /// `power`.
    Power,
    /// `sum`.
    Sum,
    /// `min`.
    Min,
    /// `max`.
    Max,
    /// `avg`.
    Avg,
}

/// Functions on texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// `length`.
    Length,
    /// `substring`.
    Substring,
    /// `indexOf`.
    IndexOf,
    /// `contains`.
    Contains,
    /// `startsWith`.
    StartsWith,
    /// `endsWith`.
    EndsWith,
    /// `upper`.
    Upper,
    /// `lower`.
    Lower,
    /// `trim`.
    Trim,
    /// `replace`.
    Replace,
    /// `matches`.
    Matches,
    /// `matchesFull`.
    MatchesFull,
    /// `replaceMatches`.
    ReplaceMatches,
    /// `join`.
    Join,
    /// `split`.
    Split,
    /// `toChars`.
    ToChars,
}

/// What a value can be converted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `Boolean`.
    Boolean,
    /// `Integer`.
    Integer,
    /// `Decimal`.
    Decimal,
    /// `String`.
    String,
    /// `Date`.
    Date,
    /// `DateTime`.
    DateTime,
    /// `Time`.
    Time,
    /// `Quantity`.
    Quantity,
}

/// A function of the subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Evaluates its arguments itself.
    Iterate(Iterate),
    /// Works on collections.
    Collect(Collect),
    /// Walks.
    Walk(Walk),
    /// Reckons.
    Reckon(Reckon),
    /// Works on texts.
    Word(Word),
    /// `toX`.
    To(Target),
    /// `convertsToX`.
    ConvertsTo(Target),
}

use Function::{Collect as C, ConvertsTo, Iterate as I, Reckon as R, To, Walk as W, Word as T};

/// Name, function, and how many arguments it takes at least and at most.
const FUNCTIONS: [(&str, Function, u8, u8); 80] = [
    ("where", I(Iterate::Where), 1, 1),
    ("select", I(Iterate::Select), 1, 1),
    ("repeat", I(Iterate::Repeat), 1, 1),
    ("all", I(Iterate::All), 1, 1),
    ("exists", I(Iterate::Exists), 0, 1),
    ("aggregate", I(Iterate::Aggregate), 1, 2),
    ("iif", I(Iterate::Iif), 2, 3),
    ("coalesce", I(Iterate::Coalesce), 1, 20),
    ("empty", C(Collect::Empty), 0, 0),
    ("not", C(Collect::Not), 0, 0),
    ("count", C(Collect::Count), 0, 0),
    ("hasValue", C(Collect::HasValue), 0, 0),
    ("allTrue", C(Collect::AllTrue), 0, 0),
    ("anyTrue", C(Collect::AnyTrue), 0, 0),
    ("allFalse", C(Collect::AllFalse), 0, 0),
    ("anyFalse", C(Collect::AnyFalse), 0, 0),
    ("distinct", C(Collect::Distinct), 0, 0),
    ("isDistinct", C(Collect::IsDistinct), 0, 0),
    ("subsetOf", C(Collect::SubsetOf), 1, 1),
    ("supersetOf", C(Collect::SupersetOf), 1, 1),
    ("single", C(Collect::Single), 0, 0),
    ("first", C(Collect::First), 0, 0),
    ("last", C(Collect::Last), 0, 0),
    ("tail", C(Collect::Tail), 0, 0),
    ("skip", C(Collect::Skip), 1, 1),
    ("take", C(Collect::Take), 1, 1),
    ("intersect", C(Collect::Intersect), 1, 1),
    ("exclude", C(Collect::Exclude), 1, 1),
    ("union", C(Collect::Union), 1, 1),
    ("combine", C(Collect::Combine), 1, 1),
    ("children", W(Walk::Children), 0, 0),
    ("descendants", W(Walk::Descendants), 0, 0),
    ("extension", W(Walk::Extension), 1, 1),
    ("ordinal", W(Walk::Ordinal), 0, 0),
    ("weight", W(Walk::Ordinal), 0, 0),
    ("today", W(Walk::Today), 0, 0),
    ("now", W(Walk::Now), 0, 0),
    ("timeOfDay", W(Walk::TimeOfDay), 0, 0),
    ("abs", R(Reckon::Abs), 0, 0),
    ("ceiling", R(Reckon::Ceiling), 0, 0),
    ("floor", R(Reckon::Floor), 0, 0),
    ("truncate", R(Reckon::Truncate), 0, 0),
    ("round", R(Reckon::Round), 0, 1),
    ("power", R(Reckon::Power), 1, 1),
    ("sum", R(Reckon::Sum), 0, 0),
    ("min", R(Reckon::Min), 0, 0),
    ("max", R(Reckon::Max), 0, 0),
    ("avg", R(Reckon::Avg), 0, 0),
    ("length", T(Word::Length), 0, 0),
    ("substring", T(Word::Substring), 1, 2),
    ("indexOf", T(Word::IndexOf), 1, 1),
    ("contains", T(Word::Contains), 1, 1),
    ("startsWith", T(Word::StartsWith), 1, 1),
    ("endsWith", T(Word::EndsWith), 1, 1),
    ("upper", T(Word::Upper), 0, 0),
    ("lower", T(Word::Lower), 0, 0),
    ("trim", T(Word::Trim), 0, 0),
    ("replace", T(Word::Replace), 2, 2),
    ("matches", T(Word::Matches), 1, 1),
    ("matchesFull", T(Word::MatchesFull), 1, 1),
    ("replaceMatches", T(Word::ReplaceMatches), 2, 2),
    ("join", T(Word::Join), 0, 1),
    ("split", T(Word::Split), 1, 1),
    ("toChars", T(Word::ToChars), 0, 0),
    ("toBoolean", To(Target::Boolean), 0, 0),
    ("toInteger", To(Target::Integer), 0, 0),
    ("toDecimal", To(Target::Decimal), 0, 0),
    ("toString", To(Target::String), 0, 0),
    ("toDate", To(Target::Date), 0, 0),
    ("toDateTime", To(Target::DateTime), 0, 0),
    ("toTime", To(Target::Time), 0, 0),
    ("toQuantity", To(Target::Quantity), 0, 1),
    ("convertsToBoolean", ConvertsTo(Target::Boolean), 0, 0),
    ("convertsToInteger", ConvertsTo(Target::Integer), 0, 0),
    ("convertsToDecimal", ConvertsTo(Target::Decimal), 0, 0),
    ("convertsToString", ConvertsTo(Target::String), 0, 0),
    ("convertsToDate", ConvertsTo(Target::Date), 0, 0),
    ("convertsToDateTime", ConvertsTo(Target::DateTime), 0, 0),
    ("convertsToTime", ConvertsTo(Target::Time), 0, 0),
    ("convertsToQuantity", ConvertsTo(Target::Quantity), 0, 1),
];

impl Function {
    /// The function of a name, with the least and the most arguments it takes.
    #[must_use]
    pub fn named(name: &str) -> Option<(Self, usize, usize)> {
        FUNCTIONS.iter().find(|entry| entry.0 == name).map(|entry| (entry.1, entry.2.into(), entry.3.into()))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|entry| entry.1 == self).map_or("", |entry| entry.0)
    }
}
