//! `asesmen verify` of documents whose attachments stand beside them.

use super::folder::{Folder, Run, program, run};
use crate::seal::attachments::{paper, sealed};
use serde_json::{Value, json};

fn verify(folder: &Folder, arguments: &[&str]) -> Run {
    run(program().arg("verify").args(arguments).current_dir(folder.path()))
}

fn judged(folder: &Folder, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    let ended = verify(folder, &[&["--json"][..], arguments].concat());
    (ended.code, serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err)))
}

fn states(file: &Value) -> Vec<&str> {
    file["attachments"].as_array().into_iter().flatten().filter_map(|one| one["state"].as_str()).collect()
}

fn findings(file: &Value) -> Vec<&str> {
    let all = file["findings"].as_array().into_iter().flatten().filter_map(|one| one["finding"].as_str());
    all.filter(|code| code.starts_with("attachment")).collect()
}

#[test]
fn attachments_are_found_beside_missed_or_told_from_others() {
    let (scan, photo) = (paper(3_000_000), paper(1_000_001));
    let (file, files) = sealed(&[("surat.pdf", &scan), ("foto.jpg", &photo)]);
    let hex = files[0].0.rsplit(':').next().expect("a digest").to_owned();
    let folder = |beside: &[(&str, &[u8])]| Folder::new(&[&[("a.asesmen.json", &file[..])][..], beside].concat());
    let both = folder(&[("surat.pdf", &scan), ("apa saja.bin", &photo)]);
    let (code, all) = judged(&both, &["a.asesmen.json"]);
    assert_eq!((code, all.len(), states(&all[0])), (Some(0), 1, vec!["present", "present"]));
    assert_eq!((all[0]["verdict"].as_str(), findings(&all[0]).len()), (Some("valid"), 0));
    assert_eq!(
        all[0]["attachments"][0],
        json!({"digest": files[0].0, "size": 3_000_000,
        "contentType": "application/pdf", "state": "present"}),
        "and not its title"
    );
    let told = verify(&both, &["."]).out;
    assert!(told.contains("attachments beside it and unchanged: 2"), "{told}");

    let one = folder(&[("surat.pdf", &scan)]);
    let (code, all) = judged(&one, &["."]);
    assert_eq!((code, states(&all[0])), (Some(0), vec!["present", "missing"]), "what is missing breaks no seal");
    assert_eq!(findings(&all[0]), ["attachment-missing"]);

    let mut changed = scan.clone();
    changed[1_500_000] ^= 1;
    for name in ["surat.pdf".to_owned(), format!("{}-surat.pdf", &hex[..16])] {
        let other = folder(&[(&name, &changed), ("foto.jpg", &photo)]);
        let (code, all) = judged(&other, &["a.asesmen.json"]);
        assert_eq!((code, states(&all[0])), (Some(0), vec!["different", "present"]), "{name}");
        assert_eq!(findings(&all[0]), ["attachment-differs"]);
    }
    let renamed = folder(&[("x.bin", &changed)]);
    assert_eq!(states(&judged(&renamed, &["."]).1[0]), ["missing", "missing"]);
}

#[test]
fn an_attachment_may_be_named_and_a_strange_file_is_none() {
    let scan = paper(2_000_000);
    let (file, _) = sealed(&[("surat.pdf", &scan)]);
    let files: [(&str, &[u8]); 3] =
        [("a.asesmen.json", &file), ("di lain tempat.pdf", &scan), ("rusak.pdf", &scan[1..])];
    let folder = Folder::new(&files);
    let (code, all) = judged(&folder, &["a.asesmen.json", "di lain tempat.pdf"]);
    let verdicts: Vec<&str> = all.iter().filter_map(|one| one["verdict"].as_str()).collect();
    assert_eq!((code, verdicts), (Some(0), vec!["valid", "attachment"]));
    let (code, all) = judged(&folder, &["a.asesmen.json", "rusak.pdf"]);
    assert_eq!((code, all[1]["verdict"].as_str()), (Some(1), Some("unreadable")));
    let alone = verify(&folder, &["di lain tempat.pdf"]);
    assert_eq!(alone.code, Some(1), "nothing says that it belongs to anything: {}", alone.out);
}
