//! Where an attack leaves a trace when it succeeds: a secret that it may tell, places that it
//! may write to, and sockets on which somebody listens.

use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grader::model::Judgement;
use tempfile::TempDir;

use crate::attack::Attack;

/// What no student may ever read.
const CANARY: &str = "canary-4f2c9a";
/// What the grader's own environment holds.
pub const VARIABLE: &str = "BINDERY_CANARY";

pub struct Traps {
    folder: TempDir,
    places: Vec<PathBuf>,
    ports: (u16, u16),
    heard: Arc<Mutex<String>>,
    key: u32,
    /// Left open for every child that does not close it.
    _inherited: OwnedFd,
}

impl Traps {
    /// These places are somebody's whom no answer may touch.
    pub fn set(places: &[PathBuf]) -> Traps {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, format!("{CANARY}\n")).unwrap();
        let inherited: OwnedFd = std::fs::File::open(&secret).unwrap().into();
        let open = rustix::io::FdFlags::empty();
        rustix::io::fcntl_setfd(&inherited, open).unwrap();
        let heard: Arc<Mutex<String>> = Arc::default();
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let ports = (
            tcp.local_addr().unwrap().port(),
            udp.local_addr().unwrap().port(),
        );
        let key = std::process::id() << 8 | inherited.as_raw_fd() as u32;
        let name = SocketAddr::from_abstract_name(mark(key)).unwrap();
        let by_name = UnixListener::bind_addr(&name).unwrap();
        let by_path = UnixListener::bind(folder.path().join("socket")).unwrap();
        listen(&heard, move || Some(tcp.accept().ok()?.0));
        listen(&heard, move || Some(by_name.accept().ok()?.0));
        listen(&heard, move || Some(by_path.accept().ok()?.0));
        let hear = heard.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 256];
            while let Ok(length) = udp.recv(&mut buffer) {
                let said = String::from_utf8_lossy(&buffer[..length]);
                hear.lock().unwrap().push_str(&format!("{said}\n"));
            }
        });
        let mut places = places.to_vec();
        places.push(folder.path().to_owned());
        Traps {
            folder,
            places,
            ports,
            heard,
            key,
            _inherited: inherited,
        }
    }

    /// The attack, told where the traps are: it knows more than a student could.
    pub fn told(&self, name: &str, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        let places: Vec<_> = self.places.iter().map(|p| p.to_string_lossy()).collect();
        text.replace("@NAME@", name)
            .replace("@SECRET@", &format!("{folder}/secret"))
            .replace("@TRAPS@", &folder)
            .replace("@PLACES@", &places.join(":"))
            .replace("@TCP@", &self.ports.0.to_string())
            .replace("@UDP@", &self.ports.1.to_string())
            .replace("@MARK@", &mark(self.key))
            .replace("@KEY@", &self.key.to_string())
            .replace("@PID@", &std::process::id().to_string())
    }

    /// In which ways it has succeeded.
    pub fn sprung_by(&self, name: &str, judgement: &Judgement) -> Vec<String> {
        let mut ways = Vec::new();
        let said = serde_json::to_string(judgement).unwrap();
        for secret in [CANARY, "won: "] {
            if let Some(at) = said.find(secret) {
                let rest: String = said[at..].chars().take(100).collect();
                ways.push(format!("says {rest}"));
            }
        }
        for place in &self.places {
            let trace = place.join(format!("{name}.trace"));
            if trace.symlink_metadata().is_ok() {
                ways.push(format!("wrote {}", trace.display()));
                let _ = std::fs::remove_file(trace);
            }
        }
        if self.heard.lock().unwrap().lines().any(|line| line == name) {
            ways.push("was heard outside".to_owned());
        }
        ways
    }

    /// Removes what is left behind where there is no jail.
    pub fn clean(&self) {
        for folder in [std::env::temp_dir(), "/tmp".into(), "/dev/shm".into()] {
            let _ = std::fs::remove_file(folder.join(mark(self.key)));
        }
        let _ = std::process::Command::new("ipcrm")
            .args(["-M", &self.key.to_string()])
            .output();
    }
}

/// The variable that holds it, for whoever is given the grader's own environment.
pub fn put_into_the_environment() {
    // SAFETY: nothing else runs in this process yet that reads or writes the environment.
    unsafe { std::env::set_var(VARIABLE, CANARY) };
}

fn mark(key: u32) -> String {
    format!("bindery-attack-{key}")
}

fn listen<S: Read + Send + 'static>(
    heard: &Arc<Mutex<String>>,
    mut accept: impl FnMut() -> Option<S> + Send + 'static,
) {
    let heard = heard.clone();
    std::thread::spawn(move || {
        while let Some(stream) = accept() {
            let mut said = String::new();
            let _ = stream.take(256).read_to_string(&mut said);
            heard.lock().unwrap().push_str(&format!("{said}\n"));
        }
    });
}

/// What is left of strangers: their processes, by what they were started with, and their files.
pub fn left_in(scratch: &Path) -> Vec<String> {
    let mut left = Vec::new();
    for _ in 0..40 {
        left = processes_of(scratch)
            .into_iter()
            .map(|pid| format!("process {pid}"))
            .collect();
        let files = scratch.read_dir().into_iter().flatten().flatten();
        left.extend(files.map(|file| format!("file {:?}", file.path())));
        if left.is_empty() {
            break;
        }
        // The kernel takes a moment to bury the dead.
        std::thread::sleep(Duration::from_millis(50));
    }
    left
}

/// Who was started with something from this folder.
pub fn processes_of(folder: &Path) -> Vec<u32> {
    let folder = folder.as_os_str().as_encoded_bytes();
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| {
        let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        command.windows(folder.len()).any(|part| part == folder)
    })
    .collect()
}

/// Attacks as they are handed in.
pub fn told<'a>(traps: &Traps, attacks: impl Iterator<Item = &'a Attack>) -> Vec<(Attack, String)> {
    let told = attacks.map(|attack| (attack.clone(), traps.told(&attack.name, &attack.text)));
    told.collect()
}
