//! Files as answers: photographs are made small and say nothing of where they were taken; what the form does not take is
//! refused in words.

use super::form::{Form, core, group, questionnaire};
use super::{Engine, Page, run};
use serde_json::{Value, json};
use std::fs;

in_every_engine! {
    a_photo_is_made_smaller
    a_large_photograph_becomes_small_and_upright_and_says_nothing_more
}

async fn a_photo_is_made_smaller(engine: Engine) {
    let form = Form::open(engine, 5).await;
    let picture = form.browser.folder().join("rumah.bmp");
    fs::write(&picture, wide_picture()).expect("a picture");
    let field = form.page.find("[data-linkid='photo'] input[type='file']").await;
    field.send_keys(&picture.to_string_lossy()).await.expect("a file");
    form.page.find("[data-linkid='photo'] [data-act='remove-file']").await;
    let page = form.reopen().await;
    let width = "const image = root.querySelector(\"[data-linkid='photo'] img[alt^='Foto rumah']\"); \
                 return !!image && image.naturalWidth";
    assert_eq!(page.wait("the picture", width, json!(null)).await, 1600);
    page.tap("[data-linkid='photo'] [data-act='remove-file']").await;
    page.find("[data-linkid='photo'] .file-choose").await;
    let page = form.reopen().await;
    assert!(!page.has("[data-linkid='photo'] img").await);
}

/// A bitmap of 2000 by 8 pixels.
fn wide_picture() -> Vec<u8> {
    let (width, height) = (2000_u32, 8_u32);
    let size = width * height * 3;
    let mut bytes = b"BM".to_vec();
    for number in [54 + size, 0, 54, 40, width, height, 1 | 24 << 16, 0, size, 2835, 2835, 0, 0] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(std::iter::repeat_n(0x7f, size as usize));
    bytes
}

/// Makes a photograph of 4000 by 3000 dots as a camera held upright does, red on the left and blue on the right before
/// it is turned, with the note of that turn and the place where it was taken; and gives it to a field.
const TAKE: &str = "const canvas = document.createElement('canvas'); canvas.width = 4000; canvas.height = 3000; \
    const context = canvas.getContext('2d'); \
    const dots = context.createImageData(4000, 3000); let noise = 7; \
    const whole = new Uint32Array(dots.data.buffer); \
    for (let at = 0; at < whole.length; at += 1) { \
      noise = (Math.imul(noise, 1103515245) + 12345) & 0x7fffffff; const shade = (noise >> 16) % 97; \
      const [red, blue] = at % 4000 < 2000 ? [158 + shade, shade] : [shade, 158 + shade]; \
      whole[at] = (255 << 24) | (blue << 16) | (shade << 8) | red; } \
    context.putImageData(dots, 0, 0); \
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.95)).then((blob) => blob.arrayBuffer()) \
      .then((plain) => { \
        const ascii = (text) => [...text].map((letter) => letter.charCodeAt(0)); \
        const entry = (tag, kind, count, value) => \
          [tag >> 8, tag & 255, 0, kind, 0, 0, 0, count, ...value]; \
        const tiff = [...ascii('MM'), 0, 42, 0, 0, 0, 8, 0, 3, \
          ...entry(0x010e, 2, 4, ascii('GPS\\0')), \
          ...entry(0x0112, 3, 1, [0, 6, 0, 0]), \
          ...entry(0x8825, 4, 1, [0, 0, 0, 50]), \
          0, 0, 0, 0, \
          0, 1, ...entry(1, 2, 2, [...ascii('S'), 0, 0, 0]), 0, 0, 0, 0]; \
        const exif = [...ascii('Exif'), 0, 0, ...tiff]; const size = exif.length + 2; \
        const bytes = new Uint8Array(plain); \
        const parts = [...bytes.slice(0, 2), 255, 225, size >> 8, size & 255, ...exif]; \
        const whole = new Uint8Array(parts.length + bytes.length - 2); \
        whole.set(parts); whole.set(bytes.subarray(2), parts.length); \
        const file = new File([whole], 'IMG_0001.jpg', { type: 'image/jpeg' }); \
        const given = new DataTransfer(); given.items.add(file); \
        const field = root.querySelector(args); field.files = given.files; \
        field.dispatchEvent(new Event('change', { bubbles: true })); \
        return file.size; })";

