//! The service agreement with a client: from a plan to a signed agreement by touch, the reading by keyboard; the voice; and
//! every screen of it looked at.

use super::audit::{Audit, Look};
use super::{Browser, Engine, Page, Server, case, devtools, run};
use crate::outside;
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

in_every_engine! {
    from_a_plan_to_a_signed_agreement
    a_copy_says_who_where_what_was_asked_and_shows_a_thumb_print
    what_holds_up_the_plan_goes_as_soon_as_the_reason_is_written
    a_voice_reads_where_there_is_one
}

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";
const LEFT: &str = "\u{e012}";

/// Who works on the tablet, and two cases, of which the one named last is open.
async fn prepared(page: &Page, origin: &str) {
    page.open(origin).await;
    page.find("[data-act='new-case']").await;
    page.script("location.hash = '#/petugas'", json!(null)).await;
    page.fill("#worker-name", "Bagas Pratama").await;
    page.fill("#worker-organisation", "Balai Harapan").await;
    page.tap("[data-act='save-worker']").await;
    page.find("[data-act='save-worker']").await;
    page.tap(".brand").await;
    case::new(page, "Ratna Dewi").await;
    page.tap(".brand").await;
    case::new(page, "Sekar Ayu").await;
}

/// Begins a document of the phase of plans, or goes on with it.
async fn begin(page: &Page, name: &str) {
    page.find("[data-phase='P4']").await;
    page.script("root.querySelector(\"[data-phase='P4']\").open = true", json!(null)).await;
    page.tap(&format!("[data-instrument$='/{name}'] [data-act='begin']")).await;
    page.find(".section-head").await;
}

/// Goes to a section by a word of its title.
async fn section(page: &Page, title: &str) {
    page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    let find = "const rows = [...root.querySelectorAll('.contents-row')]; \
                return rows.findIndex((row) => row.textContent.includes(args)) + 1 || null";
    let position = page.wait(title, find, json!(title)).await.as_u64().expect("a position");
    page.tap_nth(".contents-row", usize::try_from(position).expect("small") - 1).await;
    page.shows("h1", title).await;
}

fn input(link_id: &str) -> String {
    format!("[data-linkid='{link_id}'] :is(input.input, textarea)")
}

async fn plan(page: &Page) {
    begin(page, "rencana").await;
    section(page, "Dasar rencana").await;
    page.fill(&input("problem_ability_limit.problem"), "Jawaban: belum punya tabungan").await;
    section(page, "Layanan").await;
    page.fill(&input("services.objective.text"), "Menabung Rp50.000 seminggu").await;
    page.fill(&input("services.objective.measure"), "buku tabungan").await;
    page.fill(&input("services.objective.target"), "12 minggu").await;
    page.fill(&input("services.tasks_client.task"), "Mencatat pengeluaran").await;
    page.fill(&input("services.tasks_worker.task"), "Mengantar ke bank").await;
    page.saved().await;
    page.tap("[data-act='stop']").await;
}

/// Fills the agreement with what the plan proposes and what only the agreement says.
async fn draft(page: &Page) {
    begin(page, "kesepakatan").await;
    page.find(".procedure").await;
    section(page, "Para pihak").await;
    page.tap("[data-linkid='date'] [data-act='now']").await;
    section(page, "Untuk apa").await;
    page.tap("[data-act='take-all']").await;
    let taken = "return root.querySelector(args)?.value === 'Menabung Rp50.000 seminggu'";
    page.wait("the objective taken over", taken, json!(input("objectives.objective"))).await;
    // The list of sections is drawn anew with what is saved; a touch on a row that goes meanwhile is lost.
    page.saved().await;
    section(page, "Siapa melakukan").await;
    page.tap("[data-act='take-all']").await;
    section(page, "Mengubah, mengadu").await;
    page.fill(&input("complaint"), "Ibu Wulan, 0812").await;
    page.saved().await;
}

async fn count(page: &Page) -> u64 {
    let read = "return Number(root.querySelector('.client-count').textContent.match(/(\\d+)\\D*$/)[1])";
    page.wait("a count", read, json!(null)).await.as_u64().expect("a number")
}

