//! The expressions of a form: what is reckoned, asked and required by them (SDC; FHIR R4, extension `variable`).

use super::element::{Element, extensions, objects, string};
use super::expressions::Expressions;
use super::extension::{CASE_DOCUMENTS, NOT_RUN};
use super::fhirpath::Expression;
use super::load::{LoadRefusal, unsupported};
use super::text::Text;
use super::validation::Severity;
use std::sync::Arc;

/// The expressions that stand at one item, or at the form itself.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Named values, usable here and below.
    pub variables: Vec<(String, Arc<Expression>)>,
    /// When the item is asked, in place of `enableWhen`.
    pub enable_when: Option<Arc<Expression>>,
    /// What its answer is, unless somebody says otherwise.
    pub calculated: Option<Arc<Expression>>,
    /// What its answer is to begin with.
    pub initial: Option<Arc<Expression>>,
    /// What a list begins with an entry for, and the name by which expressions below ask for the value of their entry.
    pub population: Option<(String, Arc<Expression>)>,
    /// What has to hold.
    pub constraints: Vec<Constraint>,
    /// The names of expressions that stand here and are not run.
    pub not_run: Vec<String>,
}

/// What has to hold for the answers (`targetConstraint` and `questionnaire-constraint`).
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Its name within the form.
    pub key: String,
    /// How bad it is when it does not hold.
    pub severity: Severity,
    /// What to tell a person then.
    pub human: Text,
    pub(super) expression: Arc<Expression>,
}

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-";

/// The last part of the name of an extension of FHIR or SDC, without the prefixes under which it was published.
pub(super) fn name_of(url: &str) -> Option<&str> {
    let name = url.strip_prefix(SDC).or_else(|| url.strip_prefix(CORE))?;
    Some(name.strip_prefix("questionnaire-").unwrap_or(name))
}

/// Whether expressions or patterns may stand in a form, told from its bytes without reading it. Of a form that has some it
/// always says so; of others it may.
#[must_use]
pub fn may_have_rules(form: &[u8]) -> bool {
    // What the names of all members and extensions have in common that hold them, and how an escape begins that could hide
    // a letter of these.
    holds(form, &[b"xpression", b"/regex", b"\\u00"])
}

/// Whether a form may have what only few have, texts with markup or value sets, told in the same way.
#[must_use]
pub fn may_be_unusual(form: &[u8]) -> bool {
    holds(form, &[b"/rendering-", b"alueSet", b"\\u00"])
}

fn holds(form: &[u8], marks: &[&[u8]]) -> bool {
    marks.iter().any(|mark| form.windows(mark.len()).any(|part| part == *mark))
}

impl Rules {
    /// Reads the expressions of an element. What cannot be run is named in `exclusions`.
    pub(super) fn read(
        link_id: &str,
        element: &Element,
        expressions: &mut Expressions,
        exclusions: &mut Vec<LoadRefusal>,
    ) -> Self {
        let mut rules = Self::default();
        for extension in objects(element, "extension") {
            let name = string(extension, "url").and_then(name_of).unwrap_or_default();
            let known = matches!(
                name,
                "variable"
                    | "calculatedExpression"
                    | "enableWhenExpression"
                    | "initialExpression"
                    | "itemPopulationContext"
            );
            let excluded = exclusions.len();
            if matches!(name, "targetConstraint" | "constraint") {
                match constraint(expressions, extension) {
                    Ok(constraint) => rules.constraints.push(constraint),
                    Err(reason) => exclusions.push(unsupported(link_id, &format!("{name}: {reason}"))),
                }
            } else if known {
                match expression(expressions, extension) {
                    Ok((None, _)) if name == "itemPopulationContext" => {
                        exclusions.push(unsupported(link_id, "itemPopulationContext without a name"));
                    }
                    Ok((named, expression)) => rules.put(name, named, expression),
                    Err(reason) => exclusions.push(unsupported(link_id, &format!("{name}: {reason}"))),
                }
            }
            // Who asks for an expression that is not run is not told that nothing defines it.
            if exclusions.len() > excluded || NOT_RUN.contains(&name) {
                let named = extension.get("valueExpression").and_then(|value| string(value.as_object()?, "name"));
                rules.not_run.extend(named.map(str::to_owned));
            }
        }
        rules
    }

    #[inline(never)] // An entry of tools/parts.json.
    fn put(&mut self, kind: &str, name: Option<&str>, expression: Arc<Expression>) {
        // Forms name any expression to use its value elsewhere.
        if let Some(name) = name {
            self.variables.push((name.to_owned(), Arc::clone(&expression)));
        }
        match (kind, name) {
            ("itemPopulationContext", Some(name)) => self.population = Some((name.to_owned(), expression)),
            _ => self.put_unnamed(kind, expression),
        }
    }

    fn put_unnamed(&mut self, kind: &str, expression: Arc<Expression>) {
        match kind {
            "calculatedExpression" => self.calculated = Some(expression),
            "enableWhenExpression" => self.enable_when = Some(expression),
            "initialExpression" => self.initial = Some(expression),
            _ => {}
        }
    }

