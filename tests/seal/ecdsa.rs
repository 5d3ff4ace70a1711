//! Signatures and keys at the edges of what ES256 takes: numbers out of range, points off the curve, other encodings, and
//! sums that end in no point.

use super::sealed::{Key, jwk_of, key};
use asesmen::seal::{Jwk, es256, sha256};
use base64ct::{Base64UrlUnpadded, Encoding};
use p256::elliptic_curve::PrimeField;
use p256::elliptic_curve::ops::Reduce;
use p256::{FieldBytes, Scalar};
use serde_json::json;

fn number(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    (0..32).map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).expect("hexadecimal")).collect()
}

/// The order of the curve's group.
pub fn order() -> Vec<u8> {
    number("FFFFFFFF 00000000 FFFFFFFF FFFFFFFF BCE6FAAD A7179E84 F3B9CAC2 FC632551")
}

/// The order of the field of coordinates.
fn prime() -> Vec<u8> {
    number("FFFFFFFF 00000001 00000000 00000000 00000000 FFFFFFFF FFFFFFFF FFFFFFFF")
}

/// One number less another, modulo 2^256.
pub fn less(one: &[u8], two: &[u8]) -> Vec<u8> {
    let mut borrow = 0_i16;
    let mut digits: Vec<u8> = (0..32)
        .rev()
        .map(|at| {
            let digit = i16::from(one[at]) - i16::from(two[at]) - borrow;
            borrow = i16::from(digit < 0);
            u8::try_from(digit.rem_euclid(256)).expect("a byte")
        })
        .collect();
    digits.reverse();
    digits
}

fn small(value: u8) -> Vec<u8> {
    let mut number = vec![0; 32];
    number[31] = value;
    number
}

/// One number and another, modulo 2^256.
fn plus(one: &[u8], two: &[u8]) -> Vec<u8> {
    less(one, &less(&small(0), two))
}

/// The second form of a signature: `s` less the order.
pub fn other_s(signature: &[u8]) -> Vec<u8> {
    [&signature[..32], &less(&order(), &signature[32..])].concat()
}

/// A signature as TLS and certificates write it.
pub fn to_der(signature: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let digits: Vec<u8> = number.iter().copied().skip_while(|digit| *digit == 0).collect();
        let sign = if digits.first().is_none_or(|digit| *digit > 127) { vec![0] } else { Vec::new() };
        let length = u8::try_from(digits.len() + sign.len()).expect("short");
        [vec![2, length], sign, digits].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [vec![0x30, u8::try_from(both.len()).expect("short")], both].concat()
}

fn holds(jwk: &Jwk, bytes: &[u8], value: &[u8]) -> bool {
    es256::holds(jwk, &[bytes], value)
}

fn public(x: &[u8], y: &[u8]) -> Jwk {
    let part = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    jwk_of(&json!({"kty": "EC", "crv": "P-256", "x": part(x), "y": part(y)})).expect("32 bytes each")
}

/// The scalar of a number.
fn scalar(number: &[u8]) -> Scalar {
    Scalar::from_repr(FieldBytes::try_from(number).expect("32 bytes")).expect("below the order")
}

fn bytes_of(scalar: &Scalar) -> Vec<u8> {
    scalar.to_repr().to_vec()
}

/// The number that ECDSA makes of a message.
fn hashed(message: &[u8]) -> Scalar {
    <Scalar as Reduce<FieldBytes>>::reduce(&FieldBytes::try_from(&sha256(message)[..]).expect("32 bytes"))
}

/// A signature with a nonce of our choice.
fn signed_with(secret: &Scalar, nonce: &Scalar, message: &[u8]) -> Vec<u8> {
    let point = es256::SigningKey::from_bytes(&bytes_of(nonce)).expect("a scalar").jwk();
    let r =
        <Scalar as Reduce<FieldBytes>>::reduce(&FieldBytes::try_from(&point.coordinates().0[..]).expect("32 bytes"));
    let s = nonce.invert().expect("not zero") * (hashed(message) + r * secret);
    [bytes_of(&r), bytes_of(&s)].concat()
}

const MESSAGES: [&[u8]; 4] = [b"", b"a", b"asesmen", &[0; 300]];

#[test]
fn what_is_signed_holds_and_in_its_second_form() {
    for seed in [1, 3, 4, 127, 200] {
        let key = key(seed);
        for message in MESSAGES {
            let own = key.sign(message);
            assert!(holds(&key.jwk, message, &own) && holds(&key.jwk, message, &other_s(&own)));
            for other in MESSAGES.iter().filter(|other| **other != message) {
                assert!(!holds(&key.jwk, other, &own));
            }
        }
    }
}

#[test]
fn keys_and_nonces_at_the_edges_hold() {
    let n = order();
    let edges = [small(1), small(2), small(3), less(&n, &small(1)), less(&n, &small(2))];
    for secret in &edges {
        let jwk = es256::SigningKey::from_bytes(secret).expect("a scalar").jwk();
        for nonce in &edges {
            let signature = signed_with(&scalar(secret), &scalar(nonce), b"asesmen");
            assert!(holds(&jwk, b"asesmen", &signature), "{secret:?} {nonce:?}");
            assert!(!holds(&jwk, b"asesmem", &signature));
        }
    }
    for none in [small(0), n.clone(), plus(&n, &small(1)), vec![0xff; 32]] {
        assert!(es256::SigningKey::from_bytes(&none).is_none());
    }
}

