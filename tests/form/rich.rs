//! Texts with markup: what is shown of them, and that nothing hostile comes through.

use asesmen::form::{Piece, Questionnaire, Shape, Text};
use proptest::prelude::*;
use serde_json::{Value, json};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition";

/// The text of a question with markup beside it.
fn text(plain: &str, beside: Value) -> Text {
    let item = json!({"linkId": "q", "type": "string", "text": plain, "_text": {"extension": beside}});
    let form = json!({"resourceType": "Questionnaire", "item": [item]});
    let form = Questionnaire::load(form.to_string().as_bytes()).expect("a form");
    form.item(form.roots[0]).text.clone()
}

fn xhtml(markup: &str) -> Option<String> {
    let beside = json!([{"url": format!("{CORE}/rendering-xhtml"), "valueString": markup}]);
    text("polos", beside).rich("id").map(|pieces| written(&pieces))
}

fn markdown(markup: &str) -> Option<String> {
    let beside = json!([{"url": format!("{CORE}/rendering-markdown"), "valueMarkdown": markup}]);
    text("polos", beside).rich("id").map(|pieces| written(&pieces))
}

/// Pieces as a line of text: shapes by a letter and brackets.
fn written(pieces: &[Piece]) -> String {
    let (mut text, mut depth) = (String::new(), 0_usize);
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Break => text.push('|'),
            Piece::Begin(shape) => {
                depth += 1;
                text.push_str(match shape {
                    Shape::Paragraph => "p[",
                    Shape::Strong => "b[",
                    Shape::Emphasis => "i[",
                    Shape::Bullets => "ul[",
                    Shape::Numbers => "ol[",
                    Shape::Point => "li[",
                    Shape::Raised => "sup[",
                    Shape::Lowered => "sub[",
                });
            }
            Piece::End => {
                depth = depth.checked_sub(1).expect("only what began ends");
                text.push(']');
            }
        }
    }
    assert_eq!(depth, 0, "what begins ends: {text}");
    text
}

#[test]
fn xhtml_is_shown_in_a_few_shapes() {
    let cases = [
        ("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Satu <b>dua</b></p></div>", "Satu b[dua]"),
        ("<h2>Judul</h2>teks<br/>baris<br />lagi", "p[b[Judul]]teks|baris|lagi"),
        ("<ul>\n <li>a</li>\n <li><em>b</em></li>\n</ul>", "ul[li[a]li[i[b]]]"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "ol[li[aul[li[b]]]]"),
        ("10<sup>3</sup> H<sub>2</sub>O", "10sup[3] Hsub[2]O"),
        ("a &lt;b&gt; &amp; &#x201c;c&#8221;&nbsp;d", "a <b> & “c”\u{a0}d"),
        ("lihat <a href=\"https://contoh.id/a?b=1&amp;c\">di sini</a>.", "lihat di sini (https://contoh.id/a?b=1&c)."),
        ("<a href=\"https://contoh.id\">https://contoh.id</a>", "https://contoh.id"),
        ("<a href='mailto:balai@contoh.id'>surat</a>", "surat (balai@contoh.id)"),
        ("<a href=\"#bab\">bab</a> <a href=\"ftp://x\">berkas</a>", "bab berkas"),
        ("<p style=\"color: red\" class='x' xml:lang=\"id\">merah</p>", "merah"),
        ("<p>peta: <img src=\"https://jahat.id/p.png\" alt=\"peta desa\"/></p>", "peta: peta desa"),
        ("<p/>a", "p[]a"),
        ("<div><p>a</p><p>b</p></div>", "p[a]p[b]"),
        ("<p>a</p><p>b</p>", "p[a]p[b]"),
    ];
    for (markup, shown) in cases {
        assert_eq!(xhtml(markup).as_deref(), Some(shown), "{markup}");
    }
}

#[test]
fn markdown_is_shown_in_a_few_shapes() {
    let cases = [
        ("Satu **dua** *tiga* __empat__ _lima_", "Satu b[dua] i[tiga] b[empat] i[lima]"),
        ("***semua***", "b[i[semua]]"),
        ("**a *b* c**", "b[a i[b] c]"),
        ("# Judul #\nteks\nsambung\n\nlagi", "p[b[Judul]]p[teks\nsambung]p[lagi]"),
        ("- a\n- b\n  lanjut\n\nteks", "ul[li[a]li[b\nlanjut]]p[teks]"),
        ("1. a\n2) b\n* c", "ol[li[a]li[b]]ul[li[c]]"),
        ("baris  \nbaru\\\nlagi", "baris|baru|lagi"),
        ("[di sini](https://contoh.id) ![peta](x.png) `kode`", "di sini (https://contoh.id) peta kode"),
        ("[x](javascript:alert(1))", "x)"),
        ("2 * 3 * 4, nama_file_panjang, \\*polos\\*", "2 * 3 * 4, nama_file_panjang, *polos*"),
        ("**tidak ditutup *a", "**tidak ditutup *a"),
        ("> kutipan\n\n---\n\na < b", "p[kutipan]p[a < b]"),
        ("1999. tahun\n-bukan daftar", "ol[li[tahun\n-bukan daftar]]"),
    ];
    for (markup, shown) in cases {
        assert_eq!(markdown(markup).as_deref(), Some(shown), "{markup}");
    }
}

