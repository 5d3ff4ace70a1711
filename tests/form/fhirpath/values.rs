//! Literals, operators and functions that need no response.

use super::{check, value};
use crate::form::sheet::Sheet;
use serde_json::json;

fn nothing() -> Sheet {
    Sheet::new(&json!([]))
}

#[test]
fn literals() {
    check(
        &nothing(),
        &[
            ("true", "true"),
            ("{}", ""),
            ("42", "42"),
            ("1.50", "1.50"),
            ("'it\\'s \\u0041\\n\\\\'", "'it's A\n\\'"),
            ("@2026", "@2026"),
            ("@2026-11-22", "@2026-11-22"),
            ("@2026-11-22T", "@2026-11-22"),
            ("@2026-11-22T10:30:15.5+07:00", "@2026-11-22T10:30:15.500+07:00"),
            ("@2026-11-22T10:30Z", "@2026-11-22T10:30Z"),
            ("@T10:30", "@10:30"),
            ("4 days", "4 day"),
            ("4.5 'kg'", "4.5 'kg'"),
            ("-5", "-5"),
            ("- -5", "5"),
            ("/* a */ 1 // b", "1"),
            ("%ucum", "'http://unitsofmeasure.org'"),
            ("%`two`", "1, 2"),
            ("%'two'.count()", "2"),
        ],
    );
}

#[test]
fn logic_has_three_values() {
    let values = ["true", "false", "{}"];
    // Rows and columns in the order of the values (FHIRPath N1, 6.5).
    let tables = [
        ("and", ["true", "false", "", "false", "false", "false", "", "false", ""]),
        ("or", ["true", "true", "true", "true", "false", "", "true", "", ""]),
        ("xor", ["false", "true", "", "true", "false", "", "", "", ""]),
        ("implies", ["true", "false", "", "true", "true", "true", "true", "", ""]),
    ];
    for (operator, expected) in tables {
        for (position, expected) in expected.iter().enumerate() {
            let text = format!("{} {operator} {}", values[position / 3], values[position % 3]);
            assert_eq!(value(&nothing(), &text), *expected, "{text}");
        }
    }
    check(
        &nothing(),
        &[
            ("true.not()", "false"),
            ("{}.not()", ""),
            ("5 and true", "true"),
            ("%two and true", "!“and” takes one value, not several"),
            ("false and %two", "false"),
            ("true or true and false", "true"),
            ("1 = 1 implies 2 = 3", "false"),
        ],
    );
}

#[test]
fn numbers_are_exact() {
    check(
        &nothing(),
        &[
            ("0.1 + 0.2", "0.3"),
            ("0.1 + 0.2 = 0.3", "true"),
            ("1.10 = 1.1", "true"),
            ("1 = 1.0", "true"),
            ("7 / 2", "3.5"),
            ("1 / 3", "0.3333333333333333"),
            ("2 / 3", "0.6666666666666667"),
            ("-2 / 3", "-0.6666666666666667"),
            ("1 / 0", ""),
            ("5 div 0", ""),
            ("5 mod 0", ""),
            ("7 div 2", "3"),
            ("-7 div 2", "-3"),
            ("7.5 div 2", "3"),
            ("-7 mod 3", "-1"),
            ("5.5 mod 0.7", "0.6"),
            ("1.5 * 1.5", "2.25"),
            ("2 + 3 * 4", "14"),
            ("(2 + 3) * 4", "20"),
            ("10 - 3 - 2", "5"),
            ("9223372036854775807 + 1", ""),
            ("-9223372036854775807 - 2", ""),
            ("99999999999999999999999999999999999.0 * 10", "999999999999999999999999999999999990"),
            ("99999999999999999999999999999999999.0 * 10000000000", ""),
            ("70 / (1.75 * 1.75)", "22.8571428571428571"),
            ("(70 / (1.75 * 1.75)).round(1)", "22.9"),
            ("2.5.round()", "3"),
            ("(-2.5).round()", "-3"),
            ("2.45.round(1)", "2.5"),
            ("1.23456.round(3)", "1.235"),
            ("1.5.floor()", "1"),
            ("(-1.5).floor()", "-2"),
            ("1.5.ceiling()", "2"),
            ("(-1.5).ceiling()", "-1"),
            ("(-1.5).truncate()", "-1"),
            ("(-5).abs()", "5"),
            ("(-5.5 'kg').abs()", "5.5 'kg'"),
            ("2.power(10)", "1024"),
            ("1.5.power(2)", "2.25"),
            ("2.power(-2)", "0.25"),
            ("2.power(0.5)", "!“power” does not take a value of this type"),
            ("2.power(100000)", ""),
            ("1.power(9223372036854775807)", "1"),
            ("(1 | 2 | 3).sum()", "6"),
            ("(1 | 2.5).sum()", "3.5"),
            ("{}.sum()", ""),
            ("(1 | 2).avg()", "1.5"),
            ("(3 | 1 | 2).min()", "1"),
            ("(3 | 1 | 2).max()", "3"),
            ("('b' | 'a').min()", "'a'"),
            ("(1 | 'a').sum()", "!“sum” does not take a value of this type"),
            ("'a' + 1", "!“+” does not take a value of this type"),
            ("1 + {}", ""),
            ("%two + 1", "!“+” takes one value, not several"),
        ],
    );
}

