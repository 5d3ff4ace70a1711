//! What the editors of drawings say, in both languages. They stand here and not in the catalogue, as they come with the
//! part of the module that draws.

use crate::app::Locale;
use crate::diagram::kin::Kin;
use crate::diagram::{Sex, Term};
use crate::ui::dispatch::Ui;
use crate::ui::i18n::fill;
use crate::wording;

macro_rules! says {
    ($($(#[$doc:meta])* $key:ident [$id:literal, $en:literal],)*) => {
        /// Something that an editor says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Said { $($(#[$doc])* $key,)* }

        const fn both(said: Said) -> [&'static str; 2] {
            match said { $(Said::$key => [$id, $en],)* }
        }
    };
}

says! {
    Picture ["Gambar", "Picture"],
    Lists ["Daftar", "Lists"],
    Views ["Gambar atau daftar", "Picture or lists"],
    Undo ["Urungkan", "Undo"],
    Redo ["Ulangi", "Redo"],
    Larger ["Perbesar", "Larger"],
    Smaller ["Perkecil", "Smaller"],
    Fit ["Tampilkan semua", "Show all"],
    Tools ["Alat gambar", "Drawing tools"],
    ShowViolence ["Tampilkan garis kekerasan", "Show lines of violence"],
    HideViolence ["Sembunyikan garis kekerasan", "Hide lines of violence"],
    TouchHint ["Ketuk seseorang untuk menambah keluarganya. Geser dengan satu jari, perbesar dengan dua jari. Orang yang terpilih dapat digeser ke kiri dan ke kanan.", "Tap a person to add their family. Move with one finger, zoom with two. Whoever is chosen can be moved to the left and right."],
    KeyHint ["Tombol panah mengikuti hubungan keluarga: atas ke orang tua, bawah ke anak, kiri dan kanan ke sebelahnya. Enter memilih; Shift dengan panah menggeser orangnya.", "Arrow keys follow kinship: up to parents, down to children, left and right to who stands beside. Enter chooses; Shift with an arrow moves the person."],
    ThreeGenerations ["Tiga generasi tercakup", "Three generations covered"],
    CoveredYes ["ya", "yes"],
    CoveredPartly ["sebagian", "partly"],
    SummaryOf ["{0} orang, {1} pasangan, dalam {2} generasi.", "{0} people, {1} couples, in {2} generations."],
    NotDrawn ["Keluarga ini tidak dapat digambar.", "No drawing can be made of this family."],
    OwnAncestors ["Orang-orang ini menjadi leluhurnya sendiri: {0}.", "These people would be their own ancestors: {0}."],
    NotMade ["Ikatan itu tidak dibuat.", "That tie was not made."],
    FamilySafe ["Aman: keluarga yang sudah digambar tidak berubah.", "Safe: the family drawn so far has not changed."],
    LookAtParents ["Periksa siapa orang tua dari siapa, lalu hubungkan sekali lagi.", "Check who is the parent of whom, and link again."],
    TooManyPeople ["Gambar ini tidak dapat menampung lebih banyak orang.", "This drawing has no room for more people."],
    Earlier ["Kasus ini sudah punya genogram sebelumnya.", "This case has an earlier genogram."],
    Continue ["Lanjutkan dari yang sebelumnya", "Go on from the earlier one"],
    PutAway ["Tutup pesan", "Close message"],
    Out ["Simpan gambar", "Save the drawing"],
    AboutMap ["Tentang peta ini", "About this map"],
    AddSystem ["Tambah pihak", "Add a system"],
    OtherKind ["Lainnya", "Other"],
    ChooseSystem ["Ketuk satu pihak pada gambar, atau tambahkan yang baru.", "Tap a system in the picture, or add a new one."],
    RemoveSystem ["Hapus pihak ini", "Remove this system"],
    FlowIn ["bantuan ke klien", "help goes to the client"],
    FlowOut ["bantuan dari klien", "help goes from the client"],
    FlowBoth ["bantuan dua arah", "help goes both ways"],
    FlowNone ["tidak ada bantuan", "no help either way"],
    OutAndIn ["Simpan gambar atau ambil dari berkas", "Save the drawing, or take one from a file"],
    OutHint ["Berkas ini tidak terkunci. Simpan hanya di tempat yang aman.", "These files are not locked. Keep them only where they are safe."],
    SaveSvg ["Gambar (SVG)", "Drawing (SVG)"],
    SavePng ["Gambar (PNG)", "Picture (PNG)"],
    PrintA4 ["Cetak di A4", "Print on A4"],
    PrintA3 ["Cetak di A3", "Print on A3"],
    NotPrinted ["Gambar tidak dapat dicetak di peramban ini. Isiannya aman. Coba simpan sebagai PNG lalu cetak berkas itu.", "This browser could not print the picture. What was entered is safe. Try saving as PNG and print that file."],
    SaveGedcom ["Silsilah (GEDCOM 7)", "Family tree (GEDCOM 7)"],
    NotPainted ["Gambar tidak dapat dibuat di peramban ini. Isiannya aman. Coba simpan sebagai SVG.", "This browser could not make the picture. What was entered is safe. Try saving as SVG."],
    FromGedcom ["Ambil keluarga dari berkas GEDCOM", "Take a family from a GEDCOM file"],
    FileUnread ["Berkas itu tidak dapat dibaca.", "That file could not be read."],
    NotGedcom ["Berkas itu bukan GEDCOM.", "That file is not GEDCOM."],
    Gedzip ["Berkas itu masih terbungkus (ZIP). Buka dahulu, lalu pilih berkas gedcom.ged di dalamnya.", "That file is packed (ZIP). Unpack it, then choose the file gedcom.ged inside."],
    GedcomTooLarge ["Berkas itu terlalu besar untuk digambar.", "That file is too large to be drawn."],
    OtherFile ["Pilih berkas lain, atau minta berkas GEDCOM 5.5.1 atau 7.", "Choose another file, or ask for GEDCOM 5.5.1 or 7."],
    InFile ["Dalam berkas: {0}", "In the file: {0}"],
    WouldBring ["Akan dimasukkan: {0}", "Will be brought in: {0}"],
    WhoIsClient ["Siapa klien dalam berkas ini?", "Who in this file is the client?"],
    NotInFile ["Klien tidak ada dalam berkas", "The client is not in the file"],
    AllOfFile ["Masukkan semua orang, bukan hanya dua generasi ke atas dan ke bawah klien", "Bring in everybody, not only two generations above and below the client"],
    BringIn ["Masukkan", "Bring in"],
    Changed ["Yang diubah atau tidak diambil: {0}", "Changed or left out: {0}"],
    MoreNotes ["dan {0} lagi", "and {0} more"],
    MendLists ["Isiannya aman. Buka Daftar dan perbaiki ikatannya, atau tekan Urungkan.", "What was entered is safe. Open Lists and mend the tie, or press Undo."],
    Unnamed ["Tanpa nama", "No name yet"],
    Client ["klien", "client"],
    AddPartner ["Pasangan", "Partner"],
    AddParents ["Orang tua", "Parents"],
    AddOtherParents ["Orang tua lain", "Other parents"],
    AddSibling ["Saudara", "Sibling"],
    AddChild ["Anak", "Child"],
    AddTwin ["Kembar", "Twin"],
    AddOf ["Tambah untuk {0}", "Add for {0}"],
    ChildWith ["Anak dengan siapa?", "Child with whom?"],
    With ["Dengan {0}", "With {0}"],
    Alone ["Orang tua lain tidak diketahui", "Other parent not known"],
    TwinKind ["Kembar seperti apa?", "What kind of twins?"],
    TwinIdentical ["Identik", "Identical"],
    TwinOther ["Tidak identik", "Not identical"],
    Cancel ["Batal", "Cancel"],
    Link ["Hubungkan dengan orang lain", "Link with somebody else"],
    LinkWhom ["Dengan siapa", "With whom"],
    LinkAs ["Sebagai apa", "As what"],
    LinkNow ["Hubungkan", "Link"],
    Choose ["Pilih…", "Choose…"],
    Kinship ["Keluarga", "Family"],
    Feelings ["Mutu hubungan", "Quality of the tie"],
    LinkPartner ["{0} pasangannya", "{0} is the partner"],
    LinkParent ["{0} orang tuanya", "{0} is the parent"],
    LinkChild ["{0} anaknya", "{0} is the child"],
    FeelTowards ["{0}: {1} {2}", "{0}: {1} {2}"],
    MoreAbout ["Keterangan lain", "More about them"],
    AllEntries ["Semua isian", "All entries"],
    Legend ["Keterangan gambar", "What the signs mean"],
    TiesOf ["Ikatan", "Ties"],
    CoupleWith ["Pasangan: {0}", "Partner: {0}"],
    ChildOf ["Anak dari {0}", "Child of {0}"],
    ParentOf ["Orang tua dari {0}", "Parent of {0}"],
    NobodyKnown ["tidak diketahui", "not known"],
    RemoveTie ["Hapus ikatan ini", "Remove this tie"],
    Placing ["Letak di gambar", "Place in the picture"],
    MoveLeft ["Geser ke kiri", "Move left"],
    MoveRight ["Geser ke kanan", "Move right"],
    MoveBack ["Kembalikan letaknya", "Put back in place"],
    RemovePerson ["Hapus orang ini", "Remove this person"],
    RemoveAsk ["Hapus {0}? Ikatan yang ikut hilang: {1}. Dapat diurungkan.", "Remove {0}? Ties that go as well: {1}. It can be undone."],
    RemoveYes ["Ya, hapus", "Yes, remove"],
    ChooseFirst ["Belum ada orang yang dipilih.", "Nobody is chosen yet."],
    Born ["lahir {0}", "born {0}"],
    Aged ["{0} tahun", "aged {0}"],
    HasDied ["meninggal", "has died"],
    And ["{0} dan {1}", "{0} and {1}"],
    FamilyTree ["Keluarga menurut garis keturunan", "The family by descent"],
    Drawing ["Genogram. {0}", "Genogram. {0}"],
}

/// What is said, in the language in force.
pub fn said(ui: Ui, said: Said) -> &'static str {
    let [id, en] = both(said);
    if is_english(ui) { en } else { id }
}

/// The same with its blanks filled.
pub fn filled(ui: Ui, words: Said, arguments: &[&str]) -> String {
    fill(said(ui, words), arguments)
}

fn is_english(ui: Ui) -> bool {
    ui.locale() == Locale::En
}

/// The language in force, as drawings name it.
pub fn language(ui: Ui) -> wording::Language {
    if is_english(ui) { wording::Language::En } else { wording::Language::Id }
}

/// The word of the legend for a term.
pub fn term(ui: Ui, term: impl Into<Term>) -> &'static str {
    wording::word(language(ui), term.into())
}