#[test]
fn hostile_markup_leaves_the_plain_text() {
    let deep = "<div>".repeat(40) + "a" + &"</div>".repeat(40);
    let long = "<p>a</p>".repeat(4000);
    let hostile = [
        "<script>alert(1)</script>",
        "<p>a<script src=\"https://jahat.id/x.js\"></script></p>",
        "<style>*{background:url(https://jahat.id)}</style>a",
        "<p onclick=\"alert(1)\">a</p>",
        "<p ONclick='alert(1)'>a</p>",
        "<img src=\"x\" onerror=\"alert(1)\"/>a",
        "<p style=\"background: url('https://jahat.id')\">a</p>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\" JavaScript:alert(1)\">a</a>",
        "<a href=\"java&#115;cript:alert(1)\">a</a>",
        "<iframe src=\"https://jahat.id\"></iframe>",
        "<svg><animate onbegin=\"alert(1)\"/></svg>",
        "<math><mtext><p>a</p></mtext></math>",
        "<object data=\"x\">a</object>",
        "<form action=\"https://jahat.id\"><input name=\"a\"/></form>",
        "<base href=\"https://jahat.id\"/>a",
        "<link rel=\"stylesheet\" href=\"https://jahat.id/x.css\"/>a",
        "<!-- a --><p>b</p>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><p>a</p>",
        "<!DOCTYPE html><p>a</p>",
        "<p>a</b>",
        "<p>a",
        "a</p>",
        "<p",
        "<p a=b>a</p>",
        "<p a>a</p>",
        "<p a=\"b\"c=\"d\">a</p>",
        "<p a=\"<b>\">a</p>",
        "< p>a</p>",
        "</p/>",
        "<ul>a</ul>",
        "<ul><p>a</p></ul>",
        "<li>a</li>",
        "a &hellip; b",
        "a & b",
        "a &#0; b",
        "a &#x1b;[31m b",
        "a &#xd800; b",
        "   ",
        "<p> </p>",
        &deep,
        &long,
    ];
    for markup in hostile {
        assert_eq!(xhtml(markup), None, "{markup}");
    }
    for markup in
        ["a <script>alert(1)</script>", "<https://jahat.id>", "```\nkode\n```", "| a | b |", "a\n<!-- b -->", " "]
    {
        assert_eq!(markdown(markup), None, "{markup}");
    }
    assert_eq!(markdown(&"*a ".repeat(10_000)), None, "longer than any question");
}

#[test]
fn markup_follows_the_language_of_the_words() {
    let translation = |language: &str, content: &str| {
        let parts = json!([{"url": "lang", "valueCode": language}, {"url": "content", "valueString": content}]);
        json!({"url": format!("{CORE}/translation"), "extension": parts})
    };
    let markup =
        |markup: Value| with(json!({"url": format!("{CORE}/rendering-xhtml"), "valueString": "<b>Tidur</b>"}), markup);
    let with_english = json!([
        translation("en", "Sleep"),
        markup(json!({"_valueString": {"extension": [translation("en", "<b>Sleep</b>")]}}))
    ]);
    let both = text("Tidur", with_english);
    assert_eq!(both.rich("id").map(|pieces| written(&pieces)).as_deref(), Some("b[Tidur]"));
    assert_eq!(both.rich("en").map(|pieces| written(&pieces)).as_deref(), Some("b[Sleep]"));
    let own_only = text("Tidur", json!([translation("en", "Sleep"), markup(json!({}))]));
    assert_eq!(own_only.rich("id").map(|pieces| written(&pieces)).as_deref(), Some("b[Tidur]"));
    assert_eq!(own_only.rich("en"), None, "the translation has no markup, so its plain words are shown");
    assert_eq!(own_only.in_language("en"), "Sleep");
    assert_eq!(text("Tidur", json!([])).rich("id"), None);
}

fn with(mut element: Value, more: Value) -> Value {
    let more = more.as_object().expect("an object").clone();
    element.as_object_mut().expect("an object").extend(more);
    element
}

/// Pieces of markup that hostile texts are made of.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<br/>",
        "<script>",
        "</script>",
        "<a href=\"",
        "javascript:",
        "https://a.id",
        "\">",
        "\"",
        "'",
        "=",
        " on",
        "click",
        "<img src=\"",
        "/>",
        ">",
        "<",
        "&lt;",
        "&#",
        "60;",
        "&amp;",
        ";",
        "**",
        "*",
        "_",
        "__",
        "`",
        "[",
        "](",
        ")",
        "![",
        "\\",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "# ",
        "> ",
        "a",
        " ",
        "é",
        "\u{202e}",
        "\u{0}",
        "<!--",
        "-->",
        "]]>",
    ]);
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

proptest! {
    /// Whatever is written, what comes of it is well nested and not deep, and says no more than was written.
    #[test]
    fn anything_is_refused_or_well_nested(markup in prop_oneof![scraps(), any::<String>()]) {
        for shown in [xhtml(&markup), markdown(&markup)].into_iter().flatten() {
            prop_assert!(!shown.trim().is_empty());
        }
    }
}