async fn a_large_photograph_becomes_small_and_upright_and_says_nothing_more(engine: Engine) {
    let form = Form::open(engine, 5).await;
    let page = &form.page;
    let size = page.script(TAKE, json!("[data-linkid='photo'] input[type='file']")).await;
    assert!(size.as_u64().is_some_and(|size| size > 1_000_000), "a photograph of some size: {size}");
    page.find("[data-linkid='photo'] [data-act='remove-file']").await;
    let page = form.reopen().await;
    let seen = "const image = root.querySelector(\"[data-linkid='photo'] img\"); \
                if (!image || !image.complete) return null; \
                const { naturalWidth: width, naturalHeight: height } = image; \
                const canvas = document.createElement('canvas'); canvas.width = width; canvas.height = height; \
                const context = canvas.getContext('2d'); context.drawImage(image, 0, 0); \
                const dot = (y) => { const [r, , b] = context.getImageData(width / 2, y, 1, 1).data; \
                  return r > b ? 'red' : 'blue' }; \
                const bytes = atob(image.src.split(',')[1]); \
                return { width, height, top: dot(height / 4), bottom: dot(height * 3 / 4), \
                  small: bytes.length < 1000000, silent: !/Exif|GPS/.test(bytes.slice(0, 2000)) }";
    let upright = json!({"width": 1200, "height": 1600, "top": "red", "bottom": "blue", "small": true, "silent": true});
    assert_eq!(page.wait("the picture", seen, json!(null)).await, upright);
}

fn file(link_id: &str, extensions: Value) -> Value {
    json!({"linkId": link_id, "type": "attachment", "text": link_id, "extension": extensions})
}

/// What is said beside a field once a file was given to it.
async fn refusal(form: &Form, link_id: &str, name: &str, bytes: &[u8]) -> String {
    let path = form.browser.folder().join(name);
    fs::write(&path, bytes).expect("a file");
    let field = form.page.find(&format!("[data-linkid='{link_id}'] input[type='file']")).await;
    field.send_keys(&path.to_string_lossy()).await.expect("a file");
    let said = "return root.querySelector(`[data-linkid='${args}'] .file .problem`)?.textContent";
    said_of(&form.page, said, link_id).await
}

async fn said_of(page: &Page, script: &str, link_id: &str) -> String {
    page.wait("a word about the file", script, json!(link_id)).await.as_str().expect("words").to_owned()
}

#[test]
fn what_the_form_does_not_take_is_refused_in_words() {
    run(|| async {
        let photo = json!([core("mimeType", "valueCode", json!("image/jpeg"))]);
        let paper =
            json!([core("mimeType", "valueCode", json!("text/plain")), core("maxSize", "valueDecimal", json!(1000))]);
        let items = json!([group("berkas", json!([file("foto", photo), file("surat", paper)]))]);
        let form = Form::of(Engine::Chromium, &questionnaire(items), 1).await;
        let said = refusal(&form, "foto", "surat.txt", b"Kepada Yth.").await;
        assert!(said.contains("text/plain") && said.contains("image/jpeg"), "{said}");
        let said = refusal(&form, "foto", "rusak.jpg", b"ini bukan gambar").await;
        assert!(said.contains("tidak dapat menampilkan"), "{said}");
        let said = refusal(&form, "surat", "panjang.txt", &[b'a'; 1001]).await;
        assert!(said.contains("1 kB") && said.contains("tetap aman"), "{said}");
        form.page.saved().await;
        assert!(!form.page.has("[data-act='remove-file']").await, "nothing of it was taken");
        let path = form.browser.folder().join("pendek.txt");
        fs::write(&path, [b'a'; 1000]).expect("a file");
        let field = form.page.find("[data-linkid='surat'] input[type='file']").await;
        field.send_keys(&path.to_string_lossy()).await.expect("a file");
        form.page.shows("[data-linkid='surat'] .file-name", "pendek.txt").await;
    });
}
