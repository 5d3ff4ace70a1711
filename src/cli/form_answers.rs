//! The answers that `asesmen form run` applies.

use crate::form::{
    Answer, Content, Context, Finding, MisfitAt, Operation, OperationRefusal, Place, Questionnaire, ReadRefusal,
    Reading, Response,
};
use crate::json::Value;
use std::sync::Arc;

/// Why answers cannot be applied; nothing is printed then.
#[derive(Debug, thiserror::Error)]
pub enum AnswersRefusal {
    #[error("{0}")]
    Response(#[from] ReadRefusal),
    #[error("it does not fit the form: {0}")]
    Misfit(MisfitAt),
    #[error("entry {0} is neither an item with a linkId nor an operation")]
    Unreadable(usize),
    #[error("entry {0}: {1}")]
    Refused(usize, OperationRefusal),
    #[error("neither a QuestionnaireResponse nor an array")]
    NeitherForm,
}

/// Applies a QuestionnaireResponse, or an array of items and operations in their order. Says beside the filled form which
/// given answers it does not ask for, so that they are not in it.
pub fn applied(
    form: Arc<Questionnaire>,
    context: Context,
    bytes: &[u8],
    value: &Value,
) -> Result<(Response, Vec<Finding>), AnswersRefusal> {
    let Some(steps) = value.as_array() else {
        if value.as_object().is_none() {
            return Err(AnswersRefusal::NeitherForm);
        }
        let mut reading = Reading::read(form, context, bytes)?;
        reading.response.reckon();
        let left_out = reading.not_asked().collect();
        let unfit = reading.misfits.into_iter().find(|at| !at.misfit.keeps_all());
        return unfit.map_or(Ok((reading.response, left_out)), |at| Err(AnswersRefusal::Misfit(at)));
    };
    let mut response = Response::new(form, context);
    response.populate();
    for (position, step) in steps.iter().enumerate() {
        for operation in operations(&response, step).ok_or(AnswersRefusal::Unreadable(position))? {
            response.apply(&operation).map_err(|refusal| AnswersRefusal::Refused(position, refusal))?;
        }
    }
    Ok((response, Vec::new()))
}

/// The operations that one step stands for: an operation as storage keeps it, or a FHIR item with its linkId and answers,
/// for the first entries of the lists around it or those that `within` names. Entries that are not there are added.
fn operations(response: &Response, step: &Value) -> Option<Vec<Operation>> {
    if let Some(operation) = Operation::from_json(step) {
        return Some(vec![operation]);
    }
    let link_id = step.get("linkId")?.as_str()?;
    let answers = step.get("answer").map_or(Some(&[][..]), Value::as_array)?;
    let answers = answers.iter().map(|answer| Answer::from_fhir(answer.as_object()?, "value"));
    let answers = answers.collect::<Option<Vec<_>>>()?;
    let form = response.questionnaire();
    let Some(ix) = form.find(link_id) else {
        let at = Place { link_id: link_id.to_owned(), within: Vec::new() };
        return Some(vec![Operation::Set { at, content: Content::default() }]);
    };
    let lists = form.lists_around(ix);
    let named = step.get("within").map_or(Some(&[][..]), Value::as_array)?;
    let named = named.iter().map(|entry| entry.as_u64()?.try_into().ok()).collect::<Option<Vec<u32>>>()?;
    let mut within: Vec<u32> = named.iter().copied().chain(std::iter::repeat(0)).take(lists.len()).collect();
    let mut operations = Vec::new();
    for (depth, list) in lists.iter().enumerate() {
        let at = Place { link_id: form.item(*list).link_id.clone(), within: within[..=depth].to_vec() };
        operations.push(Operation::Add { at });
    }
    let place = |within: &[u32]| Place { link_id: link_id.to_owned(), within: within.to_vec() };
    // Several answers to a question whose answers are a list are an entry each.
    if lists.last() == Some(&ix) && form.item(ix).kind.is_question() && named.len() < lists.len() {
        for (entry, answer) in (0..).zip(answers) {
            *within.last_mut()? = entry;
            operations.push(Operation::Add { at: place(&within) });
            let content = Content { answers: vec![answer], ..Content::default() };
            operations.push(Operation::Set { at: place(&within), content });
        }
        return Some(operations);
    }
    operations.push(Operation::Set { at: place(&within), content: Content { answers, ..Content::default() } });
    Some(operations)
}
