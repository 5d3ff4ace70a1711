//! A family drawn with a client: three generations, two marriages, twins, a foster child and a cut-off, by touch alone and
//! by keyboard alone.

use super::audit::{Audit, Look};
use super::{Browser, Engine, Page, Server, case, devtools, run};
use serde_json::{Value, json};

in_every_engine! {
    a_family_is_drawn_by_touch
    a_family_is_drawn_by_keyboard
    a_family_comes_from_a_file_and_goes_as_one
    a_drawing_is_printed_by_itself
}

/// Five people of two marriages, and what no drawing shows.
const GEDCOM: &str = "0 HEAD\n1 GEDC\n2 VERS 7.0\n0 @I1@ INDI\n1 NAME Wayan /Sudarma/\n1 SEX M\n1 BIRT\n2 DATE 1950\n\
                      0 @I2@ INDI\n1 NAME Ni Luh\n1 SEX F\n0 @I3@ INDI\n1 NAME Made\n1 SEX F\n1 BIRT\n2 DATE 3 MAY 1978\n1 OCCU tukang jahit\n\
                      0 @I4@ INDI\n1 NAME Putu\n0 @I5@ INDI\n1 NAME Kadek\n1 SEX M\n\
                      0 @F1@ FAM\n1 HUSB @I1@\n1 WIFE @I2@\n1 MARR Y\n1 CHIL @I3@\n1 CHIL @I4@\n\
                      0 @F2@ FAM\n1 HUSB @I5@\n1 WIFE @I3@\n1 DIV Y\n0 TRLR\n";

const ENTER: &str = "\u{e007}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

/// Opens the page of the drawing in a new case.
async fn drawing(page: &Page, origin: &str) {
    page.open(origin).await;
    case::new(page, "Sekar Ayu Lestari").await;
    case::consent(page).await;
    case::begin(page, "genogram").await;
    page.tap("[data-linkid='contact_at'] [data-act='now']").await;
    case::section(page, 1).await;
    page.find(".stage-surface .person").await;
}

/// The identifier of the person who is marked in the picture, once the panel is about them too: it follows a moment later.
async fn chosen(page: &Page) -> String {
    let chosen = "const of = (selector) => root.querySelector(selector)?.dataset.person; \
                  const marked = of(\".person[aria-pressed='true']\"); return marked && marked === of('.person-panel') ? marked : ''";
    page.wait("somebody chosen", chosen, json!(null)).await.as_str().unwrap_or_default().to_owned()
}

/// Waits until the picture holds so many people.
async fn people(page: &Page, count: usize) {
    let script = "return root.querySelectorAll('.stage-surface .person').length === args";
    page.wait(&format!("{count} people"), script, json!(count)).await;
}

/// What a sealed or drawn picture holds, by what its groups are.
async fn drawn(page: &Page, picture: &str) -> Value {
    let script = "const of = (kind) => root.querySelectorAll(`${args} .${kind}`).length; \
                  return [of('person'), of('union'), of('child'), of('feeling')]";
    page.script(script, json!(picture)).await
}

/// Names whoever the panel is about.
async fn name(page: &Page, words: &str) {
    page.fill(".person-panel [data-linkid='person.name'] input", words).await;
    page.shows(".person-name", words).await;
}

async fn choose(page: &Page, link_id: &str, code: &str) {
    page.tap(&format!(".person-panel [data-linkid='{link_id}'] .option:has([value='{code}'])")).await;
}

/// Adds somebody for whoever is chosen, and gives them a name.
async fn add(page: &Page, kin: &str, answer: Option<usize>, count: usize, words: &str) -> String {
    page.tap(&format!("[data-act='add-{kin}']")).await;
    if let Some(answer) = answer {
        page.tap_nth("[data-act='answer-act']", answer).await;
    }
    people(page, count).await;
    let added = chosen(page).await;
    name(page, words).await;
    added
}

/// Touches somebody in the picture, and waits until the panel is about them.
async fn go_to(page: &Page, id: &str) {
    // In a small window not everybody is in the picture at once.
    page.tap("[data-act='zoom-fit']").await;
    page.tap(&format!(".stage-surface [data-person='{id}']")).await;
    page.find(&format!(".person-panel[data-person='{id}']")).await;
}

