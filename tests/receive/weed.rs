//! SeaweedFS, a store that speaks S3 and that others wrote, as a process of its own.

use crate::cli::folder::Folder;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ACCOUNT: &str = r#"{"identities":[{"name":"asesmen","actions":["Admin","Read","List","Write"],
    "credentials":[{"accessKey":"ASESMEN","secretKey":"rahasia-contoh"}]}]}"#;

/// A running store; it ends with the test, and keeps its data in the folder.
pub struct Weed {
    child: Child,
    port: u16,
    /// The port that speaks TLS, and whose word its certificate stands on.
    secure: Option<(u16, PathBuf)>,
}

impl Weed {
    /// Starts one whose data lies in a folder, where it goes on from what is there.
    pub fn start(folder: &Path) -> Self {
        Self::started(folder, None)
    }

    /// Starts one that is to be spoken to by TLS, with a certificate of an authority of its own.
    pub fn start_secure(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let steps = [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Otoritas",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout s.key -out s.csr -subj /CN=penyimpanan",
            "x509 -req -in s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out s.pem",
        ];
        std::fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1\n").expect("a file");
        for step in steps {
            let ended = Command::new("openssl").args(step.split(' ')).current_dir(folder).output().expect("openssl");
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        Self::started(folder, Some(folder.join("ca.pem")))
    }

    fn started(folder: &Path, authority: Option<PathBuf>) -> Self {
        let program =
            std::env::var("WEED").unwrap_or_else(|_| panic!("WEED is not set; run the tests with `make test`"));
        std::fs::create_dir_all(folder.join("data")).expect("a folder");
        std::fs::write(folder.join("account.json"), ACCOUNT).expect("a file");
        // All are held at once, so that no two are the same.
        let held: Vec<TcpListener> = (0..9).map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
        let ports: Vec<u16> = held.iter().map(|port| port.local_addr().expect("bound").port()).collect();
        let names = [
            "master.port",
            "master.port.grpc",
            "volume.port",
            "volume.port.grpc",
            "filer.port",
            "filer.port.grpc",
            "s3.port",
            "s3.port.grpc",
        ];
        let mut command = Command::new(program);
        command.args(["server", "-s3", "-s3.autoCreateBucket", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]);
        command.args([
            "-master.telemetry=false",
            "-master.volumeSizeLimitMB=64",
            "-volume.max=30",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
        ]);
        command.arg(format!("-dir={}", folder.join("data").display()));
        command.arg(format!("-s3.config={}", folder.join("account.json").display()));
        command.args(names.iter().zip(&ports).map(|(name, port)| format!("-{name}={port}")));
        if authority.is_some() {
            command.arg(format!("-s3.cert.file={}", folder.join("s.pem").display()));
            command.arg(format!("-s3.key.file={}", folder.join("s.key").display()));
            command.arg(format!("-s3.port.https={}", ports[8]));
        }
        let log = File::create(folder.join("weed.log")).expect("a log");
        command.stdout(Stdio::null()).stderr(log);
        drop(held);
        let secure = authority.map(|authority| (ports[8], authority));
        let weed = Self { child: command.spawn().expect("SeaweedFS starts"), port: ports[6], secure };
        weed.wait();
        weed
    }

    /// Waits until it has taken an object, which it does a moment after it listens.
    fn wait(&self) {
        let begun = Instant::now();
        let address = format!("127.0.0.1:{}", self.port);
        loop {
            let answer = super::server::ask(&address, "GET", "/healthz", "", b"");
            if answer.is_some_and(|answer| answer.status == 200) && self.takes_objects() {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "SeaweedFS does not get ready");
            std::thread::yield_now();
        }
    }

    /// Whether a receiver can start on it, which writes, reads, creates and deletes.
    fn takes_objects(&self) -> bool {
        let folder = Folder::new(&[]);
        let mut command = crate::cli::folder::program();
        command.args(["receive", "--store", "s3://tries/x"]).current_dir(folder.path());
        // It cannot listen there, and says so once the store was opened.
        command.args(["--addr", "192.0.2.1:1"]).args(["--key", "key.pem"]).envs(self.environment());
        let ended = command.output().expect("the program starts");
        String::from_utf8_lossy(&ended.stderr).contains("192.0.2.1")
    }

    /// What a receiver has to be told to find it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let (endpoint, means) = match &self.secure {
            None => (format!("http://127.0.0.1:{}", self.port), ("AWS_ALLOW_HTTP", "true")),
            Some((port, authority)) => {
                (format!("https://127.0.0.1:{port}"), ("AWS_CA_BUNDLE", authority.to_str().expect("UTF-8")))
            }
        };
        let pairs = [
            ("AWS_ENDPOINT", endpoint.as_str()),
            means,
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "ASESMEN"),
            ("AWS_SECRET_ACCESS_KEY", "rahasia-contoh"),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }
}

impl Drop for Weed {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        let _ = self.child.wait();
    }
}
