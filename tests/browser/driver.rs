//! A browser under WebDriver, which can be killed as a dead battery would and started again on the same profile.

use super::engine::{Engine, Options};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a state may take to come, on a slow and busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked for.
pub const PAUSE: Duration = Duration::from_millis(30);

/// A running browser and its profile.
pub struct Browser {
    engine: Engine,
    options: Options,
    home: TempDir,
    running: Option<Running>,
    /// The WebDriver session.
    pub client: Client,
}

struct Running {
    driver: Child,
    display: Option<Child>,
}

impl Browser {
    /// Starts with an empty profile.
    pub async fn start(engine: Engine) -> Self {
        Self::with(engine, Options::default()).await
    }

    /// Starts with an empty profile, in another way than usual.
    pub async fn with(engine: Engine, options: Options) -> Self {
        let home = tempfile::Builder::new().prefix("asesmen-").tempdir().expect("a folder");
        for folder in ["profile", "downloads"] {
            fs::create_dir(home.path().join(folder)).expect("a folder");
        }
        let (running, client) = open(engine, &options, home.path()).await;
        Self { engine, options, home, running: Some(running), client }
    }

    /// Which engine it is.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Kills the browser and everything it started, at once, and starts it again on what is left on the disk.
    pub async fn kill_and_restart(&mut self) {
        self.running = None;
        let (running, client) = open(self.engine, &self.options, self.home.path()).await;
        self.running = Some(running);
        self.client = client;
    }

    /// Waits for a sealed file to be downloaded whole and reads it.
    pub async fn downloaded(&self) -> (PathBuf, Vec<u8>) {
        self.downloaded_as(".asesmen.json").await
    }

    /// Waits for a file to be downloaded whole under a name with this end and reads it.
    pub async fn downloaded_as(&self, end: &str) -> (PathBuf, Vec<u8>) {
        let folder = self.home.path().join("downloads");
        let last: &[u8] = match end {
            ".png" => b"IEND\xaeB`\x82",
            ".txt" => b"\n",
            ".svg" => b"</svg>\n",
            ".ged" => b"0 TRLR\n",
            // Of five parts the last is the tag.
            ".jwe" => b"",
            _ => b"}",
        };
        let begun = Instant::now();
        loop {
            let files: Vec<PathBuf> =
                fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
            let whole = files.iter().find(|path| path.to_string_lossy().ends_with(end));
            // Browsers write under another name, or grow the file, until it is whole: it then ends as its kind does.
            if let Some((path, bytes)) = whole.and_then(|path| Some((path.clone(), fs::read(path).ok()?)))
                && bytes.ends_with(last)
                && (end != ".jwe" || bytes.rsplit(|byte| *byte == b'.').next().is_some_and(|tag| tag.len() == 22))
                && files.len() == 1
            {
                return (path, bytes);
            }
            assert!(begun.elapsed() < PATIENCE, "nothing was downloaded: {files:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.home.path()
    }
}

impl Drop for Running {
    /// The browser dies before its driver, which would otherwise close it in good order.
    fn drop(&mut self) {
        descendants(self.driver.id()).into_iter().for_each(kill_at_once);
        for child in std::iter::once(&mut self.driver).chain(self.display.as_mut()) {
            // What has ended by itself is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Opens a browser. The port that is free when it is looked for can be taken by another before the driver has it, so
/// another port is tried then.
async fn open(engine: Engine, options: &Options, home: &Path) -> (Running, Client) {
    let mut tries_left = 3;
    loop {
        tries_left -= 1;
        match try_to_open(engine, options, home).await {
            Ok(opened) => return opened,
            Err(why) => assert!(tries_left > 0, "{why}"),
        }
    }
}

async fn try_to_open(engine: Engine, options: &Options, home: &Path) -> Result<(Running, Client), String> {
    let display = (engine == Engine::WebKit).then(display);
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let mut command = engine.driver(port);
    if let Some((_, number)) = &display {
        command.env("DISPLAY", format!(":{number}"));
    }
    let driver = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let driver = driver.unwrap_or_else(|error| panic!("{command:?} does not start ({error}); `make test` installs it"));
    let mut running = Running { driver, display: display.map(|(display, _)| display) };
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Ok(Some(status)) = running.driver.try_wait() {
            return Err(format!("{command:?} ended by itself ({status})"));
        }
        if begun.elapsed() > PATIENCE {
            return Err(format!("{command:?} does not listen"));
        }
        tokio::time::sleep(PAUSE).await;
    }
    let capabilities = engine.capabilities(&home.join("profile"), &home.join("downloads"), options);
    let capabilities = capabilities.as_object().expect("an object").clone();
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await;
    match client {
        Ok(client) => Ok((running, client)),
        Err(error) => Err(format!("{command:?} opens no browser ({error})")),
    }
}

/// A screen for an engine that has no mode without one; the server picks its number and says it.
fn display() -> (Child, String) {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1300x1000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb; `make test` installs it");
    let mut number = String::new();
    let output = child.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut number).expect("a display number");
    (child, number.trim().to_owned())
}

fn descendants(ancestor: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .expect("the process table")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|process: u32| {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            // The name in brackets may hold anything, so fields count from its end: state, parent.
            let parent = stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()?;
            Some((process, parent))
        })
        .collect();
    let mut found = vec![ancestor];
    let mut at = 0;
    while let Some(&current) = found.get(at) {
        found.extend(parents.iter().filter(|(_, parent)| *parent == current).map(|(process, _)| *process));
        at += 1;
    }
    found.split_off(1)
}

fn kill_at_once(process: u32) {
    // One that ended meanwhile needs no killing.
    let _ = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
}
