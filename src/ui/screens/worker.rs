//! Who works on this tablet, and the key they seal with.

use super::signers::passphrase;
use crate::app::{Event, ISSUER, KeyProblem, RECEIVER, Screen, Topic, WorkerField};
use crate::domain::{Role, WorkerRefusal};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, words};
use crate::ui::panel::{back, button, heading, line, problem, say_problem, trouble};

/// The worker's details.
#[inline(never)] // An entry of tools/parts.json.
pub fn worker(ui: Ui) -> El {
    let out = ui.read(|model| model.after_worker).unwrap_or(Screen::Tablet);
    let save = button("button button-main", "save-worker", None, ui.t(Key::SaveWorker)).attr("type", "submit");
    let form = el("form").flag("novalidate", true);
    let sent = form.clone();
    let form = form
        .on("submit", move |event| {
            event.prevent_default();
            ui.send(Event::WorkerSubmitted);
            sent.focus_refused();
        })
        .child(text_question(ui, WorkerField::Name))
        .child(role_question(ui))
        .child(text_question(ui, WorkerField::Organisation))
        .child(text_question(ui, WorkerField::LicenceNumber))
        .child(outcome(ui))
        .child(el("div").class("actions").child(save));
    let wrapped = el("div").live(move |place| {
        ui.watch(Topic::WorkerForm);
        place.append(&el("div").maybe(passphrase(ui, None)));
    });
    el("div")
        .class("page page-narrow")
        .child(back(ui, out, Key::Back))
        .child(heading(ui.t(Key::WorkerTitle)))
        .child(line("lead", ui.t(Key::WorkerLead)))
        .child(key_facts(ui))
        .child(form)
        .child(wrapped)
}

/// The key's fingerprint, or why there is none.
pub fn key_facts(ui: Ui) -> El {
    match ui.read(|model| model.key.clone()) {
        Ok(key) => {
            let kid = key.kid();
            let fingerprint = el("dd").class("fingerprint").attr("data-kid", &kid.to_string());
            let fact = el("div")
                .child(el("dt").text(ui.t(Key::Fingerprint)))
                .child(fingerprint.text(&kid.fingerprint().to_string()));
            el("div").child(el("dl").class("facts").child(fact)).child(line("hint", ui.t(Key::FingerprintHint)))
        }
        Err(KeyProblem::Missing) => el("div"),
        Err(problem) => trouble(ui, words::key(ui, &problem), []),
    }
}

fn text_question(ui: Ui, field: WorkerField) -> El {
    let (id, label, refusal) = match field {
        WorkerField::Name => ("worker-name", Key::WorkerName, Some((WorkerRefusal::NameMissing, Key::NameMissing))),
        WorkerField::Organisation => {
            let refusal = (WorkerRefusal::OrganisationMissing, Key::OrganisationMissing);
            ("worker-organisation", Key::Organisation, Some(refusal))
        }
        WorkerField::LicenceNumber => ("worker-licence", Key::LicenceNumber, None),
    };
    let typed = ui.read(|model| {
        let form = &model.worker_form;
        match field {
            WorkerField::Name => form.name.clone(),
            WorkerField::Organisation => form.organisation.clone(),
            WorkerField::LicenceNumber => form.licence_number.clone(),
        }
    });
    let input = el("input")
        .class("input")
        .attr("id", id)
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("aria-describedby", &format!("{id}-problem"))
        .attr("value", &typed)
        .on("input", move |event| ui.send(Event::WorkerTyped(field, value(&event))));
    let refused_with = move || {
        ui.watch(Topic::WorkerForm);
        let now = ui.read(|model| model.worker_form.refusal);
        refusal.filter(|(refusal, _)| Some(*refusal) == now).map(|(_, key)| key)
    };
    let input = input.live_attr("aria-invalid", move || refused_with().map(|_| "true".to_owned()));
    let refused = problem(&format!("{id}-problem")).live(move |place| {
        if let Some(key) = refused_with() {
            say_problem(place, ui.t(key));
        }
    });
    el("div")
        .class("question")
        .child(el("label").class("question-text").attr("for", id).text(ui.t(label)))
        .child(input)
        .child(refused)
}

/// The words of a role.
pub const fn role_key(role: Role) -> Key {
    match role {
        Role::SocialWorker => Key::RoleSocialWorker,
        Role::CaseManager => Key::RoleCaseManager,
        Role::Supervisor => Key::RoleSupervisor,
        Role::HeadOfInstitution => Key::RoleHeadOfInstitution,
        Role::HeadOfRehabilitation => Key::RoleHeadOfRehabilitation,
        Role::AdministrativeOfficer => Key::RoleAdministrativeOfficer,
        Role::OperationalStaff => Key::RoleOperationalStaff,
        Role::Psychologist => Key::RolePsychologist,
        Role::MedicalStaff => Key::RoleMedicalStaff,
        Role::Trainer => Key::RoleTrainer,
        Role::ReligiousGuide => Key::RoleReligiousGuide,
        Role::DormitoryStaff => Key::RoleDormitoryStaff,
        Role::SocialOffice => Key::RoleSocialOffice,
        Role::PartnerAgency => Key::RolePartnerAgency,
    }
}

/// The words of a role by its code, also of those who are no workers.
pub fn role_words(ui: Ui, code: &str) -> String {
    match (Role::from_code(code), code) {
        (Some(role), _) => ui.t(role_key(role)).to_owned(),
        (None, ISSUER) => ui.t(Key::RoleIssuer).to_owned(),
        (None, RECEIVER) => ui.t(Key::RoleReceiver).to_owned(),
        (None, other) => ui.tf(Key::RoleOther, &[other]),
    }
}

fn role_question(ui: Ui) -> El {
    let now = ui.read(|model| model.worker_form.role);
    let option =
        |role: Role| el("option").attr("value", role.code()).flag("selected", role == now).text(ui.t(role_key(role)));
    let select = el("select").class("input").attr("id", "worker-role").all(Role::ALL.map(option));
    let select = select.on("change", move |event| {
        if let Some(role) = Role::from_code(&value(&event)) {
            ui.send(Event::WorkerRoleChosen(role));
        }
    });
    el("div")
        .class("question")
        .child(el("label").class("question-text").attr("for", "worker-role").text(ui.t(Key::WorkerRole)))
        .child(select)
}

fn outcome(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::WorkerForm);
        let (problem, saving) = ui.read(|model| (model.worker_form.problem.clone(), model.worker_form.saving));
        if let Some(problem) = problem {
            place.append(&trouble(ui, words::not_kept(ui, &problem), []));
        }
        if saving {
            place.append(&line("", ui.t(Key::Saving)).attr("role", "status"));
        }
    })
}