/// Goes through all cards with the arrow keys, comes back once, and meets the way out once.
async fn read_by_keyboard(page: &Page) {
    section(page, "Membacakan").await;
    page.press_on("[data-linkid='read_aloud'] [data-act='read-together']", ENTER).await;
    page.shows(".client-count", "Bagian 1 dari").await;
    let words = page.script("return root.querySelector('.app').textContent", json!(null)).await;
    let words = words.as_str().expect("text");
    assert!(!words.contains("Ratna") && !words.contains("Asesmen"), "nothing of the worker's is shown: {words}");
    page.press(ESCAPE).await;
    page.press_on("[data-act='stay']", ENTER).await;
    page.reload().await;
    page.shows(".client-count", "Bagian 1 dari").await;
    page.script("location.hash = '#/'", json!(null)).await;
    page.press_on("[data-act='stay']", ENTER).await;
    let cards = count(page).await;
    assert!(cards > 25, "{cards} cards");
    // The heading of each card has the focus, so the keys go to the screen.
    for card in 2..=cards {
        page.press(RIGHT).await;
        page.shows(".client-count", &format!("Bagian {card} dari")).await;
    }
    page.press(LEFT).await;
    page.shows(".client-count", &format!("Bagian {} dari", cards - 1)).await;
    page.press(RIGHT).await;
    page.shows(".client-count", &format!("Bagian {cards} dari")).await;
    page.press_on("[data-act='card-next']", ENTER).await;
    page.find(".client-closing").await;
    page.press_on(".client-closing [data-act='return']", ENTER).await;
    page.press_on("[data-act='returned']", ENTER).await;
    page.shows("h1", "Membacakan").await;
    page.find("[data-linkid='read_aloud'] input[value='true']:checked").await;
}

/// Hands the tablet to the client for the first group of the page that is theirs to answer.
async fn hand_over(page: &Page) {
    page.tap("[data-act='hand-over']").await;
    page.find(".client-answers").await;
}

async fn take_back(page: &Page) {
    // By key: after a stroke one browser's driver gives no click.
    page.press_on("[data-act='answered']", ENTER).await;
    page.tap(".client-closing [data-act='return']").await;
    page.tap("[data-act='returned']").await;
    page.find(".section-head").await;
}

async fn agree_and_sign(page: &Page) {
    page.tap("[data-linkid='teach_back'] .option:has([value='tepat'])").await;
    section(page, "Jawaban klien").await;
    hand_over(page).await;
    page.tap("[data-linkid='outcome'] .option:has([value='setuju'])").await;
    take_back(page).await;
    section(page, "Tanda persetujuan").await;
    hand_over(page).await;
    page.tap("[data-linkid='sign_client.form'] .option:has([value='tanda-tangan'])").await;
    sign(page, "sign_client.drawing").await;
    take_back(page).await;
    sign(page, "sign_worker.drawing").await;
    page.press_on("[data-act='next']", ENTER).await;
    page.saved().await;
}

async fn sign(page: &Page, link_id: &str) {
    page.draw(&format!("[data-linkid='{link_id}'] .pad"), &[(60.0, -20.0), (60.0, 20.0), (40.0, -30.0)]).await;
    page.find(&format!("[data-linkid='{link_id}'] .pad-box:not([data-empty])")).await;
}

async fn from_a_plan_to_a_signed_agreement(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    prepared(&page, &server.origin).await;
    plan(&page).await;
    draft(&page).await;
    read_by_keyboard(&page).await;
    agree_and_sign(&page).await;

    // What is changed now was neither read nor signed.
    section(&page, "Mengubah, mengadu").await;
    page.fill(&input("complaint"), "3").await;
    page.tap("[data-act='to-review']").await;
    page.shows(".trouble", "Isi berubah").await;
    section(&page, "Mengubah, mengadu").await;
    page.find(&input("complaint")).await.clear().await.expect("an empty field");
    page.fill(&input("complaint"), "Ibu Wulan, 0812").await;
    page.tap("[data-act='to-review']").await;
    let mended = "return !root.querySelector('.seal-panel .problem:not(:empty)')";
    page.wait("nothing to mend", mended, json!(null)).await;
    page.tap("[data-act='seal']").await;
    page.find(".verdict-valid").await;
    page.tap("[data-act='export']").await;
    let (path, bytes) = browser.downloaded().await;
    outside::holds_everywhere(&path, &bytes);
    assert_eq!(bound(&bytes).len(), 4, "reading, answer and both marks name the same content");
}

