//! What a form says beside its questions, and how it asks to have them shown.

use super::form::{Form, choose, control, core, group, own, values};
use super::{Engine, Page, run};
use serde_json::{Value, json};

in_every_engine! { a_thousand_options_are_searched_by_touch_and_by_keyboard }

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const TAB: &str = "\u{e004}";

fn help(link_id: &str, code: &str, purpose: Option<&str>, text: &str) -> Value {
    let purpose = purpose.map(|code| own("guidance", "valueCode", json!(code)));
    let extensions: Vec<Value> = std::iter::once(control(code)).chain(purpose).collect();
    json!({"linkId": link_id, "type": "display", "text": text, "extension": extensions})
}

fn category(link_id: &str, code: &str, text: &str) -> Value {
    let concept = json!({"coding": [{"code": code}]});
    let extension = core("questionnaire-displayCategory", "valueCodeableConcept", concept);
    json!({"linkId": link_id, "type": "display", "text": text, "extension": [extension]})
}

async fn texts(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...root.querySelectorAll(args)].map((e) => e.textContent)";
    serde_json::from_value(page.script(script, json!(selector)).await).expect("texts")
}

#[test]
fn each_question_has_its_help_and_each_text_its_sign() {
    run(|| async {
        let question = json!({"linkId": "obat", "type": "string", "text": "Obat", "prefix": "1a.",
            "extension": [core("entryFormat", "valueString", json!("nama dan takaran"))], "item": [
            help("obat.tanya", "help", Some("how-to-ask"), "Minta melihat bungkusnya."),
            help("obat.guna", "help", Some("why-asked"), "Agar takarannya benar."),
            help("obat.bantu", "flyover", None, "Satu obat satu baris.")]});
        let rows = json!({"linkId": "rumah", "type": "group", "text": "Anggota rumah tangga", "prefix": "B",
            "repeats": true, "required": true,
            "extension": [core("questionnaire-minOccurs", "valueInteger", json!(2)),
                json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText", "valueString": "Anggota"})],
            "item": [help("rumah.bantu", "help", None, "Siapa yang makan dari dapur yang sama?"),
                {"linkId": "rumah.nama", "type": "string", "text": "Nama"}]});
        let items = json!([group(
            "Bagian yang panjang sekali namanya",
            json!([
            category("petunjuk", "instructions", "Bacakan pelan-pelan."),
            category("aman", "security", "Hanya terlihat di tablet ini."),
            category("bantu", "help", "Tanyakan kepada supervisor."),
            {"linkId": "biasa", "type": "display", "text": "Teks biasa."},
            question, rows])
        )]);
        let mut items = items;
        items[0]["extension"] = json!([{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText",
            "valueString": "Singkat"}]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        assert_eq!(texts(page, ".contents-row[data-section] .contents-title").await, ["Singkat"]);
        assert_eq!(texts(page, "h1").await, ["Bagian yang panjang sekali namanya"]);
        assert_eq!(texts(page, ".display-marked").await.len(), 3, "marked by what they are for");
        assert_eq!(super::form::count(page, ".display-marked .icon").await, 2, "protection and help have a sign");
        assert_eq!(texts(page, "[data-linkid='obat'] .question-text").await, ["1a. Obat"]);
        assert_eq!(texts(page, "[data-linkid='obat'] .hint").await, ["nama dan takaran"]);
        let described = "const field = root.querySelector(\"[data-linkid='obat'] input\"); \
                         return field.getAttribute('aria-describedby').split(' ') \
                           .map((id) => root.getElementById(id)?.textContent ?? 'missing').join('/')";
        assert_eq!(page.script(described, json!(null)).await, "/nama dan takaran", "the hint is read with the field");
        assert!(!page.find("[data-linkid='obat'] .help summary").await.text().await.expect("words").is_empty());
        page.press_on("[data-linkid='obat'] .help summary", ENTER).await;
        assert_eq!(
            texts(page, "[data-linkid='obat'] .help[open] dd").await,
            ["Minta melihat bungkusnya.", "Agar takarannya benar.", "Satu obat satu baris."]
        );
        assert_eq!(
            texts(page, "[data-linkid='obat'] .help dt").await,
            ["Cara menanyakan", "Mengapa ditanyakan", "Bantuan"]
        );
        assert_eq!(texts(page, "[data-linkid='rumah'] > .list-title").await, ["B Anggota rumah tanggawajib"]);
        assert_eq!(texts(page, "[data-linkid='rumah'] .entry-title").await, ["Anggota 1"]);
        assert_eq!(texts(page, "[data-linkid='rumah'] > .help dd").await, ["Siapa yang makan dari dapur yang sama?"]);
        // What concerns the list as a whole is said at its end, in words meant for a list.
        let page = form.review().await;
        page.shows("[data-act='mend']", "Isi paling sedikit satu isian di daftar ini.").await;
        page.tap("[data-act='mend']").await;
        page.shows("[data-linkid='rumah'] > .problem", "Isi paling sedikit satu isian di daftar ini.").await;
        page.fill("[data-linkid='rumah.nama'] input", "Sekar").await;
        page.tap("[data-linkid='obat'] input").await;
        page.shows("[data-linkid='rumah'] > .problem", "Paling sedikit 2").await;
        page.tap("[data-linkid='rumah'] > [data-act='add']").await;
        page.nth("[data-linkid='rumah.nama'] input", 1).await.send_keys("Joko").await.expect("typing");
        page.wait(
            "enough",
            "return !root.querySelector(\"[data-linkid='rumah'] > .problem:not(:empty)\")",
            json!(null),
        )
        .await;
    });
}

#[test]
fn what_is_wrong_with_a_group_is_said_at_its_head() {
    run(|| async {
        let broken = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint", "extension": [
            {"url": "key", "valueId": "k"}, {"url": "severity", "valueCode": "error"},
            {"url": "human", "valueString": "Selesai sebelum mulai."},
            {"url": "expression", "valueString":
                "item.where(linkId = 'mulai').answer.value <= item.where(linkId = 'selesai').answer.value"}]}]);
        let items = json!([
            group(
                "satu",
                json!([
            {"linkId": "masa", "type": "group", "text": "Masa", "extension": broken, "item": [
                {"linkId": "mulai", "type": "integer", "text": "Mulai"},
                {"linkId": "selesai", "type": "integer", "text": "Selesai"}]},
            {"linkId": "wajib", "type": "group", "text": "Pilih", "required": true, "item": [
                {"linkId": "a", "type": "string", "text": "a"}, {"linkId": "b", "type": "string", "text": "b"}]}])
            ),
            group("dua", json!([{"linkId": "c", "type": "string", "text": "c"}]))
        ]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        for (question, year) in [("mulai", "2020"), ("selesai", "2010")] {
            page.press_on(&format!("[data-linkid='{question}'] input"), year).await;
        }
        let none = page.script("return !root.querySelector('.group > .problem:not(:empty)')", json!(null)).await;
        assert_eq!(none, true, "nothing is said while the hand is still in the field");
        page.tap("[data-linkid='a'] input").await;
        page.shows("[data-linkid='masa'] > .problem", "Selesai sebelum mulai.").await;
        let page = form.review().await;
        page.shows("[data-act='mend']", "Isi paling sedikit satu pertanyaan di kelompok ini").await;
    });
}

