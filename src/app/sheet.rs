//! The copy that a client takes home, in words: one content for paper, picture and text file.

/// Somebody's mark under the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whose.
    pub title: String,
    /// What was drawn or photographed: media type and bytes in base64.
    pub pictures: Vec<(String, String)>,
    /// Names and words.
    pub lines: Vec<String>,
}

/// Where nobody has said anything yet: a line to write on by hand.
pub const BLANK: &str = "................................";

/// One card on the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetPart {
    /// The heading of the section that begins here.
    pub heading: Option<String>,
    /// The title of the card, where the heading does not say it already.
    pub title: Option<String>,
    /// Its sentences.
    pub lines: Vec<String>,
}

/// The copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The language of its words (BCP 47).
    pub language: String,
    /// Who hands it out and where to find them, as at the head of a letter.
    pub letterhead: Vec<String>,
    /// The title of the form.
    pub title: String,
    /// Its number in the files of the office.
    pub number: Option<String>,
    /// What stands under the title, each with its name.
    pub facts: Vec<(String, String)>,
    /// The cards.
    pub parts: Vec<SheetPart>,
    /// Where and when it was signed.
    pub signed: Option<String>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// What stands at its foot.
    pub foot: Vec<String>,
    /// The squares of the code that machines read, row by row, `true` where dark; empty where there is none.
    pub code: Vec<Vec<bool>>,
}

impl Sheet {
    /// The sheet as plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in &self.letterhead {
            text.push_str(&format!("{line}\n"));
        }
        if !self.letterhead.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}\n{}\n", self.title, "=".repeat(self.title.chars().count())));
        if let Some(number) = &self.number {
            text.push_str(&format!("{number}\n"));
        }
        text.push('\n');
        for (name, value) in &self.facts {
            text.push_str(&format!("{name}: {value}\n"));
        }
        for part in &self.parts {
            if let Some(heading) = &part.heading {
                text.push_str(&format!("\n{heading}\n{}\n", "-".repeat(heading.chars().count())));
            }
            if let Some(title) = &part.title {
                text.push_str(&format!("{title}\n"));
            }
            for line in &part.lines {
                text.push_str(&format!("  {line}\n"));
            }
        }
        text.push('\n');
        if let Some(signed) = &self.signed {
            text.push_str(&format!("{signed}\n"));
        }
        for mark in &self.marks {
            text.push_str(&format!("{}: {}\n", mark.title, mark.lines.join(", ")));
        }
        text.push('\n');
        for line in &self.foot {
            text.push_str(&format!("{line}\n"));
        }
        text
    }
}