/// The digests that answers of a sealed file are bound to: all the same.
fn bound(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    let digests = text.split("shown-content").skip(1).map(|_| ());
    let count = digests.count();
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let mut found = Vec::new();
    gather(&file, &mut found);
    assert_eq!(found.len(), count);
    assert!(found.iter().all(|digest| *digest == found[0] && digest.starts_with("sha-256:")), "{found:?}");
    found
}

fn gather(value: &Value, found: &mut Vec<String>) {
    let url = value["url"].as_str().unwrap_or_default();
    if url.ends_with("/shown-content") {
        let parts = value["extension"].as_array().expect("parts");
        let digest = parts.iter().find(|part| part["url"] == "digest").expect("a digest");
        return found.push(digest["valueString"].as_str().expect("text").to_owned());
    }
    match value {
        Value::Object(members) => members.values().for_each(|value| gather(value, found)),
        Value::Array(elements) => elements.iter().for_each(|value| gather(value, found)),
        _ => {}
    }
}

/// A picture of 40 by 30 pixels, all red (PNG).
async fn red_picture(page: &Page, path: &std::path::Path) {
    let draw = "const canvas = document.createElement('canvas'); canvas.width = 40; canvas.height = 30; \
                const context = canvas.getContext('2d'); context.fillStyle = '#f00'; context.fillRect(0, 0, 40, 30); \
                return canvas.toDataURL('image/png').split(',')[1]";
    let data = page.script(draw, json!(null)).await;
    let bytes = Base64::decode_vec(data.as_str().expect("text")).expect("base64");
    std::fs::write(path, bytes).expect("a picture");
}

/// How many red dots a picture has.
const RED: &str = "const image = new Image(); image.src = 'data:image/png;base64,' + args; \
    return image.decode().then(() => { const canvas = document.createElement('canvas'); \
      canvas.width = image.naturalWidth; canvas.height = image.naturalHeight; \
      const context = canvas.getContext('2d'); context.drawImage(image, 0, 0); \
      const dots = context.getImageData(0, 0, canvas.width, canvas.height).data; let red = 0; \
      for (let at = 0; at < dots.length; at += 4) \
        if (dots[at] > 200 && dots[at + 1] < 90 && dots[at + 2] < 90) red += 1; \
      return red; })";

