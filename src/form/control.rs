//! How items ask to be shown (FHIR R4, code system `questionnaire-item-control` and related extensions).

/// How an item asks to be shown; controls that are not listed are shown in the way usual for their type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// `page`: a section of its own.
    Page,
    /// `tab-container`: each group in it is a section of its own.
    TabContainer,
    /// `gtable`: the entries of a repeating group are rows of a table.
    GroupTable,
    /// `drop-down`.
    DropDown,
    /// `autocomplete`: typing narrows the options.
    Autocomplete,
    /// `radio-button`.
    RadioButton,
    /// `check-box`.
    CheckBox,
    /// `slider`.
    Slider,
    /// `signature`: an attachment that is drawn by hand.
    Signature,
    /// `rank`, of our own: the whole number by which the entries of a repeating group stand in an order.
    Rank,
    /// `genogram`, of our own: a group whose lists of people and ties are drawn as a genogram.
    Genogram,
    /// `ecomap`, of our own: a group whose list of systems is drawn around the client.
    Ecomap,
}

impl Control {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "page" => Self::Page,
            "tab-container" => Self::TabContainer,
            "gtable" => Self::GroupTable,
            "drop-down" => Self::DropDown,
            "autocomplete" => Self::Autocomplete,
            "radio-button" => Self::RadioButton,
            "check-box" => Self::CheckBox,
            "slider" => Self::Slider,
            "signature" => Self::Signature,
            "rank" => Self::Rank,
            "genogram" => Self::Genogram,
            "ecomap" => Self::Ecomap,
            _ => return None,
        })
    }
}

/// In which order a form is filled in (SDC, `sdc-questionnaire-entryMode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntryMode {
    /// `sequential`: page by page, without a way back.
    Sequential,
    /// `prior-edit`: page by page; what was passed may be changed.
    PriorEdit,
    /// `random`: in any order, as also where a form says nothing.
    #[default]
    Random,
}

impl EntryMode {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "sequential" => Self::Sequential,
            "prior-edit" => Self::PriorEdit,
            "random" => Self::Random,
            _ => return None,
        })
    }
}

/// Options side by side or one below the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Side by side, as for a scale.
    Horizontal,
    /// One below the other.
    Vertical,
}

/// What a help text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// "Cara menanyakan".
    HowToAsk,
    /// "Mengapa ditanyakan".
    WhyAsked,
    /// Help of forms that do not say which.
    Help,
}

/// What a display text is for (FHIR R4, `questionnaire-displayCategory`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayCategory {
    /// What to do.
    Instructions,
    /// How the answers are protected.
    Security,
    /// Further help.
    Help,
}

impl DisplayCategory {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "instructions" => Self::Instructions,
            "security" => Self::Security,
            "help" => Self::Help,
            _ => return None,
        })
    }
}
