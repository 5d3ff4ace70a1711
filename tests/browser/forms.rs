//! A form on somebody else's page: what the host sets, asks and hears, and that nothing else is touched.

use super::audit::{Audit, Look};
use super::portal::Portal;
use super::{Browser, Engine, Page, devtools, run};
use serde_json::{Value, json};

in_every_engine! {
    what_is_filled_in_is_what_the_host_reads
    a_response_is_gone_on_with
    what_is_wrong_is_said_and_leads_to_the_question
    what_cannot_be_used_is_told_and_changes_nothing
    the_answers_live_as_long_as_the_element
    nothing_is_kept_and_the_page_stays_as_it_was
    a_form_waits_for_what_it_needs
    a_form_that_stops_says_so
}

const NAME: &str = "[data-linkid='name'] input";
const YES: &str = "[data-linkid='met'] .option:has([value='true'])";
const NOTE: &str = "[data-linkid='note'] textarea";

/// The page with two forms, the first paged and the second whole.
async fn both(browser: &Browser, portal: &Portal) -> [Page; 2] {
    let pages = [Page::hosted(browser, "#first"), Page::hosted(browser, "#second")];
    browser.client.goto(&portal.forms()).await.expect("the page opens");
    for page in &pages {
        page.find(NAME).await;
    }
    pages
}

async fn response(page: &Page) -> Value {
    page.script("return host.response", json!(null)).await
}

/// What the elements told of one kind: who, and the detail.
async fn told(page: &Page, name: &str) -> Vec<Value> {
    let script = "return window.host.told.filter((one) => one[1] === args)";
    page.script(script, json!(name)).await.as_array().cloned().unwrap_or_default()
}

fn answer(link_id: &str, text: &str, value: Value) -> Value {
    json!({"linkId": link_id, "text": text, "answer": [value]})
}

async fn what_is_filled_in_is_what_the_host_reads(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    let ready = told(&first, "asesmen-ready").await;
    assert_eq!(ready.len(), 2, "each says once that it stands: {ready:?}");
    assert!(told(&first, "asesmen-change").await.is_empty(), "what the host set is no change");
    first.fill(NAME, "Joko").await;
    assert_eq!(told(&first, "asesmen-change").await[0], json!(["first", "asesmen-change", null, true]));
    first.fill("[data-linkid='weight'] input", "52,50").await;
    first.shows(".section-place", "Bagian 1 dari 2").await;
    first.tap(YES).await;
    first.shows(".section-place", "Bagian 1 dari 3").await;
    first.tap("[data-act='next']").await;
    first.shows("h3", "Rumah").await;
    first.tap("[data-linkid='roof'] .option:nth-child(2)").await;
    first.tap("[data-act='next']").await;
    first.fill(NOTE, "Datang lagi Senin").await;
    assert!(!first.has("[data-act='next']").await, "what comes behind the last section is the host's");

    let read = response(&first).await;
    let tin = json!({"valueCoding": {"system": "https://portal.example/kode", "code": "tin", "display": "Seng"}});
    let visit = [
        answer("name", "Nama panggilan", json!({"valueString": "Joko"})),
        answer("met", "Bertemu di rumah?", json!({"valueBoolean": true})),
        answer("weight", "Berat badan", json!({"valueDecimal": 52.5})),
    ];
    assert_eq!(read["questionnaire"], "https://portal.example/Questionnaire/kunjungan|1");
    assert_eq!(read["item"][0]["item"], json!(visit));
    assert_eq!(read["item"][1]["item"], json!([answer("roof", "Atap", tin.clone())]));
    let text = first.script("return host.responseText", json!(null)).await;
    assert!(text.as_str().expect("a text").contains("\"valueDecimal\":52.50"), "every digit as written: {text}");
    let answers = "return ['roof', 'name', 'member.name', 'nowhere'].map((linkId) => host.answers(linkId))";
    let answers = first.script(answers, json!(null)).await;
    assert_eq!(answers, json!([[tin], [{"valueString": "Joko"}], [], []]));
    assert_eq!(response(&second).await["item"][0]["item"][0]["answer"][0]["valueString"], "Wulan", "each its own");

    // All on one page: a section comes and goes where it belongs.
    assert!(!second.has("[data-linkid='roof']").await);
    second.tap(YES).await;
    second.tap("[data-linkid='roof'] .option").await;
    second.tap("[data-linkid='met'] .option:has([value='false'])").await;
    let gone = "const roof = root.querySelector(\"[data-linkid='roof']\"), field = roof.querySelector('input'); \
                field.focus(); \
                return !roof.checkVisibility() && root.activeElement !== field \
                    && roof.closest('.form-section').getBoundingClientRect().height === 0";
    second.wait("one section less", gone, json!(null)).await;
    second.tap(YES).await;
    let back = "return root.querySelector(\"[data-linkid='roof'] input:checked\").checkVisibility()";
    second.wait("the section again, as it was", back, json!(null)).await;
}

