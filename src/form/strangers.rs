//! Members that the expressions of a form ask of a response and that no part of a response has, such as a misspelt
//! `anwser`. FHIRPath gives nothing for them, so such a form runs and never does what was meant.

use super::fhirpath::reads;
use super::item::ItemIx;
use super::questionnaire::Questionnaire;

/// A member that no part of a response has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger<'f> {
    /// The item at which the expression stands; empty for the form itself.
    pub link_id: &'f str,
    /// The expression.
    pub expression: &'f str,
    /// The member.
    pub name: String,
}

impl Questionnaire {
    /// The first such member of each expression, in the order of the form. What an expression asks of variables is not
    /// looked at: they may hold resources from elsewhere.
    #[must_use]
    pub fn strangers(&self) -> Vec<Stranger<'_>> {
        let items = (0..).map(ItemIx).zip(self.items()).filter_map(|(ix, item)| {
            let rules = item.rules.as_deref()?;
            Some((Some(ix), item.link_id.as_str(), rules))
        });
        let mut strangers = Vec::new();
        for (ix, link_id, rules) in std::iter::once((None, "", &self.rules)).chain(items) {
            for expression in rules.expressions() {
                let Some(name) = reads(expression, self, ix, &|_| None).stranger().map(str::to_owned) else { continue };
                let stranger = Stranger { link_id, expression: expression.text(), name };
                // An expression with a name stands here twice.
                if !strangers.contains(&stranger) {
                    strangers.push(stranger);
                }
            }
        }
        strangers
    }
}