/// How far the first of two stands to the right of the second, in units of the drawing.
async fn apart(page: &Page, one: &str, other: &str) -> i64 {
    let script = "const x = (id) => root.querySelector(`.stage-surface [data-person='${id}'] path`).getBBox().x; \
                  return Math.round(x(args[0]) - x(args[1]))";
    page.script(script, json!([one, other])).await.as_i64().expect("a number")
}

/// Waits until they stand so far apart.
async fn stand(page: &Page, one: &str, other: &str, from: i64, to: i64) {
    let script = "const person = (id) => root.querySelector(`.stage-surface [data-person='${id}'] path`); \
                  const [one, other] = [person(args[0]), person(args[1])]; if (!one || !other) return false; \
                  const apart = one.getBBox().x - other.getBBox().x; return apart >= args[2] && apart <= args[3]";
    page.wait(&format!("{from} to {to} apart"), script, json!([one, other, from, to])).await;
}

async fn a_family_is_drawn_by_touch(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    drawing(&page, &server.origin).await;
    page.tap("[data-linkid='client.sex'] .option:has([value='female'])").await;
    let mother = add(&page, "parents", None, 3, "Siti").await;
    page.shows(".diagram-covered", "sebagian").await;
    add(&page, "parents", None, 5, "Minah").await;
    page.shows(".diagram-covered", "ya").await;
    go_to(&page, "klien").await;
    add(&page, "partner", None, 6, "Budi").await;
    go_to(&page, "klien").await;
    add(&page, "partner", None, 7, "Joko").await;
    page.tap(".person-tie > summary").await;
    page.tap_nth(".person-ties summary", 0).await;
    choose(&page, "couple.kind", "divorced").await;
    go_to(&page, "klien").await;
    add(&page, "child", Some(0), 8, "Dewi").await;
    add(&page, "twin", Some(0), 9, "Dwi").await;
    go_to(&page, "klien").await;
    add(&page, "child", Some(1), 10, "Tono").await;
    page.tap(".person-ties summary").await;
    choose(&page, "child.kind", "foster").await;
    go_to(&page, "klien").await;
    page.tap("[data-act='link'] > summary").await;
    select(&page, "link-whom", "Siti").await;
    select(&page, "link-what", "Putus hubungan").await;
    page.tap("[data-act='link-now']").await;
    page.wait("the cut-off drawn", "return root.querySelector('.stage-surface .feeling')", json!(null)).await;
    assert_eq!(drawn(&page, ".stage-surface").await, json!([10, 4, 5, 1]));

    // A slip is taken back, and done again.
    page.tap("[data-act='undo-step']").await;
    page.wait("no cut-off", "return !root.querySelector('.stage-surface .feeling')", json!(null)).await;
    page.tap("[data-act='redo-step']").await;
    page.wait("the cut-off again", "return root.querySelector('.stage-surface .feeling')", json!(null)).await;

    // Whoever is chosen is moved along by buttons, and by dragging as the shortcut.
    go_to(&page, &mother).await;
    let stood = apart(&page, &mother, "klien").await;
    page.tap("[data-act='placing'] > summary").await;
    page.tap("[data-act='move-right']").await;
    stand(&page, &mother, "klien", stood + 16, stood + 48).await;
    page.tap("[data-act='move-back']").await;
    stand(&page, &mother, "klien", stood, stood).await;
    page.draw(".stage-surface .person[aria-pressed='true']", &[(30.0, 0.0), (40.0, 4.0), (30.0, 0.0)]).await;
    stand(&page, &mother, "klien", stood + 40, stood + 400).await;
    page.tap("[data-act='undo-step']").await;
    stand(&page, &mother, "klien", stood, stood).await;

    // Nobody becomes their own ancestor.
    go_to(&page, &mother).await;
    page.tap("[data-act='link'] > summary").await;
    select(&page, "link-whom", "Dewi").await;
    select(&page, "link-what", "orang tuanya").await;
    page.tap("[data-act='link-now']").await;
    page.shows(".trouble", "Dewi").await;
    page.tap("[data-act='dismiss']").await;
    people(&page, 10).await;

    // What was drawn is what is sealed.
    page.saved().await;
    case::review(&page).await;
    case::seal(&page).await;
    page.wait("the drawing of the sealed document", "return root.querySelector('.still .person')", json!(null)).await;
    assert_eq!(drawn(&page, ".still").await, json!([10, 4, 5, 1]));
}

