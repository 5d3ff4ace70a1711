//! The real server on a port of its own, which can be stopped and started again.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if old.is_dir() {
            copy(&old, &new);
        } else {
            fs::copy(&old, &new).expect("a copy");
        }
    }
}

/// A running `asesmen serve`.
pub struct Server {
    child: Option<Child>,
    folder: PathBuf,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
}

impl Server {
    /// The folder of the built app.
    pub fn bundle() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("dist")
    }

    /// Serves the built app.
    pub fn start() -> Self {
        Self::of(&Self::bundle())
    }

    /// Serves a folder.
    pub fn of(folder: &Path) -> Self {
        let mut server = Self { child: None, folder: folder.to_owned(), origin: "http://127.0.0.1:0".to_owned() };
        server.resume();
        server
    }

    /// Stops it; nobody answers on its address any more.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("the server runs");
            child.wait().expect("the server ends");
        }
    }

    /// Starts it again on the same address.
    pub fn resume(&mut self) {
        let address = self.origin.trim_start_matches("http://");
        let mut child = Command::new(env!("CARGO_BIN_EXE_asesmen"))
            .args(["serve", "--addr", address, "--dir"])
            .arg(&self.folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("a line that names the address");
        self.origin = line.trim().rsplit(' ').next().expect("an address").to_owned();
        assert!(self.origin.starts_with("http://"), "the server said {line:?}; is dist/ built?");
        self.child = Some(child);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