/// Which keyboard comes up, and what a text does that grows.
#[test]
fn fields_fit_what_is_typed_into_them() {
    run(|| async {
        let plain = |link_id: &str, kind: &str| json!({"linkId": link_id, "type": kind, "text": link_id});
        let mut weight = plain("berat", "decimal");
        weight["extension"] =
            json!([core("questionnaire-unit", "valueCoding", json!({"code": "kg", "display": "kg"}))]);
        let mut rice = plain("beras", "quantity");
        rice["extension"] = json!([
            core("questionnaire-unitOption", "valueCoding", json!({"code": "kg", "display": "kg"})),
            core("questionnaire-unitOption", "valueCoding", json!({"code": "karung", "display": "karung"}))
        ]);
        let mut step = plain("takar", "decimal");
        step["extension"] = json!([
            control("slider"),
            core("minValue", "valueDecimal", json!(0)),
            core("maxValue", "valueDecimal", json!(2)),
            core("questionnaire-sliderStepValue", "valueDecimal", json!(0.125))
        ]);
        let items = json!([group(
            "satu",
            json!([
                plain("umur", "integer"),
                weight,
                rice,
                plain("laman", "url"),
                plain("nama", "string"),
                plain("cerita", "text"),
                step
            ])
        )]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        let modes =
            "return args.map((link) => root.querySelector(`[data-linkid='${link}'] :is(input, textarea)`).inputMode)";
        let modes = page.script(modes, json!(["umur", "berat", "beras", "laman", "nama"])).await;
        assert_eq!(modes, json!(["numeric", "decimal", "decimal", "url", "text"]));
        assert_eq!(texts(page, "[data-linkid='berat'] .unit").await, ["kg"]);
        page.fill("[data-linkid='beras'] input", "2,5").await;
        page.press_on("[data-linkid='beras'] .input-unit", DOWN).await;
        page.fill("[data-linkid='berat'] input", "52,5").await;

        let height = "return root.querySelector(\"[data-linkid='cerita'] textarea\").getBoundingClientRect().height";
        let before = page.script(height, json!(null)).await.as_f64().expect("a height");
        page.fill("[data-linkid='cerita'] textarea", &"baris\n".repeat(20)).await;
        let after = page.script(height, json!(null)).await.as_f64().expect("a height");
        assert!(after > before + 300.0, "the field grows with its text: {before} to {after}");
        let whole = "const e = root.querySelector(\"[data-linkid='cerita'] textarea\"); return e.scrollHeight <= e.clientHeight + 1";
        assert_eq!(page.script(whole, json!(null)).await, true, "and nothing of it is out of sight");

        // Three digits behind the point, which a hand that types them has to explain.
        page.press_on(".slider", "\u{e014}").await;
        page.shows("[data-linkid='takar'] .slider-value", "1,125").await;
        page.tap("[data-linkid='nama'] input").await;
        page.saved().await;
        assert!(!page.has("[data-linkid='takar'] .problem:not(:empty)").await);
        let page = form.review().await;
        page.shows("[data-linkid='beras'] dd", "2,5 karung").await;
        page.shows("[data-linkid='takar'] dd", "1,125").await;
        assert!(!page.has("[data-act='mend']").await);
    });
}

#[test]
fn a_scale_has_a_word_on_every_point_and_options_stand_as_the_form_asks() {
    run(|| async {
        let words = ["Tidak pernah", "Jarang", "Kadang-kadang", "Sering", "Selalu"];
        let options: Value = words.iter().map(|word| json!({"valueCoding": {"code": word, "display": word}})).collect();
        let question = |link_id: &str, orientation: Option<&str>, options: &Value| {
            let way = orientation.map(|way| core("questionnaire-choiceOrientation", "valueCode", json!(way)));
            json!({"linkId": link_id, "type": "choice", "text": link_id, "answerOption": options,
                "extension": way.into_iter().collect::<Vec<_>>()})
        };
        let mut lettered = options.clone();
        for (at, option) in lettered.as_array_mut().expect("a list").iter_mut().enumerate() {
            let letter = ["a)", "b)", "c)", "d)", "e)"][at];
            option["extension"] = json!([core("questionnaire-optionPrefix", "valueString", json!(letter))]);
        }
        let items = json!([group(
            "satu",
            json!([
                question("datar", Some("horizontal"), &options),
                question("tegak", Some("vertical"), &options),
                question("huruf", None, &lettered)
            ])
        )]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        let places = "return [...root.querySelectorAll(`[data-linkid='${args}'] .option`)].map((option) => { \
                        const { left, top } = option.getBoundingClientRect(); return [Math.round(left), Math.round(top)] })";
        let places = |link_id: &str| page.script(places, json!(link_id));
        let flat: Vec<(i64, i64)> = serde_json::from_value(places("datar").await).expect("places");
        assert!(flat.windows(2).all(|pair| pair[0].1 == pair[1].1 && pair[0].0 < pair[1].0), "side by side: {flat:?}");
        assert_eq!(texts(page, "[data-linkid='datar'] .option").await, words, "a word on every point");
        let upright: Vec<(i64, i64)> = serde_json::from_value(places("tegak").await).expect("places");
        assert!(
            upright.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1),
            "in a column: {upright:?}"
        );
        assert_eq!(texts(page, "[data-linkid='huruf'] .option").await[1], "b) Jarang");
        page.press_on("[data-linkid='datar'] input", " ").await;
        page.press("\u{e014}").await;
        assert_eq!(values(page, "[data-linkid='datar'] input:checked").await, ["Jarang"]);
        super::devtools::resize(&form.browser, 390, 844).await;
        let narrow: Vec<(i64, i64)> = serde_json::from_value(places("datar").await).expect("places");
        assert!(narrow.windows(2).all(|pair| pair[0].1 < pair[1].1), "below each other on a phone: {narrow:?}");
        assert_eq!(texts(page, "[data-linkid='datar'] .option").await, words);
    });
}

/// In the rows of a table each cell says where its answer comes from, or why there is none.
#[test]
fn the_cells_of_a_table_say_their_source_and_take_a_reason() {
    run(|| async {
        let form = Form::open(Engine::Chromium, 2).await;
        let page = &form.page;
        page.fill("[data-linkid='family.name'] input", "Sekar").await;
        choose(page, "[data-linkid='family.name'] [data-act='basis']", "document").await;
        choose(page, "[data-linkid='family.age'] [data-act='basis']", "asked-unknown").await;
        page.find("[data-linkid='family.age'] .absent").await;
        // By keyboard the sources come before the reasons, so none of them is passed over.
        page.press_on("[data-linkid='family.tie'] [data-act='basis']", DOWN).await;
        page.press(DOWN).await;
        assert_eq!(values(page, "[data-linkid='family.tie'] [data-act='basis']").await, ["informant"]);
        let page = form.reopen().await;
        assert_eq!(values(page, "[data-linkid='family.name'] [data-act='basis']").await, ["document"]);
        assert_eq!(values(page, "[data-linkid='family.age'] .absent select").await, ["asked-unknown"]);
        let seen = "return [...root.querySelectorAll('.gtable .foot select')].every((e) => e.getClientRects().length)";
        assert_eq!(page.script(seen, json!(null)).await, true);
    });
}

async fn a_thousand_options_are_searched_by_touch_and_by_keyboard(engine: Engine) {
    let option =
        |number: i32| json!({"valueCoding": {"code": format!("d{number}"), "display": format!("Desa {number:04}")}});
    let options: Vec<Value> = (0..1200).map(option).collect();
    let question =
        |link_id: &str| json!({"linkId": link_id, "type": "choice", "text": link_id, "answerOption": options});
    let form = Form::with(engine, json!([group("satu", json!([question("sentuh"), question("ketik")]))]), 1).await;
    let page = &form.page;
    page.tap("[data-linkid='sentuh'] [role='combobox']").await;
    page.shows("[data-linkid='sentuh'] [role='status']", "1150").await;
    page.find("[data-linkid='sentuh'] input").await.send_keys("077").await.expect("typing");
    page.wait("what is left", "return root.querySelectorAll('[role=option]').length === 12", json!(null)).await;
    page.tap_nth("[role='option']", 3).await;
    assert_eq!(values(page, "[data-linkid='sentuh'] input").await, ["Desa 0772"]);

    page.press_on("[data-linkid='ketik'] input", "11").await;
    for key in [DOWN, DOWN, UP, UP, DOWN, DOWN] {
        page.press(key).await;
    }
    let marked = "const id = root.activeElement.getAttribute('aria-activedescendant'); \
                  const option = id && root.getElementById(id); if (!option) return null; \
                  const [list, row] = [option.parentElement, option].map((e) => e.getBoundingClientRect()); \
                  return row.top >= list.top - 1 && row.bottom <= list.bottom + 1 && option.textContent";
    let words = page.wait("a marked option in view", marked, json!(null)).await;
    page.press(ENTER).await;
    assert_eq!(json!(values(page, "[data-linkid='ketik'] input").await), json!([words]));
    page.press(TAB).await;
    let page = form.reopen().await;
    assert_eq!(values(page, "[data-linkid='sentuh'] input").await, ["Desa 0772"]);
    assert_eq!(json!(values(page, "[data-linkid='ketik'] input").await), json!([words]));
}
