//! Fills whatever questions are on the page, by touch, each in the way of its control.

use super::page::Page;
use serde_json::{Value, json};
use std::path::Path;

/// Numbers that pass the bounds of their questions.
const NUMBERS: [(&str, &str); 7] = [
    ("height", "158,5"),
    ("weight", "48,2"),
    ("vitals.systolic", "120"),
    ("vitals.diastolic", "80"),
    ("vitals.pulse", "72"),
    ("vitals.temperature", "36,6"),
    ("pregnancy.weeks", "20"),
];

/// Lists the questions on the page with the kind of their control and the name of its first field.
const QUESTIONS: &str = "return [...root.querySelectorAll('.question')].map((question) => { \
    const control = question.querySelector(
      '.body input, .body select:not([data-act]), .body textarea'); \
    if (!control) return null; \
    const kind = question.querySelector('.input-year') ? 'date' \
      : control.matches('textarea') ? 'text' : control.matches('select') ? 'select' \
      : control.inputMode === 'decimal' || control.inputMode === 'numeric' ? 'number' : control.type; \
    return { link: question.dataset.linkid, kind, id: control.id || control.name }; \
  }).filter((question) => question)";

/// Answers every question of the section on the page, those that appear on the way included; gives how many.
pub async fn section(page: &Page, picture: &Path) -> usize {
    page.find(".questions, .veil").await;
    if page.has("[data-act='lift-veil']").await {
        page.tap("[data-act='lift-veil']").await;
        page.find(".question").await;
    }
    page.drawn().await;
    let mut done: Vec<String> = Vec::new();
    loop {
        let questions = page.script(QUESTIONS, json!(null)).await;
        let questions = questions.as_array().expect("a list");
        let field = |question: &Value, name: &str| question[name].as_str().expect("text").to_owned();
        let Some(next) = questions.iter().find(|question| !done.contains(&field(question, "id"))) else {
            return done.len();
        };
        let (link, kind, id) = (field(next, "link"), field(next, "kind"), field(next, "id"));
        answer(page, &link, &kind, &id, picture).await;
        done.push(id);
    }
}

async fn answer(page: &Page, link: &str, kind: &str, id: &str, picture: &Path) {
    let by_id = format!("[id='{id}']");
    match kind {
        "radio" | "checkbox" => page.tap(&format!(".option:has(> [name='{id}'])")).await,
        "datetime-local" => page.tap(&format!("[data-linkid='{link}'] [data-act='now']")).await,
        "date" => page.fill(&format!("[id='{}-year']", id.trim_end_matches("-mode")), "2015").await,
        "number" => {
            let number = NUMBERS.iter().find(|(question, _)| *question == link).expect("a number for each question").1;
            page.fill(&by_id, number).await;
        }
        "select" => page.find(&by_id).await.select_by_index(1).await.expect("a choice"),
        "file" => {
            let field = page.find(&by_id).await;
            field.send_keys(&picture.to_string_lossy()).await.expect("a file");
            page.find(&format!("[data-linkid='{link}'] [data-act='remove-file']")).await;
        }
        _ => page.fill(&by_id, &format!("Jawaban {link} – “é”")).await,
    }
}
