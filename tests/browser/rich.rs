//! Texts with markup on the real page, under the real policy: shaped where harmless, plain where not, and nothing in
//! them runs or loads.

use super::form::{Form, control, group, questionnaire};
use super::{Engine, Page};
use serde_json::{Value, json};

in_every_engine! {
    markup_is_shown_in_shapes_and_named_in_plain_words
    hostile_markup_does_nothing
}

fn marked(plain: &str, kind: &str, markup: &str) -> Value {
    let field = if kind == "markdown" { "valueMarkdown" } else { "valueString" };
    json!({"extension": [{"url": format!("http://hl7.org/fhir/StructureDefinition/rendering-{kind}"), field: markup}],
        "id": plain})
}

async fn text(page: &Page, selector: &str) -> String {
    let script = "return root.querySelector(args).textContent";
    page.script(script, json!(selector)).await.as_str().expect("text").to_owned()
}

async fn markup_is_shown_in_shapes_and_named_in_plain_words(engine: Engine) {
    let options = json!([
        {"valueCoding": {"code": "a", "display": "Ya sekali",
            "_display": marked("Ya sekali", "xhtml", "Ya <strong>sekali</strong>")}},
        {"valueCoding": {"code": "b", "display": "Tidak"}}]);
    let items = json!([group(
        "satu",
        json!([
        {"linkId": "pengantar", "type": "display", "text": "Tiga langkah",
            "_text": marked("Tiga langkah", "markdown", "Tiga **langkah**:\n\n1. satu\n2. dua\n\nBaca [panduan](https://contoh.id/a).")},
        {"linkId": "nama", "type": "string", "text": "Nama lengkap",
            "_text": marked("Nama lengkap", "xhtml", "<div>Nama <em>lengkap</em><br/>seperti di KTP</div>"),
            "item": [{"linkId": "nama.bantu", "type": "display", "text": "Tulis jelas", "extension": [control("help")],
                "_text": marked("Tulis jelas", "xhtml", "<ul><li>Tulis</li><li><b>jelas</b></li></ul>")}]},
        {"linkId": "setuju", "type": "choice", "text": "Setuju?", "answerOption": options}])
    )]);
    let form = Form::with(engine, items, 1).await;
    let page = &form.page;
    assert_eq!(text(page, ".display strong").await, "langkah");
    let points = "return [...root.querySelectorAll('.display ol > li')].map((e) => e.textContent).join('/')";
    assert_eq!(page.script(points, json!(null)).await, "satu/dua");
    assert!(text(page, ".display").await.ends_with("Baca panduan (https://contoh.id/a)."));
    assert_eq!(text(page, "[data-linkid='nama'] label em").await, "lengkap");
    assert_eq!(text(page, "[data-linkid='nama'] .help li b, [data-linkid='nama'] .help li strong").await, "jelas");
    assert_eq!(text(page, "[data-linkid='setuju'] .option strong").await, "sekali");
    // What things are called is the plain text.
    let name = "const place = root.querySelector(args).cloneNode(true); \
                place.querySelectorAll('[aria-hidden]').forEach((e) => e.remove()); return place.textContent.trim()";
    assert_eq!(page.script(name, json!("[data-linkid='nama'] label")).await, "Nama lengkap");
    assert_eq!(page.script(name, json!("[data-linkid='setuju'] .option")).await, "Ya sekali");
    page.tap("[data-linkid='setuju'] .option").await;
    let page = form.review().await;
    page.shows("[data-linkid='nama'] dt", "Nama lengkap").await;
    page.shows("[data-linkid='setuju'] dd", "Ya sekali").await;
}

async fn hostile_markup_does_nothing(engine: Engine) {
    let hostile = [
        ("xhtml", "<script>window.hit = 1</script>"),
        ("xhtml", "<img src=\"https://jahat.example/p.png\" onerror=\"window.hit = 1\"/>"),
        ("xhtml", "<p onclick=\"window.hit = 1\">klik</p>"),
        ("xhtml", "<a href=\"javascript:window.hit = 1\">klik</a>"),
        ("xhtml", "<svg><script>window.hit = 1</script></svg>"),
        ("xhtml", "<iframe src=\"https://jahat.example/\"></iframe>"),
        ("xhtml", "<style>@import 'https://jahat.example/x.css';</style>"),
        ("xhtml", "<p style=\"background: url(https://jahat.example/b.png)\">a</p>"),
        ("xhtml", "<link rel=\"stylesheet\" href=\"https://jahat.example/x.css\"/>"),
        ("xhtml", "<meta http-equiv=\"refresh\" content=\"0; url=https://jahat.example/\"/>"),
        ("xhtml", "<form action=\"https://jahat.example/\"><button>kirim</button></form>"),
        ("xhtml", "<b>a</b><object data=\"https://jahat.example/\"></object>"),
        ("markdown", "<img src=x onerror=\"window.hit = 1\">"),
        ("markdown", "<script>window.hit = 1</script>"),
        // Harmless as shown: a picture is its words, a link is its address, a style is nothing.
        ("markdown", "![polos](https://jahat.example/p.png)"),
        ("markdown", "polos [](javascript:window.hit=1)"),
        ("xhtml", "<p style=\"color: red\" class=\"trouble\" id=\"asking\">polos</p>"),
        ("xhtml", "<img src=\"https://jahat.example/p.png\" alt=\"polos\"/>"),
    ];
    let items: Vec<Value> = hostile
        .iter()
        .enumerate()
        .map(|(at, (kind, markup))| {
            json!({"linkId": format!("q{at}"), "type": "string", "text": "polos", "_text": marked("polos", kind, markup),
                "item": [{"linkId": format!("h{at}"), "type": "display", "text": "polos", "extension": [control("help")],
                    "_text": marked("polos", kind, markup)}]})
        })
        .collect();
    let form = Form::of(engine, &questionnaire(json!([group("satu", json!(items))])), 1).await;
    let page = &form.page;
    let watch = "window.broken = []; document.addEventListener('securitypolicyviolation', \
                 (event) => window.broken.push(event.violatedDirective))";
    page.script(watch, json!(null)).await;
    let page = form.reopen().await;
    page.script(watch, json!(null)).await;
    page.script("for (const one of root.querySelectorAll('details')) one.open = true", json!(null)).await;
    for at in 0..hostile.len() {
        let shown = text(page, &format!("[data-linkid='q{at}'] .question-text")).await;
        assert!(shown.contains("polos") && !shown.contains("hit"), "{at}: {shown}");
        page.tap(&format!("[data-linkid='q{at}'] .question-text")).await;
    }
    let strange = "return [...root.querySelectorAll('.question-text, .help dd')].flatMap((place) => \
                   [...place.querySelectorAll(':not(span, strong, em, br, ul, ol, li, sup, sub)')]).length";
    assert_eq!(page.script(strange, json!(null)).await, 0, "nothing stands there but shapes");
    let styled = "return [...root.querySelectorAll('.rich *')].filter((e) => e.hasAttribute('style') || e.id).length";
    assert_eq!(page.script(styled, json!(null)).await, 0, "no attribute of the markup came along");
    let loaded = "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('jahat'))";
    assert_eq!(page.script(loaded, json!(null)).await, json!([]));
    assert_eq!(page.script("return [window.hit ?? 0, window.broken]", json!(null)).await, json!([0, []]));
}
