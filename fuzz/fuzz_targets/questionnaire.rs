//! Any bytes as a form: loaded or refused; what loads is filled by some operations, validated, written, read back and
//! replayed, and comes out the same.

#![no_main]

mod hand;

use asesmen::form::{Questionnaire, Reading, Response, as_given, form_problems, issues};
use hand::{context, operations};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|bytes: &[u8]| {
    let Ok((form, exclusions)) = Questionnaire::load_in_part(bytes) else { return };
    let _ = (form.sections(), form.untranslated());
    let form = Arc::new(form);
    let mut response = Response::new(Arc::clone(&form), context());
    let mut log = response.populate();
    for operation in operations(&response, bytes) {
        if response.apply(&operation).is_ok() {
            log.push(operation);
        }
    }
    let _ = (issues(&response), form_problems(&response));
    let written = as_given(&response, "id").to_string();
    let reading = Reading::read(Arc::clone(&form), context(), written.as_bytes()).expect("its own response");
    let _ = reading.findings();
    // What takes more than it may has no value, and which that is depends on the way; so it is told in smaller forms alone.
    if exclusions.is_empty() && bytes.len() < 4_096 {
        let mut again = Response::new(form, context());
        let count = log.len();
        again.replay(&mut log);
        assert_eq!(log.len(), count, "what was applied once is applied again");
        assert_eq!(as_given(&again, "id").to_string(), written, "a session is its operations");
    }
});
