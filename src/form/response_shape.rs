//! What a QuestionnaireResponse from elsewhere has to be as a FHIR R4 resource, whatever its form asks: known members,
//! nothing empty, codes, times, addresses and references of their own form.

use super::check_response::Finding;
use super::element::string;
use super::fhirpath::Moment;
use super::read_response::ROOT;
use super::validation::Severity;
use crate::json::{Object, Value};

/// The members of a QuestionnaireResponse.
const RESOURCE: &str = "resourceType id meta implicitRules language text contained extension modifierExtension identifier \
                        basedOn partOf questionnaire status subject encounter authored author source item";
/// The members of QuestionnaireResponse.item.
const ITEM: &str = "id extension modifierExtension linkId definition text answer item";
/// The members of QuestionnaireResponse.item.answer.
const ANSWER: &str = "id extension modifierExtension item valueBoolean valueDecimal valueInteger valueDate valueDateTime \
                      valueTime valueString valueUri valueAttachment valueCoding valueQuantity valueReference";
const STATUS: &str = "in-progress completed amended entered-in-error stopped";
/// The types of resources of FHIR R4.
const TYPES: &str = "Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent \
    Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry \
    ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest \
    CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest \
    CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement \
    DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest \
    EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit \
    FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization \
    ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List \
    Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge \
    MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization \
    MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient \
    MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical \
    MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder \
    Observation ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation \
    Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole \
    Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition \
    ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule \
    SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription \
    Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation \
    SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport \
    TestScript ValueSet VerificationResult VisionPrescription";

/// Whether a word stands in a list of words.
pub fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|own| own == word)
}

/// Everything that is wrong with a resource as such.
pub fn faults(resource: &Object) -> Vec<Finding> {
    let mut faults = Faults(Vec::new());
    faults.nothing_empty(resource, ROOT);
    faults.members(resource, RESOURCE, ROOT);
    match resource.get("status") {
        None => faults.note("required", ROOT, "the response has no status".to_owned()),
        Some(status) if status.as_str().is_some_and(|status| is_one_of(status, STATUS)) => {}
        Some(status) => faults.note("code-invalid", &format!("{ROOT}.status"), format!("{status} is no status")),
    }
    if let Some(questionnaire) = resource.get("questionnaire") {
        let canonical = questionnaire.as_str().filter(|canonical| !canonical.contains(char::is_whitespace));
        if canonical.is_none() {
            let text = format!("{questionnaire} is no canonical address of a form");
            faults.note("invalid", &format!("{ROOT}.questionnaire"), text);
        }
    }
    if resource.get("authored").is_some_and(|authored| !authored.as_str().is_some_and(is_date_time)) {
        faults.note("invalid", &format!("{ROOT}.authored"), "it is no date and time".to_owned());
    }
    for name in ["subject", "encounter", "author", "source"] {
        if let Some(reference) = resource.get(name) {
            faults.reference(reference, &format!("{ROOT}.{name}"));
        }
    }
    faults.items(resource, ROOT);
    faults.0
}

struct Faults(Vec<Finding>);

impl Faults {
    fn note(&mut self, code: &'static str, place: &str, text: String) {
        self.0.push(Finding { severity: Severity::Error, code, text, place: place.to_owned() });
    }

    /// FHIR R4, JSON: no member is null or empty. Within lists of primitives a null holds the place of an extension.
    fn nothing_empty(&mut self, element: &Object, place: &str) {
        for (name, value) in element.iter() {
            let here = format!("{place}.{name}");
            match value {
                Value::Array(all) if !all.is_empty() => {
                    for (at, value) in all.iter().enumerate().filter(|(_, value)| **value != Value::Null) {
                        self.not_empty(value, &format!("{here}[{at}]"));
                    }
                }
                _ => self.not_empty(value, &here),
            }
        }
    }

    fn not_empty(&mut self, value: &Value, place: &str) {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        match value {
            _ if empty => self.note("structure", place, "nothing in FHIR is empty".to_owned()),
            Value::Object(members) => self.nothing_empty(members, place),
            _ => {}
        }
    }

    fn members(&mut self, element: &Object, known: &str, place: &str) {
        // Beside a primitive stand its extensions, under its name with an underscore.
        for (name, _) in element.iter().filter(|(name, _)| !is_one_of(name.strip_prefix('_').unwrap_or(name), known)) {
            self.note("structure", place, format!("FHIR R4 knows no “{name}” here"));
        }
    }

    fn items(&mut self, element: &Object, place: &str) {
        for (item, place) in elements(element, "item", place) {
            self.members(item, ITEM, &place);
            self.items(item, &place);
            for (answer, place) in elements(item, "answer", &place) {
                self.members(answer, ANSWER, &place);
                self.value(answer, &place);
                self.items(answer, &place);
            }
        }
    }

