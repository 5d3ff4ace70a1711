//! Attachments beside a document: what leaves it, what it then names, and what is put back into it.

use super::sealed::{body, check, key, sign, tree};
use asesmen::json::Value;
use asesmen::seal::{
    About, AttachmentRefusal, MOST_INSIDE, Trust, Unreadable, Verdict, apart, assemble, attach, detach, digest,
};
use base64ct::{Base64, Encoding};
use serde_json::{Value as Json, json};

/// Bytes that look like a scanned paper.
pub fn paper(size: usize) -> Vec<u8> {
    let text = b"%PDF-1.7 halaman ".iter().copied().cycle();
    text.enumerate().map(|(at, byte)| if at % 97 == 0 { (at / 97 % 251) as u8 } else { byte }).take(size).collect()
}

fn file(title: &str, bytes: &[u8]) -> Json {
    let (data, size) = (Base64::encode_string(bytes), bytes.len());
    json!({"valueAttachment": {"contentType": "application/pdf", "title": title, "size": size, "data": data}})
}

/// Answers at every depth: in an item, below an answer, in a group.
fn response(small: &[u8], large: &[u8], other: &[u8]) -> Value {
    tree(&json!({"resourceType": "QuestionnaireResponse", "item": [
        {"linkId": "a", "answer": [file("kecil.pdf", small), file("besar.pdf", large)]},
        {"linkId": "b", "answer": [{"valueBoolean": true, "item": [{"linkId": "c", "answer": [file("lain.pdf", other)]}]}]},
        {"linkId": "g", "item": [{"linkId": "d", "answer": [file("sama.pdf", large)]}]}
    ]}))
}

/// A sealed file that names the large ones of some attachments, and those by their digests.
pub fn sealed(files: &[(&str, &[u8])]) -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let answers: Vec<Json> = files.iter().map(|(title, bytes)| file(title, bytes)).collect();
    let item = json!([{"linkId": "papers", "answer": answers}]);
    let detached = detach(&tree(&json!({"resourceType": "QuestionnaireResponse", "item": item})));
    (sealed_over(detached.response), detached.files)
}

fn sealed_over(response: Value) -> Vec<u8> {
    let mut body = body(&[("social-worker", &key(3))]);
    body.response = response;
    let document = body.to_json();
    assemble(&document, &[sign(&document, &key(3))])
}

#[test]
fn what_is_large_leaves_and_comes_back_as_it_was() {
    let (small, large, other) = (paper(MOST_INSIDE), paper(MOST_INSIDE + 1), paper(2 * MOST_INSIDE));
    let whole = response(&small, &large, &other);
    let detached = detach(&whole);
    let digests: Vec<&str> = detached.files.iter().map(|(digest, _)| digest.as_str()).collect();
    assert_eq!(digests, [digest(&large), digest(&other)], "each once, and what is not above the limit stays");
    let text = detached.response.to_string();
    assert!(text.len() < 1_400_000 && text.contains(&Base64::encode_string(&small)));
    let named = apart(&detached.response).expect("names");
    let told: Vec<(&str, &str, u64)> =
        named.iter().map(|one| (one.title.as_str(), one.content_type.as_str(), one.size)).collect();
    assert_eq!(
        told,
        [("besar.pdf", "application/pdf", 1_000_001), ("lain.pdf", "application/pdf", 2_000_000)],
        "in the order of the response"
    );
    let find = |digest: &str| detached.files.iter().find(|(own, _)| own == digest).map(|(_, bytes)| bytes.clone());
    assert_eq!(attach(&detached.response, find), whole);
    assert_eq!(detach(&detached.response).response, detached.response, "nothing leaves twice");
}

#[test]
fn what_holds_nothing_large_stays_as_it_is() {
    let whole = response(&[], &paper(10), &paper(MOST_INSIDE));
    let detached = detach(&whole);
    assert_eq!((detached.response.to_string(), detached.files.len()), (whole.to_string(), 0));
    assert_eq!(apart(&whole), Ok(Vec::new()));
}