async fn a_copy_says_who_where_what_was_asked_and_shows_a_thumb_print(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    prepared(&page, &server.origin).await;
    begin(&page, "kesepakatan").await;
    section(&page, "Untuk apa").await;
    page.fill(&input("objectives.objective"), "Menabung").await;
    section(&page, "Mengubah, mengadu").await;
    page.fill(&input("complaint"), "Ibu Wulan, 0812").await;
    section(&page, "Membacakan").await;
    page.tap("[data-linkid='read_aloud'] .option:has([value='true'])").await;
    page.tap("[data-linkid='teach_back'] .option:has([value='tepat'])").await;
    page.tap("[data-linkid='has_questions'] .option:has([value='true'])").await;
    page.fill(&input("questions.question"), "Kalau saya sakit?").await;
    page.fill(&input("questions.answer"), "Kita bicarakan lagi").await;
    page.saved().await;
    section(&page, "Jawaban klien").await;
    hand_over(&page).await;
    page.tap("[data-linkid='outcome'] .option:has([value='setuju'])").await;
    take_back(&page).await;
    page.saved().await;
    section(&page, "Tanda persetujuan").await;
    page.tap("[data-linkid='sign_client.form'] .option:has([value='tanda-tangan'])").await;
    page.shows("[data-linkid='sign_client.drawing'] summary", "tulis nama").await;
    assert!(!page.has("[data-linkid='sign_client.drawing'] input[type='file']").await, "the ways were asked above");
    page.tap("[data-linkid='sign_client.form'] .option:has([value='cap-jempol'])").await;
    let path = browser.folder().join("jempol.png");
    red_picture(&page, &path).await;
    let field = page.find("[data-linkid='sign_client.thumb'] input[type='file']").await;
    field.send_keys(&path.to_string_lossy()).await.expect("a file");
    page.find("[data-linkid='sign_client.thumb'] [data-act='remove-file']").await;
    page.saved().await;
    page.tap("[data-act='next']").await;
    page.tap("[data-act='to-copy']").await;
    page.shows(".copy-head", "Balai Harapan").await;
    page.shows(".copy-head", "Alamat: ....").await;
    page.shows(".copy-number", "Nomor: ....").await;
    page.shows(".copy-signed", "...., ").await;
    page.shows(".copy", "“Kalau saya sakit?”").await;
    page.shows(".copy", "Jawaban kita: Kita bicarakan lagi").await;
    page.find(".copy-mark img").await;
    page.tap_nth("[data-act='give-copy']", 2).await;
    let (path, bytes) = browser.downloaded_as(".txt").await;
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.contains("“Kalau saya sakit?”") && text.starts_with("Balai Harapan\n"), "{text}");
    std::fs::remove_file(path).expect("a file less");
    page.tap_nth("[data-act='give-copy']", 1).await;
    let (_, bytes) = browser.downloaded_as(".png").await;
    let red = page.script(RED, json!(Base64::encode_string(&bytes))).await;
    assert!(red.as_u64().is_some_and(|red| red > 900), "the photograph is in the picture: {red}");
}

async fn what_holds_up_the_plan_goes_as_soon_as_the_reason_is_written(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    prepared(&page, &server.origin).await;
    begin(&page, "rencana").await;
    page.find(".gate").await;
    section(&page, "Dasar rencana").await;
    page.find(".gate").await;
    page.tap("[data-linkid='has_deferred_aspects'] [data-act='take']").await;
    page.tap("[data-linkid='deferred_aspects'] .proposal > [data-act='take']").await;
    page.wait("the gate gone, on the same page", "return !root.querySelector('.gate')", json!(null)).await;
    page.shows("h1", "Dasar rencana").await;
}

/// A voice that says nothing and notes what it was asked to say.
const VOICE: &str = "window.said = []; window.hushed = 0; \
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } }; \
    const voice = { getVoices: () => args ? [{ lang: args, localService: true }] : [], \
      speak: (utterance) => { window.utterance = utterance; said.push(utterance.text); }, \
      cancel: () => { window.hushed += 1; } }; \
    Object.defineProperty(window, 'speechSynthesis', { value: voice, configurable: true })";

async fn a_voice_reads_where_there_is_one(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    prepared(&page, &server.origin).await;
    begin(&page, "kesepakatan").await;
    page.script(VOICE, json!(null)).await;
    page.tap(".contents [data-act='read-together']").await;
    page.shows(".client-reader", "Petugas membacakan").await;
    page.tap("[data-act='return']").await;
    page.tap("[data-act='returned']").await;

    page.script(VOICE, json!("id-ID")).await;
    page.tap(".contents [data-act='read-together']").await;
    page.tap("[data-act='speak']").await;
    let said = page.wait("words", "return window.said[0]", json!(null)).await;
    assert_eq!(said, "Para pihak. Klien: Sekar Ayu. Pekerja sosial: Bagas Pratama. Lembaga: Balai Harapan.");
    page.script("utterance.onboundary({ charIndex: utterance.text.indexOf('Sekar') })", json!(null)).await;
    page.shows(".clause [data-now]", "Sekar").await;
    page.tap("[data-act='hush']").await;
    page.find("[data-act='speak']").await;
    // A voice for another language is none for this one.
    page.tap("[data-language='en']").await;
    page.shows(".client-reader", "The worker reads").await;
    page.tap("[data-language='id']").await;
    page.tap("[data-act='speak']").await;
    page.script("utterance.onend({})", json!(null)).await;
    page.tap("[data-act='speak']").await;
    let hushed = page.script("return window.hushed", json!(null)).await.as_u64().expect("a number");
    // A finger that moves to the left turns the card, and the voice falls silent.
    page.draw(".client-clause", &[(-90.0, 2.0), (-90.0, -2.0)]).await;
    page.shows(".client-count", "Bagian 2 dari").await;
    page.wait("silence", "return window.hushed > args", json!(hushed)).await;
    page.draw(".client-clause", &[(90.0, 2.0), (90.0, -2.0)]).await;
    page.shows(".client-count", "Bagian 1 dari").await;
}