#[test]
fn equality_and_order() {
    check(
        &nothing(),
        &[
            ("1 = 2", "false"),
            ("1 != 2", "true"),
            ("1 = {}", ""),
            ("{} = {}", ""),
            ("{} ~ {}", "true"),
            ("1 ~ {}", "false"),
            ("(1 | 2) = (1 | 2)", "true"),
            ("(1 | 2) = (2 | 1)", "false"),
            ("(1 | 2) ~ (2 | 1)", "true"),
            ("(1 | 2) = 1", "false"),
            ("'a' = 'A'", "false"),
            ("'a  b' ~ 'A b'", "true"),
            ("1.25 ~ 1.2", "false"),
            ("1.21 ~ 1.2", "true"),
            ("1 = '1'", "false"),
            ("1 !~ '1'", "true"),
            ("true = true", "true"),
            ("'a' < 'b'", "true"),
            ("1 <= 1.0", "true"),
            ("1 > {}", ""),
            ("1 < 'a'", "!“<” does not take a value of this type"),
            ("true < false", "!“<” does not take a value of this type"),
            ("1 in (1 | 2)", "true"),
            ("3 in (1 | 2)", "false"),
            ("{} in (1 | 2)", ""),
            ("1 in {}", "false"),
            ("(1 | 2) contains 2", "true"),
            ("(1 | 2) in (1 | 2)", "!“in” takes one value, not several"),
        ],
    );
}

#[test]
fn quantities() {
    check(
        &nothing(),
        &[
            ("1 'kg' = 1000 'g'", "true"),
            ("1 'kg' > 999 'g'", "true"),
            ("1.5 'm' ~ 150 'cm'", "true"),
            ("1 'kg' = 1 'm'", ""),
            ("1 'kg' < 1 'm'", ""),
            ("1 year = 12 months", "true"),
            ("1 week = 7 days", "true"),
            ("1 year = 1 'a'", ""),
            ("1 second = 1 's'", "true"),
            ("7 days = 1 'wk'", "true"),
            ("1 hour = 60 'min'", "true"),
            ("1 month > 4 'wk'", ""),
            ("1 year > 364 days", ""),
            ("3 'kg' ~ 3004 'g'", "true"),
            ("3.00 'kg' ~ 3.00 'kg'", "true"),
            ("3.01 'kg' ~ 3024 'g'", "false"),
            ("3 'kg' ~ 3 'm'", "false"),
            ("3 'kg' ~ 3600 'g'", "false"),
            ("2 'kg' + 3 'kg'", "5 'kg'"),
            ("2 'kg' + 3 'm'", ""),
            ("2 'kg' * 3", "6 'kg'"),
            ("3 * 2 'kg'", "6 'kg'"),
            ("6 'kg' / 2", "3 'kg'"),
            ("6 'kg' / 2 'kg'", "3 '1'"),
            ("6 'kg' / 2 'kg' = 3", "true"),
            ("-(2 'kg')", "-2 'kg'"),
            ("(2 'kg').value", "2"),
            ("(2 'kg').code", "'kg'"),
            ("(1 'kg' | 2 'kg').sum()", "3 'kg'"),
            ("%patient.weight > 52 'kg'", "true"),
            ("%patient.weight / 2", "26.25 'kg'"),
        ],
    );
}