#[test]
fn other_bytes_are_never_put_in() {
    let large = paper(MOST_INSIDE + 1);
    let (_, files) = sealed(&[("a.pdf", &large)]);
    let lean = detach(&response(&[], &large, &[])).response;
    let mut changed = files[0].1.clone();
    changed[5] ^= 1;
    assert_eq!(attach(&lean, |_| Some(changed.clone())), lean);
    assert_eq!(attach(&lean, |_| Some(large[1..].to_vec())), lean);
    assert_eq!(attach(&lean, |_| None), lean);
}

#[test]
fn a_document_says_what_stands_beside_it() {
    let large = paper(3 * MOST_INSIDE);
    let (file, files) = sealed(&[("kecil.pdf", b"%PDF"), ("besar.pdf", &large)]);
    let report = check(&file, &Trust::not_checked()).expect("readable");
    assert_eq!(report.verdict, Verdict::Valid);
    let About::Document(facts) = &report.about else { panic!("a document") };
    assert_eq!(facts.attachments.len(), 1);
    assert!(facts.attachments[0].is(&large) && facts.attachments[0].digest == files[0].0);
    assert!(
        !report.to_json().iter().any(|(_, value)| value.to_string().contains("besar.pdf")),
        "titles may name people"
    );
}

#[test]
fn what_contradicts_itself_is_refused_with_a_reason() {
    let hash = "A".repeat(43);
    let named = |url: &str, more: Json| {
        let mut file = json!({"contentType": "application/pdf", "title": "a", "size": 2_000_000, "url": url});
        for (name, value) in more.as_object().expect("members") {
            file[name] = value.clone();
        }
        file
    };
    let over = |files: &[Json]| {
        let answers: Vec<Json> = files.iter().map(|file| json!({ "valueAttachment": file })).collect();
        let answered =
            tree(&json!({"resourceType": "QuestionnaireResponse", "item": [{"linkId": "a", "answer": answers}]}));
        match check(&sealed_over(answered), &Trust::not_checked()) {
            Err(Unreadable::Attachment(refusal)) => Some(refusal),
            Ok(report) if report.verdict == Verdict::Valid => None,
            other => panic!("{other:?}"),
        }
    };
    let good = format!("ni:///sha-256;{hash}");
    assert_eq!(over(&[named(&good, json!({})), named(&good, json!({}))]), None);
    for url in [
        "https://example.org/a.pdf".to_owned(),
        format!("ni://example.org/sha-256;{hash}"),
        format!("ni:///sha-256;{hash}="),
        format!("ni:///sha-256;{}", "A".repeat(42)),
        format!("ni:///sha-256;{}B", "A".repeat(42)),
        format!("ni:///sha-256;{}", "A".repeat(44)),
        format!("ni:///md5;{hash}"),
        format!("ni:///sha-256;{hash}?ct=application/pdf"),
        String::new(),
    ] {
        assert_eq!(over(&[named(&url, json!({}))]), Some(AttachmentRefusal::Url(url.chars().take(100).collect())));
    }
    let digest = format!("sha-256:{}", "0".repeat(64));
    assert_eq!(over(&[named(&good, json!({"data": "AAEC"}))]), Some(AttachmentRefusal::Both(digest.clone())));
    for size in [json!(-1), json!(1.5), json!("2000000"), Json::Null] {
        assert_eq!(over(&[named(&good, json!({ "size": size }))]), Some(AttachmentRefusal::Size(digest.clone())));
    }
    let other = named(&good, json!({"size": 2_000_001}));
    assert_eq!(over(&[named(&good, json!({})), other]), Some(AttachmentRefusal::TwoSizes(digest)));
    assert!(matches!(over(&[named("ni:///sha-256;", json!({"url": 7}))]), Some(AttachmentRefusal::Url(_))));
}

#[test]
fn a_document_with_endless_attachments_is_refused() {
    let files = (0..1001_u32).map(|number| {
        let hash = base64ct::Base64UrlUnpadded::encode_string(&asesmen::seal::sha256(&number.to_be_bytes()));
        json!({"valueAttachment": {"size": 1, "url": format!("ni:///sha-256;{hash}")}})
    });
    let answers: Vec<Json> = files.collect();
    let answered = tree(&json!({"item": [{"linkId": "a", "answer": answers}]}));
    assert_eq!(apart(&answered), Err(AttachmentRefusal::TooMany));
}
