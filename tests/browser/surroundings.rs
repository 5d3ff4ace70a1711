//! A map of eight systems around the client, drawn by touch alone and by keyboard alone, and looked at again on the next map.

use super::audit::{Audit, Look};
use super::{Browser, Engine, Page, Server, case, run};
use serde_json::json;

in_every_engine! {
    a_map_is_drawn_by_touch
    a_map_is_drawn_by_keyboard
}

const ENTER: &str = "\u{e007}";
const RIGHT: &str = "\u{e014}";

/// A system: the button that brings it, its name, and what is said of it.
type System = (usize, &'static str, &'static [(&'static str, &'static str)]);

const SYSTEMS: [System; 8] = [
    (0, "Ibu", &[("strength", "normal"), ("tension", "often"), ("flow", "toClient"), ("wish", "mend")]),
    (1, "Teman lapak", &[("strength", "strong"), ("flow", "both")]),
    (2, "Bu RT", &[("strength", "weak"), ("wish", "strengthen")]),
    (3, "Pengajian", &[("strength", "weak")]),
    (5, "Mandor", &[("strength", "normal"), ("flow", "fromClient"), ("wish", "reduce")]),
    (6, "Puskesmas", &[("strength", "normal"), ("flow", "toClient"), ("importance", "high")]),
    (7, "Dinas Sosial", &[("tension", "sometimes")]),
    (0, "Mantan suami", &[("strength", "broken"), ("wish", "end")]),
];

async fn map(page: &Page, origin: &str) {
    page.open(origin).await;
    case::new(page, "Sekar Ayu Lestari").await;
    case::consent(page).await;
    begin(page).await;
}

async fn begin(page: &Page) {
    case::begin(page, "ekomap").await;
    page.tap("[data-linkid='contact_at'] [data-act='now']").await;
    case::section(page, 1).await;
    page.find(".stage-surface .centre").await;
}

async fn systems(page: &Page, picture: &str, count: usize) {
    let script = "return root.querySelectorAll(`${args[0]} .system`).length === args[1]";
    page.wait(&format!("{count} systems"), script, json!([picture, count])).await;
}

async fn a_map_is_drawn_by_touch(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    map(&page, &server.origin).await;
    for (count, (kind, name, said)) in (1..).zip(SYSTEMS) {
        page.tap_nth("[data-act='add-system']", kind).await;
        systems(&page, ".stage-surface", count).await;
        page.fill(".person-panel [data-linkid='system.name'] input", name).await;
        page.shows(".person-name", name).await;
        for (link_id, code) in said {
            page.tap(&format!(".person-panel [data-linkid='system.{link_id}'] .option:has([value='{code}'])")).await;
        }
    }
    page.shows(".stage-surface", "Mantan").await;
    // A touch in the picture leads to what is known of a system.
    page.tap(".stage-surface .system[aria-label*='Puskesmas']").await;
    page.shows(".person-name", "Puskesmas").await;
    page.tap("[data-act='remove-system']").await;
    systems(&page, ".stage-surface", 7).await;
    page.tap("[data-act='undo-step']").await;
    systems(&page, ".stage-surface", 8).await;
    page.tap("[data-act='show-lists']").await;
    page.shows(".family-tree", "Mantan suami (keluarga): hubungan putus, ingin diakhiri").await;
    page.saved().await;
    case::review(&page).await;
    case::seal(&page).await;
    systems(&page, ".still", 8).await;
}

async fn a_map_is_drawn_by_keyboard(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    map(&page, &server.origin).await;
    for (count, (kind, name, _)) in (1..).zip(SYSTEMS) {
        let button = format!("[data-act='add-system']:nth-child({})", kind + 1);
        if count == 1 {
            page.tab_to(&button).await;
        } else {
            page.tab_back_to(&button).await;
        }
        page.press(ENTER).await;
        systems(&page, ".stage-surface", count).await;
        page.tab_to(".person-panel [data-linkid='system.name'] input").await;
        page.press(name).await;
        page.shows(".person-name", name).await;
    }
    page.tab_back_to(".stage-surface [data-system][tabindex='0']").await;
    let before = page.find(".person-name").await.text().await.expect("a name");
    page.press(RIGHT).await;
    let other = "return root.querySelector('.person-name')?.textContent !== args";
    page.wait("another system", other, json!(before)).await;
}

#[test]
fn a_household_stands_in_the_middle_as_a_small_genogram() {
    run(|| async {
        let (server, browser) = (Server::start(), Browser::start(Engine::Chromium).await);
        let page = Page::of(&browser);
        page.open(&server.origin).await;
        case::new(&page, "Sekar Ayu Lestari").await;
        case::consent(&page).await;
        case::begin(&page, "genogram").await;
        page.tap("[data-linkid='contact_at'] [data-act='now']").await;
        case::section(&page, 1).await;
        for (kin, name) in [("partner", "Joko"), ("child", "Tono")] {
            page.tap(&format!("[data-act='add-{kin}']")).await;
            page.find(".person-panel[data-person^='p']").await;
            page.fill(".person-panel [data-linkid='person.name'] input", name).await;
            page.shows(".person-name", name).await;
            page.tap(".person-panel [data-linkid='person.lives_with_client'] .option:has([value='true'])").await;
        }
        page.saved().await;
        page.tap("[data-act='stop']").await;
        begin(&page).await;
        page.tap("[data-act='add-system']").await;
        page.tap("[data-act='about-map'] > summary").await;
        page.tap("[data-linkid='centre'] .option:has([value='household'])").await;
        page.tap("[data-act='take-all']").await;
        let people = "return root.querySelectorAll('.stage-surface .person').length === 3";
        page.wait("the household drawn", people, json!(null)).await;
        page.shows(".stage-surface .caption", "Rumah tangga").await;
        page.shows(".legend-list", "Kawin tercatat").await;
        page.saved().await;
        case::review(&page).await;
        case::seal(&page).await;
        page.wait("the household sealed", "return root.querySelectorAll('.still .person').length === 3", json!(null))
            .await;
    });
}

#[test]
fn everybody_can_draw_a_map() {
    for look in [Look { locale: "en", ..Look::axe(Engine::Chromium, 1280, 800) }, Look::axe(Engine::Chromium, 390, 844)]
    {
        run(|| looked_at(look));
    }
}

async fn looked_at(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    super::devtools::resize(&browser, look.size.0, look.size.1).await;
    let page = Page::of(&browser);
    map(&page, &server.origin).await;
    page.tap("[data-act='add-system']").await;
    systems(&page, ".stage-surface", 1).await;
    let mut audit = Audit::begin(look, page, &browser).await;
    audit.check("a map as a picture").await;
    audit.page.tap("[data-act='show-lists']").await;
    audit.page.find(".family-tree").await;
    audit.check("a map as a list").await;
    audit.end();
}