#[test]
fn dates_are_compared_as_far_as_they_are_known() {
    check(
        &nothing(),
        &[
            ("@2026 < @2027-05", "true"),
            ("@2026 = @2026-05", ""),
            ("@2026 < @2026-05", ""),
            ("@2026 ~ @2026-05", "false"),
            ("@2026-05 <= @2026-05", "true"),
            ("@2026-05-01 > @2026-04", "true"),
            ("@2026-05-01T10:00 = @2026-05-01T10:00:00", ""),
            ("@2026-05-01T10:00:00 = @2026-05-01T10:00:00.0", "true"),
            ("@2026-05-01T10:00Z = @2026-05-01T17:00+07:00", "true"),
            ("@2026-05-01T23:00Z > @2026-05-02T05:00+07:00", "true"),
            ("@2026-05-01T10:00 = @2026-05-01T10:00+07:00", "true"),
            ("@2026-05-01 < @2026-05-02T10:00", "true"),
            ("@2026-05-01 = @2026-05-01T10:00", ""),
            ("@T10:00 < @T10:01", "true"),
            ("@T10:00 = @2026", "false"),
            ("@T10:00 < @2026", "!“<” does not take a value of this type"),
            ("@2026 = '2026'", "false"),
            ("%patient.birthDate = @2001-02-28", "true"),
            ("%patient.birthDate < @2001-03", "true"),
            ("%patient.birthDate < %patient.deceased", "true"),
            ("%patient.since = %patient.birthDate", ""),
            ("(@2026 | @2025).max()", "@2026"),
        ],
    );
}

#[test]
fn dates_move_by_durations() {
    check(
        &nothing(),
        &[
            ("@2026-01-31 + 1 month", "@2026-02-28"),
            ("@2024-02-29 + 1 year", "@2025-02-28"),
            ("@2026-03-01 - 1 day", "@2026-02-28"),
            ("@2026-03-01 + 2 weeks", "@2026-03-15"),
            ("@2026-01-01 + 1.9 days", "@2026-01-02"),
            ("@2014 + 24 months", "@2016"),
            ("@2014 + 23 months", "@2015"),
            ("@2014 + 365 days", "@2015"),
            ("@2026-01 + 31 days", "@2026-02"),
            ("@2026-01-01 + 47 hours", "@2026-01-02"),
            ("@2026-01-01T23:30 + 45 minutes", "@2026-01-02T00:15"),
            ("@2026-01-01T23:30:00+07:00 + 1.5 's'", "@2026-01-01T23:30:01.500+07:00"),
            ("@T23:30 + 1 hour", "@00:30"),
            ("@T00:30 - 1 hour", "@23:30"),
            ("@T10:00 + 1 month", ""),
            ("@9999-12-31 + 1 day", ""),
            ("@0001-01-01 - 1 day", ""),
            ("@2026-01-01 + 9223372036854775807 years", ""),
            ("@2026-01-01 + 1 'a'", "!“+” does not take a value of this type"),
            ("@2026-01-01 + 1 'kg'", "!“+” does not take a value of this type"),
            ("@2026-01-01 + 1", "!“+” does not take a value of this type"),
            ("today()", "@2026-11-22"),
            ("now()", "@2026-11-22T10:32:00.000+07:00"),
            ("timeOfDay()", "@10:32:00.000"),
            ("today() - 18 years >= %patient.birthDate", "true"),
            ("today() - 26 years >= %patient.birthDate", "false"),
            ("%patient.birthDate + 18 years", "@2019-02-28"),
            ("iif(today() > @2026-01-01, 'a', 'b')", "'a'"),
        ],
    );
}