    fn value(&mut self, answer: &Object, place: &str) {
        let wrong = |name, is: fn(&str) -> bool| string(answer, name).filter(|text| !is(text));
        if let Some(text) = wrong("valueDateTime", is_date_time) {
            self.note("invalid", place, format!("“{text}” is no date and time"));
        }
        if let Some(text) = wrong("valueTime", is_time) {
            self.note("invalid", place, format!("“{text}” is no time of day"));
        }
        if let Some(text) = wrong("valueUri", is_uri) {
            self.note("invalid", place, format!("“{text}” is no address"));
        }
        let data = answer.get("valueAttachment").and_then(|file| file.get("data")?.as_str());
        if data.is_some_and(|data| !is_base64(data)) {
            self.note("invalid", place, "the bytes of the file are not written in base64".to_owned());
        }
        if let Some(reference) = answer.get("valueReference") {
            self.reference(reference, place);
        }
    }

    fn reference(&mut self, reference: &Value, place: &str) {
        let text = |name| reference.get(name).and_then(Value::as_str);
        let target = text("reference").unwrap_or_default();
        if !is_uri(target) {
            self.note("invalid", place, format!("“{target}” is no reference"));
        }
        let kind = text("type").or_else(|| kind_of(target));
        if let Some(kind) = kind.filter(|kind| !is_one_of(kind, TYPES)) {
            self.note("invalid", place, format!("“{kind}” is no type of resource"));
        }
    }
}

/// The elements of a list with their places.
fn elements<'a>(element: &'a Object, name: &'a str, place: &'a str) -> impl Iterator<Item = (&'a Object, String)> {
    let all = element.get(name).and_then(Value::as_array).unwrap_or_default().iter().enumerate();
    all.filter_map(move |(at, element)| Some((element.as_object()?, format!("{place}.{name}[{at}]"))))
}

/// The type of the resource that an address leads to, where it is made as FHIR makes them: `…/Type/id`, perhaps with a
/// version (FHIR R4, References).
fn kind_of(target: &str) -> Option<&str> {
    let path = target.split("/_history/").next()?;
    let (before, id) = path.rsplit_once('/')?;
    let kind = before.rsplit('/').next()?;
    let is_id = (1..=64).contains(&id.len()) && id.bytes().all(|c| c.is_ascii_alphanumeric() || b"-.".contains(&c));
    let is_name = kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.bytes().all(|c| c.is_ascii_alphabetic());
    (is_id && is_name).then_some(kind)
}

/// FHIR R4, uri: no white space, and UUIDs and OIDs of their own form.
fn is_uri(text: &str) -> bool {
    let hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    let own = match (text.strip_prefix("urn:uuid:"), text.strip_prefix("urn:oid:")) {
        (Some(id), _) => {
            let groups: Vec<&str> = id.split('-').collect();
            groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.concat().bytes().all(hex)
        }
        (_, Some(id)) => {
            let number = |part: &str| {
                part.bytes().all(|c| c.is_ascii_digit()) && (part == "0" || !part.starts_with('0')) && !part.is_empty()
            };
            matches!(id.split('.').next(), Some("0" | "1" | "2")) && id.contains('.') && id.split('.').all(number)
        }
        _ => true,
    };
    own && !text.contains(char::is_whitespace)
}

/// FHIR R4, dateTime: a date as far as it is known, or one with a time to the second and its offset.
fn is_date_time(text: &str) -> bool {
    let whole = match text.split_once('T') {
        Some((date, time)) => {
            let clock =
                time.trim_end_matches('Z').rsplit_once(['+', '-']).map_or(time.trim_end_matches('Z'), |(t, _)| t);
            date.len() == 10 && is_time(clock) && clock.len() < time.len()
        }
        None => matches!(text.len(), 4 | 7 | 10),
    };
    whole && Moment::parse(text).is_some()
}

/// FHIR R4, time: hours, minutes and seconds.
fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let below = |part: &&str, limit: u32| part.len() == 2 && part.parse::<u32>().is_ok_and(|number| number < limit);
    let digits = !fraction.is_empty() && fraction.bytes().all(|c| c.is_ascii_digit());
    digits && matches!(&parts[..], [h, m, s] if below(h, 24) && below(m, 60) && below(s, 61))
}

/// RFC 4648, 4; FHIR allows white space in it.
fn is_base64(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(|c| !c.is_ascii_whitespace()).collect();
    let filled = digits.iter().rposition(|c| *c != b'=').map_or(0, |last| last + 1);
    let known = |c: &u8| c.is_ascii_alphanumeric() || b"+/".contains(c);
    digits.len().is_multiple_of(4) && digits.len() - filled <= 2 && digits[..filled].iter().all(known)
}
