//! Somebody else's pages, with the component on them.

use super::Server;
use std::path::Path;
use tempfile::TempDir;

/// A portal that serves the component from one of its folders and uses it on pages in another.
pub struct Portal {
    pub server: Server,
    folder: TempDir,
}

impl Portal {
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("asesmen-portal-").tempdir().expect("a folder");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/host");
        super::server::copy(&Server::bundle(), &folder.path().join("komponen/asesmen"));
        super::server::copy(&fixture, &folder.path().join("kasus"));
        std::fs::rename(folder.path().join("kasus/index.html"), folder.path().join("index.html")).expect("a page");
        Self { server: Server::of(folder.path()), folder }
    }

    /// What it serves.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A page with two apps.
    pub fn page(&self) -> String {
        format!("{}/kasus/halaman.html?berkas=7#riwayat", self.server.origin)
    }

    /// A page with two forms.
    pub fn forms(&self) -> String {
        format!("{}/kasus/formulir.html?berkas=7#riwayat", self.server.origin)
    }

    /// The app's own page, on the same portal.
    pub fn own_page(&self) -> String {
        format!("{}/komponen/asesmen/index.html", self.server.origin)
    }
}