async fn select(page: &Page, act: &str, words: &str) {
    let script = "const options = [...root.querySelectorAll(`[data-act='${args[0]}'] option`)]; \
                  return options.find((option) => option.textContent.includes(args[1]))?.value";
    let value = page.wait(words, script, json!([act, words])).await.as_str().expect("a value").to_owned();
    page.find(&format!("[data-act='{act}']")).await.select_by_value(&value).await.expect("a choice");
}

async fn a_family_is_drawn_by_keyboard(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    drawing(&page, &server.origin).await;
    // The first tab leads into the panel; later ones begin at its heading, which an act leaves the focus on.
    let add = async |kin: &str, answer: Option<&str>, count: usize, words: &str| {
        page.press_on(&format!("[data-act='add-{kin}']"), ENTER).await;
        if let Some(answer) = answer {
            page.press_on(&format!("[data-act='answer-act']{answer}"), ENTER).await;
        }
        people(&page, count).await;
        chosen(&page).await;
        page.tab_to(".person-panel [data-linkid='person.name'] input").await;
        page.press(words).await;
        page.shows(".person-name", words).await;
        page.tab_back_to("[data-act='add-partner']").await;
    };
    let to_picture = async || page.tab_back_to(".stage-surface .person[aria-pressed='true']").await;
    let is_chosen = async |id: &str| {
        page.find(&format!(".person[data-person='{id}'][aria-pressed='true']")).await;
        page.find(&format!(".person-panel[data-person='{id}']")).await;
    };
    add("parents", None, 3, "Siti").await;
    let mother = chosen(&page).await;
    add("parents", None, 5, "Minah").await;
    // From the grandmother down to the mother and to the client.
    to_picture().await;
    page.press(DOWN).await;
    is_chosen(&mother).await;
    page.press(DOWN).await;
    is_chosen("klien").await;
    // The client is moved along and back.
    to_picture().await;
    let stood = apart(&page, "klien", &mother).await;
    page.press_with("\u{e008}", "\u{e014}").await;
    stand(&page, "klien", &mother, stood + 16, stood + 48).await;
    page.press_with("\u{e008}", "\u{e012}").await;
    stand(&page, "klien", &mother, stood, stood).await;
    add("partner", None, 6, "Budi").await;
    to_picture().await;
    page.press("\u{e011}").await;
    is_chosen("klien").await;
    add("partner", None, 7, "Joko").await;
    to_picture().await;
    page.press("\u{e011}").await;
    is_chosen("klien").await;
    add("child", Some(":first-child"), 8, "Dewi").await;
    add("twin", Some(":first-child"), 9, "Dwi").await;
    to_picture().await;
    page.press(UP).await;
    let parent = chosen(&page).await;
    assert_ne!(parent, mother);
    page.press("\u{e011}").await;
    is_chosen("klien").await;
    page.press_on("[data-act='link'] > summary", ENTER).await;
    page.tab_to("[data-act='link-whom']").await;
    page.press(&DOWN.repeat(2)).await;
    page.press_on("[data-act='link-what']", &DOWN.repeat(10)).await;
    page.press_on("[data-act='link-now']", ENTER).await;
    page.wait("a feeling drawn", "return root.querySelector('.stage-surface .feeling')", json!(null)).await;
    to_picture().await;
    page.press(UP).await;
    let above = chosen(&page).await;
    assert_ne!(above, "klien");
    page.press("\u{e011}").await;
    is_chosen("klien").await;
    // The same as a list.
    page.tab_back_to("[data-act='show-lists']").await;
    page.press(ENTER).await;
    page.shows(".family-tree", "Minah").await;
    page.shows(".family-tree", "Dwi").await;
    // Back in the picture a key still leads one step.
    page.tab_back_to("[data-act='show-picture']").await;
    page.press(ENTER).await;
    page.tab_to(".stage-surface .person[aria-pressed='true']").await;
    page.press(UP).await;
    is_chosen(&above).await;
}

