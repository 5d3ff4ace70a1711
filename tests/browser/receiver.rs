//! The real receiver, which also hands out the app, on an address that it keeps when it is killed and started anew.

use super::Server;
use crate::cli::folder::{Folder, program};
use crate::receive::server::ask;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

pub struct Receiver {
    child: Child,
    folder: PathBuf,
    app: PathBuf,
    options: Vec<String>,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Receiver {
    /// Starts one; store, key and log lie in the folder.
    pub fn start(folder: &Folder, options: &[&str]) -> Self {
        Self::handing_out(folder, &Server::bundle(), options)
    }

    /// The same, with other pages than the app's own.
    pub fn handing_out(folder: &Folder, app: &Path, options: &[&str]) -> Self {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let (folder, app) = (folder.path().to_owned(), app.to_owned());
        let (child, address) = run(&folder, &app, &options, "127.0.0.1:0");
        Self { child, folder, app, options, address }
    }

    /// Kills it at once, as a crash does, and starts it on the same address.
    pub fn restart(&mut self) {
        self.kill();
        (self.child, _) = run(&self.folder, &self.app, &self.options, &self.address);
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Who it says it is.
    pub fn who(&self) -> Value {
        ask(&self.address, "GET", "/receiver", "", b"").expect("an answer").json()
    }

    /// How many submissions it lists.
    pub fn listed(&self) -> usize {
        let (mut count, mut after) = (0, String::new());
        loop {
            let path = format!("/submissions?limit=1000{after}");
            let page = ask(&self.address, "GET", &path, "", b"").expect("an answer").json();
            count += page["items"].as_array().map_or(0, Vec::len);
            match page["next"].as_str() {
                Some(next) => after = format!("&after={}", next.replace('/', "%2F")),
                None => return count,
            }
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.kill();
    }
}

fn run(folder: &Path, app: &Path, options: &Vec<String>, address: &str) -> (Child, String) {
    let log = File::options().create(true).append(true).open(folder.join("log")).expect("a log");
    let mut command = program();
    command.args([
        "receive",
        "--rate",
        "0",
        "--addr",
        address,
        "--name",
        "Portal Contoh",
        "--organisation",
        "Dinas Contoh",
    ]);
    command.arg("--store").arg(folder.join("store")).arg("--key").arg(folder.join("key.pem"));
    command.arg("--app").arg(app).args(options);
    let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
    let (mut line, mut rest) = (String::new(), String::new());
    let mut said = BufReader::new(child.stdout.take().expect("piped"));
    said.read_line(&mut line).expect("UTF-8");
    // The second and last line is waited for as well: a program that cannot finish speaking ends.
    said.read_line(&mut rest).expect("UTF-8");
    let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
    assert!(!address.is_empty(), "the receiver does not start; is dist/ built?");
    (child, address)
}