#[test]
fn numbers_at_the_edges_are_no_signature() {
    let key = key(3);
    let own = key.sign(b"asesmen");
    let (n, p, one) = (order(), prime(), small(1));
    let (r, s) = own.split_at(32);
    let mut edges = vec![small(0), one.clone(), small(2), small(255), vec![0xff; 32], vec![0x80; 32], vec![0x7f; 32]];
    for number in [&n, &p] {
        edges.extend([number.clone(), less(number, &one), plus(number, &one), less(&small(0), number)]);
        for part in [r, s] {
            edges.extend([less(number, part), plus(number, part), less(part, number)]);
        }
    }
    for part in [r, s] {
        edges.extend([part.to_vec(), less(&small(0), part), plus(part, &one), less(part, &one), plus(part, part)]);
    }
    let mut tried = 0;
    for first in &edges {
        for second in &edges {
            let value = [&first[..], second].concat();
            tried += 1;
            assert_eq!(holds(&key.jwk, b"asesmen", &value), value == own || value == other_s(&own), "{value:02x?}");
        }
    }
    assert!(tried > 900, "{tried}");
}

#[test]
fn a_sum_that_ends_in_no_point_is_no_signature() {
    // With r = -z/d the point u1·G + u2·Q is the one at infinity, whatever s is.
    let secret = scalar(&[3; 32]);
    let r = -(hashed(b"asesmen") * secret.invert().expect("not zero"));
    for s in [small(1), small(7), less(&order(), &small(1)), key(3).sign(b"x")[32..].to_vec()] {
        assert!(!holds(&key(3).jwk, b"asesmen", &[bytes_of(&r), s].concat()));
    }
}

#[test]
fn other_encodings_of_a_signature_are_none() {
    let key = key(3);
    let own = key.sign(b"asesmen");
    let der = to_der(&own);
    let (r, s) = own.split_at(32);
    let others: [Vec<u8>; 14] = [
        Vec::new(),
        der.clone(),
        der[..64].to_vec(),
        [&own[..], &[1]].concat(),
        own[..63].to_vec(),
        [&[0][..], &own].concat(),
        [&own[..], &[0]].concat(),
        [&[0], r, &[0], s].concat(),
        [s, r].concat(),
        [&own[..], &own].concat(),
        own.iter().rev().copied().collect(),
        own.iter().map(|byte| byte.swap_bytes().reverse_bits()).collect(),
        [r, r].concat(),
        own.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
    ];
    for other in others {
        assert!(!holds(&key.jwk, b"asesmen", &other), "{other:02x?}");
    }
    for bit in 0..512 {
        let mut changed = own.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&key.jwk, b"asesmen", &changed), "bit {bit}");
    }
}

#[test]
fn keys_that_are_no_point_or_another_one_verify_nothing() {
    let key = key(3);
    let own = key.sign(b"asesmen");
    let (x, y) = key.jwk.coordinates();
    let (p, zero) = (prime(), small(0));
    let other = super::sealed::key(4).jwk;
    let keys = [
        ("infinity", public(&zero, &zero)),
        ("the other point of the same x", public(x, &less(&p, y))),
        ("coordinates that have changed places", public(y, x)),
        ("y off by one", public(x, &plus(y, &small(1)))),
        ("x off by one", public(&plus(x, &small(1)), y)),
        ("y is zero", public(x, &zero)),
        ("x is zero", public(&zero, y)),
        ("x is the prime", public(&p, y)),
        ("y is the prime", public(x, &p)),
        ("both as large as can be", public(&[0xff; 32], &[0xff; 32])),
        ("x and the prime", public(&plus(x, &p), y)),
        ("y and the prime", public(x, &plus(y, &p))),
        ("the generator", es256::SigningKey::from_bytes(&small(1)).expect("a scalar").jwk()),
        ("somebody else's", other),
    ];
    for (name, jwk) in keys {
        assert!(!holds(&jwk, b"asesmen", &own), "{name}");
        assert!(!holds(&jwk, b"asesmen", &[0; 64]), "{name}");
    }
    assert!(holds(&key.jwk, b"asesmen", &own));
}

#[test]
fn a_coordinate_beyond_the_prime_is_refused_though_the_point_is_there() {
    // Below 2^256 - p there are points whose x has a second writing in 32 bytes.
    let mut found = 0;
    for x in 0..=255_u8 {
        let compressed = [&[2_u8][..], &small(x)].concat();
        let Ok(point) = p256::ecdsa::VerifyingKey::from_sec1_bytes(&compressed) else { continue };
        let sec1 = point.to_sec1_point(false);
        let y = &sec1.as_bytes()[33..];
        for (x, y) in [(plus(&small(x), &prime()), y.to_vec()), (small(x), plus(y, &prime()))] {
            let point = [&[4_u8][..], &x, &y].concat();
            assert!(p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).is_err());
            found += 1;
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn coordinates_have_32_bytes() {
    let whole = Key::clone(&key(3));
    let (x, y) = whole.jwk.coordinates();
    for (length, bytes) in
        [(0, vec![]), (31, x[1..].to_vec()), (33, [&[0][..], x].concat()), (64, [&x[..], x].concat())]
    {
        let part = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": part(&bytes), "y": part(y)});
        assert!(jwk_of(&jwk).is_err(), "{length} bytes");
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": part(x), "y": part(&bytes)});
        assert!(jwk_of(&jwk).is_err(), "{length} bytes");
    }
}