async fn a_response_is_gone_on_with(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    let read = response(&second).await;
    assert_eq!(read["identifier"], json!({"value": "7"}), "what the form does not use is kept");
    let value = "return root.querySelector(args).value";
    assert_eq!(second.script(value, json!(NAME)).await, "Wulan");
    second.fill(NAME, " Kirana").await;
    // From one form into the other, in both ways of giving it.
    first.script("host.response = document.querySelector('#second').responseText", json!(null)).await;
    first.wait("the answers", "return root.querySelector(args).value === 'Wulan Kirana'", json!(NAME)).await;
    assert_eq!(response(&first).await, response(&second).await);
    first.script("host.clear()", json!(null)).await;
    first.wait("an empty field", "return root.querySelector(args).value === ''", json!(NAME)).await;
    assert_eq!(response(&first).await["item"], Value::Null);
    let set = "host.definition = window.host.form; host.response = null; \
               host.context = { patient: { resourceType: 'Patient', name: [{ text: 'Melati' }] } }";
    first.script(set, json!(null)).await;
    first.wait("what the context says", "return root.querySelector(args).value === 'Melati'", json!(NAME)).await;
    assert_eq!(told(&first, "asesmen-error").await, Vec::<Value>::new());
}

async fn what_is_wrong_is_said_and_leads_to_the_question(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    let issues = first.script("return host.validate()", json!(null)).await;
    let required = "Jawab pertanyaan ini, atau pilih alasan tidak dijawab.";
    let issue = |link_id: &str| json!({"linkId": link_id, "severity": "error", "words": required});
    assert_eq!(issues, json!([issue("name"), issue("note")]));
    first.wait("focus on the summary", "return root.activeElement?.matches('.form-summary')", json!(null)).await;
    first.shows(".form-summary", "Nama panggilan: Jawab pertanyaan ini").await;
    first.shows("[data-linkid='name'] .problem", required).await;
    first.tap(".form-summary li:nth-child(2) .link").await;
    first.shows("h3", "Penutup").await;
    first.wait("focus on the question", "return root.activeElement?.matches(args)", json!(NOTE)).await;
    first.fill(NOTE, "Sehat").await;
    first.script("host.clearIssues()", json!(null)).await;
    first.wait("no summary", "return !root.querySelector('.form-summary').firstChild", json!(null)).await;
    assert_eq!(first.script("return host.validate()", json!(null)).await, json!([issue("name")]));

    second.script("host.validate()", json!(null)).await;
    second.shows(".form-summary", "Note: Answer this question").await;
    second.tap(".form-summary .link").await;
    second.wait("focus on the question", "return root.activeElement?.matches(args)", json!(NOTE)).await;
    second.fill(NOTE, "Well").await;
    assert_eq!(second.script("return host.validate()", json!(null)).await, json!([]));
    second.wait("no summary", "return !root.querySelector('.form-summary').firstChild", json!(null)).await;
}

async fn what_cannot_be_used_is_told_and_changes_nothing(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    first.fill(NAME, "Joko").await;
    let before = response(&first).await;
    let bad = "const rule = (expression) => [{ valueExpression: { language: 'text/fhirpath', expression }, \
                 url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression' }]; \
               const item = (linkId) => ({ linkId, type: 'string', extension: rule('memberOf(1)') }); \
               const given = { definition: { ...window.host.form, item: [item('one'), item('two')] }, \
                 response: { ...host.response, item: [{ linkId: 'nowhere' }] }, context: 7 }; \
               host[args] = given[args]";
    for (kind, words) in [
        ("definition", "Formulir dari halaman ini tidak dapat dipakai."),
        ("response", "Jawaban dari halaman ini tidak dapat dibuka di formulir ini."),
        ("context", "Keterangan awal dari halaman ini tidak dapat dibaca."),
    ] {
        first.script(bad, json!(kind)).await;
        super::trouble::told(&first, words).await;
        let errors = told(&first, "asesmen-error").await;
        let detail = &errors.last().expect("an event")[2];
        assert_eq!(detail["kind"], kind);
        let told = detail["words"].as_str().expect("words");
        assert!(told.starts_with(words) && told.contains("Aman:"), "{told}");
        assert_eq!(response(&first).await, before);
    }
    let errors = told(&first, "asesmen-error").await;
    let reasons = |at: usize| errors[at][2]["reasons"].as_array().expect("reasons").clone();
    assert!(reasons(0).len() == 2 && reasons(0)[1].as_str().expect("words").contains("“two”"), "{errors:?}");
    assert_eq!(reasons(1)[0], "QuestionnaireResponse: formulir tidak mempunyai butir “nowhere”");
    let form = first.script("return host.definition === window.host.form", json!(null)).await;
    assert_eq!(form, true, "the form in force is the one of before");

    second.script("host.definition = '{'", json!(null)).await;
    second.shows(".messages .trouble", "The form that this page gave cannot be used.").await;
    second.shows(".messages .findings", "not whole JSON").await;
    second.tap(".messages [data-act='dismiss']").await;
    second.wait("no message", "return !root.querySelector('.messages').firstChild", json!(null)).await;
    second.find(NAME).await;
    assert_eq!(first.script("return portal.errors", json!(null)).await, json!([]));
}