    /// All expressions that stand here.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let variables = self.variables.iter().map(|(_, expression)| expression);
        let constraints = self.constraints.iter().map(|constraint| &constraint.expression);
        let all = variables.chain(&self.enable_when).chain(&self.calculated).chain(&self.initial).chain(constraints);
        all.map(|expression| &**expression)
    }

    /// Whether an expression stands here that is run.
    pub(super) fn has_expressions(&self) -> bool {
        self.population.is_some() || self.expressions().next().is_some()
    }

    /// Whether nothing stands here.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_expressions() && self.not_run.is_empty()
    }
}

/// The name and expression of an extension with a FHIR Expression.
fn expression<'a>(
    expressions: &mut Expressions,
    extension: &'a Element,
) -> Result<(Option<&'a str>, Arc<Expression>), String> {
    let value = extension.get("valueExpression").and_then(|value| value.as_object()).ok_or("no valueExpression")?;
    Ok((string(value, "name"), parsed(expressions, value)?))
}

#[inline(never)] // As `put`.
fn parsed(expressions: &mut Expressions, value: &Element) -> Result<Arc<Expression>, String> {
    match string(value, "language") {
        Some("text/fhirpath") | None => {}
        Some(language) => return Err(format!("language {language}")),
    }
    parsed_text(expressions, string(value, "expression").ok_or("no expression")?)
}

fn parsed_text(expressions: &mut Expressions, text: &str) -> Result<Arc<Expression>, String> {
    expressions.parse(text).map_err(|refusal| format!("{refusal} in “{text}”"))
}

fn constraint(expressions: &mut Expressions, extension: &Element) -> Result<Constraint, String> {
    let source = part(extension, "expression").ok_or("no expression")?;
    constraint_by(expressions, extension, source)
}

#[inline(never)] // As `put`.
fn constraint_by(expressions: &mut Expressions, extension: &Element, source: &Element) -> Result<Constraint, String> {
    let part = |name: &str| part(extension, name);
    let expression = match source.get("valueExpression").and_then(|value| value.as_object()) {
        Some(value) => parsed(expressions, value)?,
        None => parsed_text(expressions, string(source, "valueString").ok_or("no expression")?)?,
    };
    let text = |name: &str, field| part(name).and_then(|part| string(part, field)).unwrap_or_default();
    let key = Some(text("key", "valueId")).filter(|key| !key.is_empty()).unwrap_or_else(|| text("key", "valueString"));
    let severity = match text("severity", "valueCode") {
        "warning" => Severity::Warning,
        "error" | "" => Severity::Error,
        other => return Err(format!("severity {other}")),
    };
    let human =
        part("human").and_then(|part| Text::read(part, "valueString").or_else(|| Text::read(part, "valueMarkdown")));
    Ok(Constraint {
        key: key.to_owned(),
        severity,
        human: human.unwrap_or_else(|| Text::plain(text("requirements", "valueString"))),
        expression,
    })
}

fn part<'e>(extension: &'e Element, name: &str) -> Option<&'e Element> {
    objects(extension, "extension").find(|part| string(part, "url") == Some(name))
}

/// Documents of the same case that a form asks for, to propose answers from them (our extension `case-documents`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDocuments {
    /// The name by which expressions ask for them.
    pub name: String,
    /// Canonical URL of the form they answer.
    pub questionnaire: String,
    /// All of them, newest first, and not the newest alone.
    pub all: bool,
}

/// Reads what documents of the case a form asks for. A declaration that cannot be read is named in `exclusions`.
pub(super) fn case_documents(form: &Element, exclusions: &mut Vec<LoadRefusal>) -> Vec<CaseDocuments> {
    let mut found = Vec::new();
    for declared in extensions(form, CASE_DOCUMENTS) {
        let part = |name: &str| part(declared, name);
        let name = part("name").and_then(|part| string(part, "valueId"));
        let questionnaire = part("questionnaire").and_then(|part| string(part, "valueCanonical"));
        let all = match part("take").map(|part| string(part, "valueCode")) {
            None | Some(Some("latest")) => Some(false),
            Some(Some("all")) => Some(true),
            Some(_) => None,
        };
        match (name, questionnaire, all) {
            (Some(name), Some(questionnaire), Some(all)) => {
                found.push(CaseDocuments { name: name.to_owned(), questionnaire: questionnaire.to_owned(), all });
            }
            _ => exclusions.push(unsupported("", "case-documents without a name, a form or a known way to take them")),
        }
    }
    found
}

/// The names under which a form asks for resources when it is launched, and for those that queries bring before the
/// filling (`sourceQueries`, by the id of the contained Bundle); nothing brings them here, so they hold nothing.
pub(super) fn launch_names(form: &Element) -> Vec<String> {
    let names =
        objects(form, "extension").filter_map(|extension| match string(extension, "url").and_then(name_of)? {
            "launchContext" => {
                let name = objects(extension, "extension").find(|part| string(part, "url") == Some("name"))?;
                let coding = name.get("valueCoding").and_then(|coding| coding.as_object());
                string(name, "valueId").or_else(|| string(coding?, "code"))
            }
            "sourceQueries" => {
                let reference = extension.get("valueReference")?.get("reference")?.as_str()?;
                reference.strip_prefix('#')
            }
            _ => None,
        });
    names.map(str::to_owned).collect()
}