/// What somebody is to the client.
pub fn kin(ui: Ui, kin: Kin, sex: Sex) -> &'static str {
    let [id, en] = match (kin, sex) {
        (Kin::Parent, Sex::Male) => ["ayah", "father"],
        (Kin::Parent, Sex::Female) => ["ibu", "mother"],
        (Kin::Parent, _) => ["orang tua", "parent"],
        (Kin::Grandparent, Sex::Male) => ["kakek", "grandfather"],
        (Kin::Grandparent, Sex::Female) => ["nenek", "grandmother"],
        (Kin::Grandparent, _) => ["kakek atau nenek", "grandparent"],
        (Kin::Child, Sex::Male) => ["anak laki-laki", "son"],
        (Kin::Child, Sex::Female) => ["anak perempuan", "daughter"],
        (Kin::Child, _) => ["anak", "child"],
        (Kin::Grandchild, _) => ["cucu", "grandchild"],
        (Kin::Sibling, Sex::Male) => ["saudara laki-laki", "brother"],
        (Kin::Sibling, Sex::Female) => ["saudara perempuan", "sister"],
        (Kin::Sibling, _) => ["saudara", "sibling"],
        (Kin::HalfSibling, _) => ["saudara seayah atau seibu", "half-sibling"],
        (Kin::Partner, _) => ["pasangan", "partner"],
        (Kin::FormerPartner, _) => ["pasangan dahulu", "former partner"],
        (Kin::ParentSibling, Sex::Male) => ["paman", "uncle"],
        (Kin::ParentSibling, Sex::Female) => ["bibi", "aunt"],
        (Kin::ParentSibling, _) => ["paman atau bibi", "aunt or uncle"],
        (Kin::SiblingChild, _) => ["keponakan", "niece or nephew"],
        (Kin::Cousin, _) => ["sepupu", "cousin"],
        (Kin::PartnerKin, _) => ["keluarga pasangan", "partner's family"],
        (Kin::Other, _) => ["keluarga lain", "other family"],
    };
    if is_english(ui) { en } else { id }
}