async fn the_answers_live_as_long_as_the_element(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    first.fill(NAME, "Joko").await;
    // Half a number: no answer yet, and not lost either.
    first.fill("[data-linkid='weight'] input", "52,").await;
    first.script("portal.kept = host; host.remove()", json!(null)).await;
    let bare = Page::bare(&browser);
    bare.wait("an empty element", "return portal.kept.shadowRoot.childNodes.length === 0", json!(null)).await;
    let read = "return portal.kept.answers('name')";
    assert_eq!(bare.script(read, json!(null)).await, json!([{"valueString": "Joko"}]), "it is there off the page");
    bare.script("portal.kept.setAttribute('locale', 'en'); root.append(portal.kept)", json!(null)).await;
    first.shows("h3", "Visit").await;
    let values = "return [...root.querySelectorAll('.input')].map((field) => field.value)";
    assert_eq!(first.script(values, json!(null)).await, json!(["Joko", "52,"]));
    // Moving keeps the very fields.
    let moved = "root.querySelector(args).same = true; document.querySelector('#left').append(host)";
    first.script(moved, json!(NAME)).await;
    first.wait("the same field", "return root.querySelector(args)?.same", json!(NAME)).await;
    second.script("host.setAttribute('mode', 'paged')", json!(null)).await;
    second.shows(".section-place", "Section 1 of 2").await;
    assert_eq!(first.script("return portal.errors", json!(null)).await, json!([]));
}

async fn nothing_is_kept_and_the_page_stays_as_it_was(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    first.fill(NAME, "Joko").await;
    first.tap(YES).await;
    first.shows(".section-place", "Bagian 1 dari 3").await;
    first.onward().await;
    first.shows("h3", "Rumah").await;
    first.tap("[data-linkid='member'] [data-act='add']").await;
    first.find("[data-linkid='member'] .entry:nth-child(2)").await;
    second.fill(NAME, " Kirana").await;
    let page = "const loaded = performance.getEntriesByType('resource').map((one) => one.name.split('?')[0].split('/').pop()); \
                return { address: location.href.split('/').pop(), steps: history.length - window.host.steps, local: localStorage.length, \
                  loaded: [...new Set(loaded)].filter((name) => /asesmen|json/.test(name)).sort() }";
    let untouched = json!({ "address": "formulir.html?berkas=7#riwayat", "steps": 0, "local": 0,
        "loaded": ["asesmen.css", "asesmen.js", "asesmen_bg.wasm", "asesmen_english.wasm", "asesmen_expressions.wasm",
            "asesmen_hosted.wasm"] });
    assert_eq!(first.script(page, json!(null)).await, untouched);
    let stored = "return indexedDB.databases ? indexedDB.databases().then((all) => all.length) : 0";
    assert_eq!(first.script(stored, json!(null)).await, 0);
    first.script("for (const id of ['first', 'second']) window.host.element(id).remove()", json!(null)).await;
    let left = "const ours = portal.listening().filter((kind) => !/^(asesmen-|DOMContentLoaded)/.test(kind)); \
                return ours.length + portal.timing() + portal.errors.length === 0";
    Page::bare(&browser).wait("a page without traces", left, json!(null)).await;
}