async fn a_family_comes_from_a_file_and_goes_as_one(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    drawing(&page, &server.origin).await;
    let give = async |name: &str, bytes: &[u8]| {
        let path = browser.folder().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let field = page.find("[data-act='gedcom']").await;
        field.send_keys(&path.to_string_lossy()).await.expect("a file given");
    };
    page.tap("[data-act='out-and-in'] > summary").await;
    give("surat.ged", b"Yang terhormat").await;
    page.shows(".brought .trouble", "bukan GEDCOM").await;
    give("keluarga.ged", GEDCOM.as_bytes()).await;
    page.shows(".brought", "5 orang").await;
    page.shows(".brought .findings", "OCCU").await;
    people(&page, 1).await;
    select(&page, "client-in-file", "Made").await;
    page.tap("[data-act='bring-family']").await;
    people(&page, 5).await;
    page.shows(".stage-surface", "Wayan Sudarma").await;
    assert_eq!(drawn(&page, ".stage-surface").await, json!([5, 2, 2, 0]));
    let save = async |kind: &str| {
        if !page.has("[data-act='out-and-in'][open]").await {
            page.tap("[data-act='out-and-in'] > summary").await;
        }
        page.tap(&format!("[data-act='save-{kind}']")).await;
    };
    save("svg").await;
    let (path, svg) = browser.downloaded_as(".svg").await;
    assert!(!path.to_string_lossy().contains("Sekar"), "the name of a file does not name the client: {path:?}");
    assert!(String::from_utf8_lossy(&svg).contains("data-person-id"));
    std::fs::remove_file(path).expect("it goes");
    save("gedcom").await;
    let (path, written) = browser.downloaded_as(".ged").await;
    let read = asesmen::diagram::gedcom::read(&written).expect("GEDCOM");
    assert_eq!((read.genogram.people.len(), read.genogram.couples.len(), read.notes), (5, 2, Vec::new()));
    std::fs::remove_file(path).expect("it goes");
    save("png").await;
    let (_, png) = browser.downloaded_as(".png").await;
    assert!(png.starts_with(b"\x89PNG"));
    // All of it is one step.
    page.tap("[data-act='undo-step']").await;
    people(&page, 1).await;
}

/// What is drawn is wider than high, so the paper lies on its side; A4 and A3 in points.
async fn a_drawing_is_printed_by_itself(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    drawing(&page, &server.origin).await;
    page.tap("[data-act='add-parents']").await;
    people(&page, 3).await;
    page.tap("[data-act='out-and-in'] > summary").await;
    // Whoever prints says at once that it is done, here only when they are told to.
    page.script("window.print = () => { window.asked = (window.asked ?? 0) + 1 }", json!(null)).await;
    for (asked, (size, points)) in [("a4", "0 0 841.9"), ("a3", "0 0 1191.")].into_iter().enumerate() {
        page.tap(&format!("[data-act='print-{size}']")).await;
        page.wait("asked to print", "return window.asked === args", json!(asked + 1)).await;
        let head = page.wait("a head", "return root.querySelector('.drawing-head')?.textContent", json!(null)).await;
        let head = head.as_str().unwrap_or_default().to_owned();
        assert!(head.starts_with("Genogram · SAL · "), "{head}");
        if engine == Engine::Chromium {
            let pages = devtools::print(&browser).await;
            assert!(pages.len() == 1 && pages[0].starts_with(points), "{pages:?}");
        }
        page.script("window.dispatchEvent(new Event('afterprint'))", json!(null)).await;
        assert!(!page.has(".drawing-sheet").await && !page.has("[data-prints]").await, "the page is as it was");
    }
}

#[test]
fn everybody_can_draw_a_family() {
    for look in [Look { locale: "en", ..Look::axe(Engine::Chromium, 1280, 800) }, Look::axe(Engine::Chromium, 390, 844)]
    {
        run(|| looked_at(look));
    }
}

async fn looked_at(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    devtools::resize(&browser, look.size.0, look.size.1).await;
    let page = Page::of(&browser);
    drawing(&page, &server.origin).await;
    page.tap("[data-act='add-parents']").await;
    people(&page, 3).await;
    let mut audit = Audit::begin(look, page, &browser).await;
    audit.check("a family as a picture").await;
    audit.page.tap("[data-act='show-lists']").await;
    audit.page.find(".family-tree").await;
    audit.check("a family as a list").await;
    audit.end();
}
