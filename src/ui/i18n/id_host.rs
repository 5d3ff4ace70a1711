//! Bahasa Indonesia: what is said to the host of a form.

/// Adds the texts to a catalogue that another file adds more to.
macro_rules! with_host {
    ($more:ident! { $catalogue:ident! { $($texts:tt)* } }) => { $more! { $catalogue! {
        $($texts)*
        HappenedFormNotTaken => "Formulir dari halaman ini tidak dapat dipakai. Sebabnya tertulis di bawah ini.",
        HappenedResponseNotTaken => "Jawaban dari halaman ini tidak dapat dibuka di formulir ini. Sebabnya tertulis di bawah ini.",
        HappenedContextNotTaken => "Keterangan awal dari halaman ini tidak dapat dibaca.",
        SafeHosted => "Aman: yang sudah ada di formulir ini tidak berubah.",
        TodoHost => "Tunjukkan ini kepada pengelola halaman.",
        ReadNotAResponse => "Ini bukan QuestionnaireResponse FHIR R4 (resourceType “{0}”).",
        ReadTooLarge => "Jawaban ini meminta lebih banyak daripada yang dapat dijalankan di tablet.",
        ReadOtherForm => "Jawaban ini untuk formulir lain: {0}, bukan {1}.",
        MisfitNoList => "“{0}” bukan daftar elemen",
        MisfitNoLinkId => "ada butir tanpa linkId",
        MisfitUnknown => "formulir tidak mempunyai butir “{0}”",
        MisfitMisplaced => "butir “{0}” tidak pada tempatnya",
        MisfitRepeated => "butir “{0}” ada {1} kali, padahal tidak berulang",
        MisfitSeveral => "ada beberapa jawaban, padahal pertanyaannya menerima satu",
        MisfitNoQuestion => "ada jawaban, padahal butirnya bukan pertanyaan",
        MisfitBeside => "butir di bawah pertanyaan harus berada di dalam jawabannya",
        MisfitNoValue => "ada jawaban tanpa nilai",
        MisfitSeveralValues => "ada jawaban dengan beberapa nilai",
        MisfitType => "jenis jawaban berbeda dari yang diminta",
        MisfitText => "teksnya bukan teks formulir ini",
        AlsoLook => "Sebaiknya dilihat sekali lagi",
    } } };
}

pub(super) use with_host;