#[test]
fn texts() {
    check(
        &nothing(),
        &[
            ("'é' & 'b'", "'éb'"),
            ("'a' & {}", "'a'"),
            ("'a' & 1", "'a1'"),
            ("'a' + {}", ""),
            ("'ab' + 'c'", "'abc'"),
            ("'héllo'.length()", "5"),
            ("'héllo'.substring(1, 3)", "'éll'"),
            ("'héllo'.substring(3)", "'lo'"),
            ("'a'.substring(1)", ""),
            ("'a'.substring(-1)", ""),
            ("'abc'.substring(1, 0)", "''"),
            ("'héllo'.indexOf('l')", "2"),
            ("'hello'.indexOf('x')", "-1"),
            ("'hello'.indexOf('')", "0"),
            ("'hello'.contains('ell')", "true"),
            ("'hello'.startsWith('he') and 'hello'.endsWith('lo')", "true"),
            ("'aB'.upper() & 'aB'.lower()", "'ABab'"),
            ("' a '.trim()", "'a'"),
            ("'abab'.replace('ab', 'c')", "'cc'"),
            ("'abc'.replace('', 'x')", "'xaxbxcx'"),
            ("'abc'.matches('b')", "true"),
            ("'satu\\ndua'.matches('u.d')", "true"),
            ("'satu\\ndua'.matchesFull('.*')", "true"),
            ("'satu'.replaceMatches('', 'x')", "'satu'"),
            ("'satu'.replaceMatches('x*', '-')", "'-s-a-t-u-'"),
            ("'abc'.matches('^b$')", "false"),
            ("'abc'.matchesFull('[a-c]+')", "true"),
            ("'a1b22'.replaceMatches('\\\\d+', '-')", "'a-b-'"),
            ("'abc'.replaceMatches('x*', '-')", "'-a-b-c-'"),
            ("'abc'.replaceMatches('(b)', '$1')", "!“replaceMatches” does not take a value of this type"),
            ("('a' | 'b').join(',')", "'a,b'"),
            ("('a' | 'b').join()", "'ab'"),
            ("{}.join(',')", ""),
            ("'a,b,,c'.split(',')", "'a', 'b', '', 'c'"),
            ("'héy'.toChars()", "'h', 'é', 'y'"),
            ("{}.length()", ""),
            ("5.length()", "!“length” does not take a value of this type"),
        ],
    );
}

#[test]
fn conversions() {
    check(
        &nothing(),
        &[
            ("'12'.toInteger()", "12"),
            ("'1.5'.toInteger()", ""),
            ("true.toInteger()", "1"),
            ("'1.50'.toDecimal()", "1.50"),
            ("'1e5'.toDecimal()", ""),
            ("5.toDecimal()", "5"),
            ("5.toString()", "'5'"),
            ("@2026-05.toString()", "'2026-05'"),
            ("(4 days).toString()", "'4 day'"),
            ("'Yes'.toBoolean()", "true"),
            ("0.toBoolean()", "false"),
            ("2.toBoolean()", ""),
            ("'2026-05-01'.toDate()", "@2026-05-01"),
            ("'2026-05-01T10:00Z'.toDate()", "@2026-05-01"),
            ("'2026-13-01'.toDate()", ""),
            ("'2026-02-30'.toDate()", ""),
            ("@2026-05-01.toDateTime()", "@2026-05-01"),
            ("'10:30'.toTime()", "@10:30"),
            ("'T10:30'.toTime()", "@10:30"),
            ("'25:00'.toTime()", ""),
            ("'4 days'.toQuantity()", "4 day"),
            ("'4.5 \\'kg\\''.toQuantity()", "4.5 'kg'"),
            ("4.toQuantity()", "4 '1'"),
            ("4.toQuantity('kg')", ""),
            ("'12'.convertsToInteger()", "true"),
            ("'x'.convertsToInteger()", "false"),
            ("{}.convertsToInteger()", ""),
            ("'2026'.convertsToDate()", "true"),
            ("5 is Integer", "true"),
            ("5 is Decimal", "false"),
            ("5.is(System.Integer)", "true"),
            ("'a' is FHIR.string", "true"),
            ("{} is Integer", ""),
            ("(1 | 'a' | 2.5).ofType(Decimal)", "2.5"),
            ("5 as String", ""),
            ("@2026 is Date", "true"),
            ("(4 days) is Quantity", "true"),
        ],
    );
}