async fn a_form_waits_for_what_it_needs(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    both(&browser, &portal).await;
    let third = Page::hosted(&browser, "#third");
    let begin = "window.host.given = (item, contained) => ({ resourceType: 'Questionnaire', status: 'active', \
                   contained, item: [{ text: 'Tanya', ...item }] }); \
                 const third = document.createElement('asesmen-form'); third.id = 'third'; \
                 third.definition = window.host.given({ linkId: 'plain', type: 'string' }); \
                 document.querySelector('main').append(third)";
    Page::bare(&browser).script(begin, json!(null)).await;
    third.fill("[data-linkid='plain'] input", "Joko").await;

    let with_values = "const codes = [{ system: 'https://portal.example/kode', concept: [{ code: 'a', display: 'Aren' }] }]; \
                       const values = { resourceType: 'ValueSet', id: 'v', status: 'active', compose: { include: codes } }; \
                       window.host.element('third').definition = \
                         window.host.given({ linkId: 'coded', type: 'choice', answerValueSet: '#v' }, [values])";
    let without_network =
        "window.host.fetch = window.fetch; window.fetch = () => Promise.reject(new Error('no network'))";
    third.script(&format!("{without_network}; {with_values}"), json!(null)).await;
    let refused =
        "return window.host.told.filter((one) => one[0] === 'third' && one[1] === 'asesmen-error').length === 1";
    third.wait("it says that it could not be loaded", refused, json!(null)).await;
    let error = told(&third, "asesmen-error").await;
    assert_eq!(error[0][2]["kind"], "load", "{error:?}");
    assert_eq!(response(&third).await["item"][0]["answer"][0]["valueString"], "Joko", "what stood there still does");

    third.script(&format!("window.fetch = window.host.fetch; {with_values}"), json!(null)).await;
    third.shows("[data-linkid='coded'] .option", "Aren").await;
    let ready = told(&third, "asesmen-ready").await;
    assert_eq!(ready.iter().filter(|one| one[0] == "third").count(), 2, "told again: {ready:?}");
}

async fn a_form_that_stops_says_so(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, _] = both(&browser, &portal).await;
    // The form takes for granted that the browser can make elements, so without that it panics.
    first.script("document.createElement = () => { throw new Error('no elements') }", json!(null)).await;
    first.tap("[data-act='next']").await;
    first.shows("[part='app']", "Formulir berhenti karena kesalahan. Yang sudah disimpan halaman ini aman").await;
    let stopped = told(&first, "asesmen-error").await;
    assert_eq!(stopped.iter().map(|one| &one[2]["kind"]).collect::<Vec<_>>(), ["stopped", "stopped"]);
    assert_eq!(first.script("return [host.response, host.validate()]", json!(null)).await, json!([null, []]));
}

/// Drivers hold on to every element that they were asked for, so here only scripts look.
#[test]
fn an_element_that_nobody_holds_goes_with_its_answers() {
    run(|| async {
        let (portal, browser) = (Portal::start(), Browser::start(Engine::Chromium).await);
        let bare = Page::bare(&browser);
        browser.client.goto(&portal.forms()).await.expect("the page opens");
        bare.wait("two forms", "return window.host.told.length === 2", json!(null)).await;
        let remove = "portal.gone = ['first', 'second'].map((id) => new WeakRef(window.host.element(id))); \
                      window.host.told.length = 0; \
                      for (const one of portal.gone) one.deref().remove()";
        bare.script(remove, json!(null)).await;
        let gone = "return portal.gone.filter((one) => one.deref()).length";
        for _ in 0..20 {
            devtools::collect_garbage(&browser).await;
            if bare.script(gone, json!(null)).await == 0 {
                return;
            }
        }
        panic!("an element that was removed is still held");
    });
}

#[test]
fn everybody_can_use_it_in_indonesian() {
    run(|| looked_at(Look::axe(Engine::Chromium, 1280, 800)));
}

#[test]
fn everybody_can_use_it_in_english_on_a_phone() {
    run(|| looked_at(Look { locale: "en", ..Look::axe(Engine::Chromium, 390, 844) }));
}

#[test]
fn everybody_can_use_it_at_320_pixels() {
    run(|| looked_at(Look { axe: false, themes: &["light"], ..Look::axe(Engine::Chromium, 320, 640) }));
}

async fn looked_at(look: Look) {
    let (portal, browser) = (Portal::start(), Browser::start(look.engine).await);
    devtools::resize(&browser, look.size.0, look.size.1).await;
    let [first, second] = both(&browser, &portal).await;
    second.script("host.remove()", json!(null)).await;
    let mut audit = Audit::begin(look, first, &browser).await;
    audit.check("a section").await;
    audit.page.tap(YES).await;
    for mode in ["paged", "whole"] {
        audit.page.script("host.setAttribute('mode', args); host.validate()", json!(mode)).await;
        audit.page.find(".form-summary .link").await;
        audit.check(&format!("problems, {mode}")).await;
    }
    audit.page.script("host.definition = '{'", json!(null)).await;
    audit.page.find(".messages .findings").await;
    audit.check("a form that cannot be used").await;
    audit.end();
}
