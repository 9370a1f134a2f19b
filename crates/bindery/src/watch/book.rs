//! The book beside the exercise: its server is started once, told which page to open next,
//! and ended with `watch`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{ChildStdin, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use builder::Running;

use crate::read;
use crate::trouble::Trouble;
use crate::watch::post::{News, Post};

/// The server, when somebody has asked for the book.
pub struct Book {
    root: PathBuf,
    post: Post,
    served: Option<Served>,
}

struct Served {
    running: Arc<Running>,
    pages: Arc<Mutex<Pages>>,
    thread: JoinHandle<()>,
}

/// Where the next page goes: it may have to wait until the server has been compiled.
enum Pages {
    Waiting(String),
    To(ChildStdin),
    Nowhere,
}

impl Book {
    pub fn new(root: PathBuf, post: Post) -> Book {
        Book {
            root,
            post,
            served: None,
        }
    }

    /// Opens the book at the page of this exercise.
    pub fn show(&mut self, id: &str) {
        let page = format!("exercises/{id}");
        let told = self.served.as_ref().is_some_and(|s| s.tell(&page));
        if !told {
            self.end();
            self.served = Some(Served::start(self.root.clone(), page, self.post.clone()));
        }
    }

    fn end(&mut self) {
        if let Some(served) = self.served.take() {
            served.running.end();
            let _ = served.thread.join();
        }
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        self.end();
    }
}

impl Served {
    fn start(root: PathBuf, page: String, post: Post) -> Served {
        let running = Arc::new(Running::apart());
        let pages = Arc::new(Mutex::new(Pages::Waiting(page)));
        let (mine, next) = (running.clone(), pages.clone());
        // The thread stays as long as the server: Linux ends a process with the thread that
        // started it.
        let thread = std::thread::spawn(move || {
            let outcome = serve(root, &mine, &next, &post);
            *next.lock().expect("nobody panics while holding it") = Pages::Nowhere;
            if let Err(trouble) = outcome
                && !mine.has_ended()
            {
                post.send(News::Book(Err(trouble)));
            }
        });
        Served {
            running,
            pages,
            thread,
        }
    }

    /// Whether somebody is there to open it.
    fn tell(&self, page: &str) -> bool {
        match &mut *self.pages.lock().expect("nobody panics while holding it") {
            Pages::Waiting(waiting) => {
                page.clone_into(waiting);
                true
            }
            Pages::To(server) => writeln!(server, "{page}").is_ok(),
            Pages::Nowhere => false,
        }
    }
}

fn serve(
    root: PathBuf,
    running: &Running,
    pages: &Mutex<Pages>,
    post: &Post,
) -> Result<(), Trouble> {
    let program = read::compiled_quietly(&root, running)?;
    let mut command = std::process::Command::new(program);
    command
        .arg("--root")
        .arg(&root)
        .arg("--pages")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let stopped =
        |e: std::io::Error| Trouble::new(format!("the book cannot be served: {e}"), "try again");
    let mut server = running.spawn(&mut command).map_err(stopped)?;
    let (stdin, stdout, stderr) = (
        server.stdin.take(),
        server.stdout.take(),
        server.stderr.take(),
    );
    // Read meanwhile, so that a server that complains a lot is not held up.
    let complaints = std::thread::spawn(move || stderr.map(std::io::read_to_string));
    if let Some(mut stdin) = stdin {
        let mut pages = pages.lock().expect("nobody panics while holding it");
        if let Pages::Waiting(page) = &*pages {
            let _ = writeln!(stdin, "{page}");
        }
        *pages = Pages::To(stdin);
    }
    for line in stdout
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufReader::lines)
    {
        let line = line.unwrap_or_default();
        if let Some(address) = line.strip_prefix("It is at ") {
            post.send(News::Book(Ok(address.to_owned())));
        }
    }
    let status = running.wait(&mut server).map_err(stopped)?;
    let said = complaints.join().ok().flatten().and_then(Result::ok);
    match status.success() {
        true => Ok(()),
        false => Err(Trouble::new(
            format!(
                "the book's server has ended: {}",
                said.unwrap_or_default().trim()
            ),
            format!("run `{} read` to see more", crate::screen::me()),
        )),
    }
}
