//! What is wrong with a QuestionnaireResponse from elsewhere, as issues of a FHIR R4 OperationOutcome.

use super::answer::Answer;
use super::item::{Item, Kind};
use super::read_response::{Misfit, MisfitAt, ROOT, Reading};
use super::response::{NodeIx, Response};
use super::response_shape::faults;
use super::validation::{Problem, Severity, all_issues};
use crate::json::{Value, array, object};
use std::fmt::Write;

/// One issue (FHIR R4, OperationOutcome.issue).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Kind of issue (FHIR R4, code system `issue-type`).
    pub code: &'static str,
    /// What is wrong, in English.
    pub text: String,
    /// Where, a FHIRPath from the resource.
    pub place: String,
}

impl Finding {
    /// The issue.
    #[must_use]
    pub fn to_fhir(&self) -> Value {
        object([
            ("severity", self.severity.code().into()),
            ("code", self.code.into()),
            ("details", object([("text", self.text.as_str().into())])),
            ("expression", array([self.place.as_str().into()])),
        ])
    }
}

impl Reading {
    /// Everything wrong with the response: what does not fit its form, answers to questions that are not asked, and what
    /// validation finds. What is missing from a response that is not completed is only warned about.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = faults(&self.resource);
        findings.extend(self.misfits.iter().map(|at| self.unfit(at)));
        findings.extend(self.not_asked());
        for issue in all_issues(&self.response) {
            let Some(node) = issue.node else {
                findings.push(broken(&issue.problem));
                continue;
            };
            // What stands in a group or answer that is not there was not asked for.
            let above = self.response.node(node).parent;
            let Some(above) = above.map_or(Some(ROOT), |above| self.place(above)) else { continue };
            let place = self.place(node).unwrap_or(above);
            findings.push(self.problem(node, &issue.problem, place));
        }
        findings
    }

    fn unfit(&self, MisfitAt { place, misfit }: &MisfitAt) -> Finding {
        // What is not completed may still be put right.
        let open = matches!(misfit, Misfit::SeveralAnswers) && !self.is_complete();
        let severity = if open { Severity::Warning } else { Severity::Error };
        Finding { severity, code: code_of(misfit), text: misfit.to_string(), place: place.clone() }
    }

    /// Answers to questions that are not asked.
    pub fn not_asked(&self) -> impl Iterator<Item = Finding> {
        let hidden = move |node: &NodeIx| {
            let above = self.response.node(*node).parent;
            !self.response.is_enabled(*node)
                && above.is_none_or(|above| self.response.is_enabled(above))
                && !self.response.is_blank(*node)
        };
        let nodes = self.nodes().filter(hidden);
        nodes.map(|node| Finding {
            severity: Severity::Error,
            code: "invalid",
            text: format!("“{}” is answered, though it is not enabled", self.response.item(node).link_id),
            place: self.place(node).unwrap_or(ROOT).to_owned(),
        })
    }

    fn problem(&self, node: NodeIx, problem: &Problem, place: &str) -> Finding {
        let item = self.response.item(node);
        let missing = matches!(problem, Problem::Required);
        let severity = if missing && !self.is_complete() { Severity::Warning } else { problem.severity() };
        let code = match problem {
            Problem::Required => "required",
            Problem::TooFew(_) | Problem::TooMany(_) => "invalid",
            _ => "invariant",
        };
        Finding { severity, code, text: words(item, problem), place: self.at_answer(node, problem, place) }
    }

    /// The place of the answer that has the problem, where it is one answer's.
    fn at_answer(&self, node: NodeIx, problem: &Problem, place: &str) -> String {
        let answers = &self.response.node(node).content.answers;
        let wrong = answers.iter().position(|answer| problem.is_about(self.response.item(node), answer));
        let before = entries_before(&self.response, node);
        wrong.map_or_else(|| place.to_owned(), |answer| format!("{place}.answer[{}]", before + answer))
    }

    fn is_complete(&self) -> bool {
        let resource = self.response.kept.as_ref().map(|kept| &kept.resource);
        let status = resource.and_then(|resource| resource.text("status"));
        matches!(status, Some("completed" | "amended"))
    }
}

/// How many answers of the same list stand before an entry.
fn entries_before(response: &Response, node: NodeIx) -> usize {
    if !response.item(node).is_list || response.item(node).kind == Kind::Group {
        return 0;
    }
    response.entries(node).iter().position(|entry| *entry == node).unwrap_or_default()
}

/// What is wrong with the response as a whole.
fn broken(problem: &Problem) -> Finding {
    let text = match problem {
        Problem::Constraint(human, _) => human.in_language("en").to_owned(),
        _ => String::new(),
    };
    Finding { severity: problem.severity(), code: "invariant", text, place: ROOT.to_owned() }
}

/// The kind of issue that a misfit is.
const fn code_of(misfit: &Misfit) -> &'static str {
    match misfit {
        Misfit::NoLinkId | Misfit::NoValue => "required",
        Misfit::UnknownItem(_) => "not-found",
        Misfit::Repeated(..) | Misfit::SeveralAnswers | Misfit::OtherText => "invalid",
        Misfit::WrongType(_) => "invariant",
        _ => "structure",
    }
}

fn words(item: &Item, problem: &Problem) -> String {
    let mut words = format!("“{}”: ", item.link_id);
    // Writing into a String cannot fail.
    let _ = match problem {
        Problem::Required => write!(words, "an answer is required"),
        Problem::Number(_) | Problem::Date(_) | Problem::Time => write!(words, "the text cannot be read as a value"),
        Problem::OtherEmpty => write!(words, "the own words are empty"),
        Problem::BelowMin(bound) => write!(words, "below the minimum {}", value(bound)),
        Problem::AboveMax(bound) => write!(words, "above the maximum {}", value(bound)),
        Problem::DecimalPlaces(most) => write!(words, "more than {most} decimal places"),
        Problem::TooShort(least) => write!(words, "shorter than {least} characters"),
        Problem::TooLong(most) => write!(words, "longer than {most} characters"),
        Problem::Pattern(Some(example)) => write!(words, "not of the form of “{}”", example.in_language("en")),
        Problem::Pattern(None) => write!(words, "not of the form asked for"),
        Problem::Constraint(human, _) => write!(words, "{}", human.in_language("en")),
        Problem::Resource => write!(words, "a reference to a resource that is not allowed"),
        Problem::TooFew(least) => write!(words, "fewer than {least} answers"),
        Problem::TooMany(most) => write!(words, "more than {most} answers"),
        Problem::FileTooLarge(most) => write!(words, "the file is larger than {most} bytes"),
        Problem::FileSize => write!(words, "the file has another size than it says"),
        Problem::FileKind(kind) => write!(words, "files of type “{kind}” are not allowed"),
        Problem::NotAnOption => write!(words, "the answer is none of the options"),
        Problem::Exclusive => write!(words, "an option that excludes all others is chosen beside others"),
        Problem::Unit => write!(words, "the unit is none of the allowed ones"),
        Problem::LineBreak => write!(words, "a line break in a string of one line"),
        Problem::SoundsLikeOption => write!(words, "the own words are those of an option"),
    };
    words
}

fn value(answer: &Answer) -> String {
    let fhir = answer.to_fhir();
    let value = fhir.as_object().and_then(|members| members.iter().next()).map(|(_, value)| value.to_string());
    value.unwrap_or_default().trim_matches('"').to_owned()
}
