//! Signatures taken away, moved, doubled, and numbers that are no signature.

use super::{Variant, base64, document, edited, file, forged, same, supervisor, worker};
use crate::seal::ecdsa::{less, order, other_s, to_der};
use crate::seal::sealed::{loose, sign};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

pub fn variants() -> Vec<Variant> {
    let mut variants = lists();
    variants.extend(numbers());
    variants
}

fn with_list(name: &str, change: impl FnOnce(&mut Vec<Value>)) -> Variant {
    forged(name, edited(|file| change(file["signatures"].as_array_mut().expect("a list"))))
}

fn lists() -> Vec<Variant> {
    let earlier = {
        let mut other = loose(&document());
        other["revision"] = json!(2);
        let other = crate::seal::sealed::tree(&other);
        let (input, signature) = sign(&other, &worker());
        json!({"protected": input.protected, "signature": base64(&signature)})
    };
    let mut variants = vec![
        with_list("no signatures", Vec::clear),
        with_list("without the first signature", |list| drop(list.remove(0))),
        with_list("without the second signature", |list| drop(list.remove(1))),
        with_list("the first signature twice", |list| list.push(list[0].clone())),
        with_list("the second signature twice", |list| list.insert(0, list[1].clone())),
        with_list("only the first signature, twice", |list| list[1] = list[0].clone()),
        with_list("signatures under each other's header", |list| {
            let first = list[0]["signature"].take();
            list[0]["signature"] = list[1]["signature"].take();
            list[1]["signature"] = first;
        }),
        with_list("a signature of another document", |list| list[0] = earlier),
        with_list("an empty signature besides", |list| list.push(json!({}))),
        with_list("a null besides", |list| list.push(json!(null))),
        with_list("a broken signature in front", |list| {
            list.insert(0, json!({"protected": "e30", "signature": "AAAA"}))
        }),
        with_list("seventeen signatures", |list| (0..15).for_each(|_| list.push(list[0].clone()))),
        with_list("ten thousand signatures", |list| (0..10_000).for_each(|_| list.push(list[0].clone()))),
    ];
    variants.push(same(
        "signatures in another order",
        edited(|file| {
            file["signatures"].as_array_mut().expect("a list").swap(0, 1);
        }),
    ));
    let one = edited(|file| file["signatures"] = file["signatures"][0].clone());
    variants.push(forged("a signature in place of the list", one));
    let named = edited(|file| file["signatures"] = json!({"0": file["signatures"][0], "1": file["signatures"][1]}));
    variants.push(forged("signatures by names", named));
    variants
}

/// The file with other bytes in place of the worker's signature.
fn numbers() -> Vec<Variant> {
    let own = file()["signatures"][0]["signature"].as_str().map(Base64UrlUnpadded::decode_vec);
    let own = own.expect("text").expect("base64url");
    let (r, s) = own.split_at(32);
    let (zero, n) = ([0_u8; 32].to_vec(), order());
    let one = {
        let mut one = zero.clone();
        one[31] = 1;
        one
    };
    let most = [0xff_u8; 32].to_vec();
    let negated = |number: &[u8]| number.iter().map(|byte| !byte).collect::<Vec<u8>>();
    let flipped = |at: usize| {
        let mut own = own.clone();
        own[at] ^= 1;
        own
    };
    let cases = [
        ("r and s are zero", [zero.clone(), zero.clone()].concat()),
        ("r is zero", [&zero, s].concat()),
        ("s is zero", [r, &zero].concat()),
        ("r is the order", [&n, s].concat()),
        ("s is the order", [r, &n].concat()),
        ("both are the order", [n.clone(), n.clone()].concat()),
        ("both are one", [one.clone(), one.clone()].concat()),
        ("r is one, s the order less one", [one.clone(), less(&n, &one)].concat()),
        ("both are as large as can be", [most.clone(), most.clone()].concat()),
        ("r negated bit by bit", [&negated(r), s].concat()),
        ("s negated bit by bit", [r, &negated(s)].concat()),
        ("r less the order", [&less(&n, r), s].concat()),
        ("r and s have changed places", [s, r].concat()),
        ("r twice", [r, r].concat()),
        ("s reversed", [r, &s.iter().rev().copied().collect::<Vec<u8>>()].concat()),
        ("first bit of r", flipped(0)),
        ("last bit of r", flipped(31)),
        ("last bit of s", flipped(63)),
        ("DER", to_der(&own)),
        ("DER cut to 64 bytes", to_der(&own)[..64].to_vec()),
        ("a byte less", own[..63].to_vec()),
        ("a byte more", [&own[..], &[0]].concat()),
        ("a zero before each", [&[0], r, &[0], s].concat()),
        ("a zero in front", [&[0], &own[..63]].concat()),
        ("96 bytes", [&own[..], &zero].concat()),
        ("the supervisor's", supervisor().sign(b"")),
        ("over the document itself", worker().sign(&asesmen::json::canonical(&document()))),
    ];
    let put = |bytes: &[u8]| edited(|file| file["signatures"][0]["signature"] = json!(base64(bytes)));
    let mut variants: Vec<Variant> =
        cases.iter().map(|(name, bytes)| forged(format!("signature: {name}"), put(bytes))).collect();
    // A second form that anybody can make of a signature, and that ES256 allows: the same signer over the same document.
    variants.push(same("signature: the other s", put(&other_s(&own))));
    variants
}