#[test]
fn collections() {
    check(
        &nothing(),
        &[
            ("(1 | 2 | 2 | 1)", "1, 2"),
            ("(1 | 2).combine(2 | 3)", "1, 2, 2, 3"),
            ("(1 | 2).union(2 | 3)", "1, 2, 3"),
            ("(1 | 2 | 3).intersect(2 | 3 | 4)", "2, 3"),
            ("(1 | 2 | 3).exclude(2)", "1, 3"),
            ("(1 | 2 | 3)[1]", "2"),
            ("(1 | 2 | 3)[3]", ""),
            ("(1 | 2 | 3)[-1]", ""),
            ("(1 | 2 | 3).first()", "1"),
            ("(1 | 2 | 3).last()", "3"),
            ("(1 | 2 | 3).tail()", "2, 3"),
            ("(1 | 2 | 3).skip(2)", "3"),
            ("(1 | 2 | 3).skip(-1)", "1, 2, 3"),
            ("(1 | 2 | 3).take(2)", "1, 2"),
            ("(1 | 2).single()", "!“single” takes one value, not several"),
            ("{}.single()", ""),
            ("(1 | 2).count()", "2"),
            ("{}.empty()", "true"),
            ("1.exists()", "true"),
            ("(1 | 2).exists($this > 1)", "true"),
            ("(1 | 2).all($this > 1)", "false"),
            ("{}.all(false)", "true"),
            ("(true | false).allTrue()", "false"),
            ("(true | false).anyTrue()", "true"),
            ("{}.allTrue() and {}.anyTrue().not() and {}.allFalse() and {}.anyFalse().not()", "true"),
            ("(1 | 2).subsetOf(1 | 2 | 3)", "true"),
            ("(1 | 2).supersetOf(3)", "false"),
            ("(1).combine(1).isDistinct()", "false"),
            ("(1).combine(1).distinct()", "1"),
            ("1.hasValue()", "true"),
            ("(1 | 2).hasValue()", "false"),
            ("(1 | 2 | 3).where($this > 1)", "2, 3"),
            ("(1 | 2 | 3).select($this * 2)", "2, 4, 6"),
            ("('a' | 'b').select($index)", "0, 1"),
            ("(1 | 2 | 3).aggregate($total + $this, 0)", "6"),
            ("(1 | 2 | 3).aggregate(iif($total.empty(), $this, $total * $this))", "6"),
            ("1.repeat(iif($this < 5, $this + 1, {}))", "2, 3, 4, 5"),
            ("iif({}, 1, 2)", "2"),
            ("iif(false, 1)", ""),
            ("iif(true, 1, %two + 1)", "1"),
            ("coalesce({}, %none, 3, 4)", "3"),
            ("%unknown", "!there is no such variable"),
            ("1 | 2 + 3", "1, 5"),
            ("(1 | 2).count() = 2 and 3 in (3 | 4)", "true"),
        ],
    );
}

#[test]
fn resources_of_a_launch() {
    check(
        &nothing(),
        &[
            ("%patient.birthDate", "\"2001-02-28\""),
            ("%patient.name.given", "\"Sekar\", \"Ayu\", \"Sri\""),
            ("%patient.name.first().given.first()", "\"Sekar\""),
            ("%patient.name.where(use = 'official').family", "\"Lestari\""),
            ("%patient.name.given.join(' ')", "'Sekar Ayu Sri'"),
            ("%patient.name[0].given & ''", "!“&” takes one value, not several"),
            ("%patient.multipleBirth", "2"),
            ("%patient.multipleBirthInteger", "2"),
            ("%patient.deceased.toDate()", "@2026-11-01"),
            ("%patient.nothing", ""),
            ("%patient.active", "true"),
            ("%patient.tall + 0.1", "1.6"),
            ("%patient.weight.value", "52.5"),
            ("%patient.address.extension('urn:rt').value", "'03'"),
            ("%patient.address.extension.where(url = 'urn:rt').value", "'03'"),
            ("%patient is Patient", "true"),
            ("%patient is Practitioner", "false"),
            ("%patient.gender = 'female'", "true"),
            ("%patient.gender.upper()", "'FEMALE'"),
            ("%patient.birthDate is Date", "true"),
            ("%patient.birthDate.toDate() + 1 day", "@2001-03-01"),
            ("%patient.maritalStatus.coding.code", "\"a\""),
            ("%patient.descendants().where($this = 'Ayu')", "\"Ayu\""),
            ("%patient.telecom.exists()", "false"),
            ("today().toString().substring(0, 4).toInteger() - %patient.birthDate.substring(0, 4).toInteger()", "25"),
        ],
    );
}