#[test]
fn its_screens_wide() {
    run(|| walk(Look::axe(Engine::Chromium, 1280, 800)));
}

#[test]
fn its_screens_upright_in_english() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 800, 1280) }));
}

#[test]
fn its_screens_on_a_phone() {
    run(|| walk(Look::axe(Engine::Chromium, 390, 844)));
}

#[test]
fn its_screens_at_320_pixels_with_wide_text() {
    let look = Look { axe: false, themes: &["light"], wide_text: true, ..Look::axe(Engine::Chromium, 320, 640) };
    run(|| walk(look));
}

async fn walk(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    devtools::resize(&browser, look.size.0, look.size.1).await;
    let page = Page::of(&browser);
    prepared(&page, &server.origin).await;
    plan(&page).await;
    draft(&page).await;
    section(&page, "Langkah").await;
    let mut audit = Audit::begin(look, page, &browser).await;
    audit.check("steps").await;
    audit.page.tap(".procedure [data-act='read-together']").await;
    audit.page.find(".client-card").await;
    audit.check("card").await;
    while !audit.page.has(".client-closing").await {
        audit.page.tap("[data-act='card-next']").await;
    }
    audit.check("end of reading").await;
    audit.page.tap(".client-closing [data-act='return']").await;
    audit.check("way back").await;
    audit.page.tap("[data-act='returned']").await;
    audit.page.tap("[data-linkid='teach_back'] .option:has([value='tepat'])").await;
    audit.check("what was read").await;
    answers(&mut audit).await;
    audit.end();
}

async fn answers(audit: &mut Audit) {
    audit.page.tap("[data-act='next']").await;
    hand_over(&audit.page).await;
    audit.page.tap("[data-linkid='outcome'] .option:has([value='menolak'])").await;
    audit.check("refusal").await;
    audit.page.tap("[data-linkid='outcome'] .option:has([value='setuju'])").await;
    take_back(&audit.page).await;
    audit.page.tap("[data-act='next']").await;
    audit.page.find("[data-linkid='sign_client.form']").await;
    hand_over(&audit.page).await;
    audit.page.tap("[data-linkid='sign_client.form'] .option:has([value='tanda-tangan'])").await;
    sign(&audit.page, "sign_client.drawing").await;
    audit.check("mark of the client").await;
    take_back(&audit.page).await;
    sign(&audit.page, "sign_worker.drawing").await;
    audit.check("marks").await;
    audit.page.press_on("[data-act='next']", ENTER).await;
    audit.page.tap("[data-act='to-copy']").await;
    audit.page.find(".copy").await;
    audit.check("copy").await;
    audit.page.tap("[data-act='back']").await;
    audit.page.tap("[data-act='seal']").await;
    audit.page.find(".verdict-valid").await;
    audit.check("sealed agreement").await;
    audit.page.tap("[data-act='correct']").await;
    audit.page.find(".section-head").await;
    audit.page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    audit.page.tap("[data-section='2']").await;
    audit.page.fill(&input("objectives.target"), "0").await;
    audit.page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    audit.page.tap("[data-act='to-review']").await;
    audit.page.find(".difference").await;
    audit.check("what changed").await;
    audit.page.tap("[data-act='show-changes']").await;
    audit.page.find(".clause-new").await;
    audit.check("what changed, for the client").await;
}
