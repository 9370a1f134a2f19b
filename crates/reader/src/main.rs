//! `bindery read`, as a program of its own, so that nobody waits for mdBook and a web
//! server to be compiled who only wants to check an exercise.

use std::future::pending;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use reader::{Book, ReadError, Replaced, Shop, Watcher};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Builds the book, serves it to this machine alone, and builds it again when a file changes.
#[derive(Parser)]
#[command(name = "bindery-read", version)]
struct Cli {
    /// The workbook's folder
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// A page, as `gil/detach`, or the folder of an exercise; without one, the first page
    page: Option<String>,
    /// The port to listen on; without one 4680, or a free one
    #[arg(long)]
    port: Option<u16>,
    /// Open no browser
    #[arg(long)]
    no_open: bool,
    /// Open the pages that are named on standard input, one a line, and end when it ends
    #[arg(long, conflicts_with = "page")]
    pages: bool,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(&Cli::parse())),
        Err(source) => Err(ReadError::File {
            path: "the network of this machine".into(),
            source,
        }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain("error", &error);
            ExitCode::from(2)
        }
    }
}

async fn run(cli: &Cli) -> Result<(), ReadError> {
    // First of all: whoever ends it while it builds leaves no half of a build behind.
    let over = asked_to_end();
    let book = Book::of(&cli.root);
    let page = match &cli.page {
        Some(name) => book.page(name)?,
        None => PathBuf::new(),
    };
    let listener = Shop::listen(cli.port).await?;
    let address = listener.local_addr().map_err(|source| ReadError::Port {
        port: cli.port.unwrap_or(0),
        source,
    })?;
    println!("Building the book …");
    // From before the first build on, so that no change is missed.
    let watcher = Watcher::new().and_then(|mut watcher| {
        watcher.follow(book.made_of())?;
        Ok(watcher)
    });
    let first = book.build()?;
    say_flaws(&book);
    let shop = Shop::new(first);
    let url = address_of(address, &page);
    println!("It is at {url}");
    match watcher {
        Ok(watcher) => {
            println!("It is built again when a file changes. Ctrl-C ends it.");
            let shop = shop.clone();
            let book = Book::of(&cli.root);
            thread::spawn(move || rebuild(&book, &shop, watcher));
        }
        Err(error) => complain("warning", &error),
    }
    let (input_is_over, input_over) = oneshot::channel();
    match cli.pages {
        true => {
            let (book, no_open) = (Book::of(&cli.root), cli.no_open);
            thread::spawn(move || {
                open_as_told(&book, address, no_open);
                input_is_over.send(())
            });
        }
        false => open(&url, cli.no_open),
    }
    let over = async {
        tokio::select! {
            () = over => {}
            // Where nobody tells, this branch is never taken.
            Ok(()) = input_over => {}
        }
    };
    let ended = shop.clone().open(listener, over).await;
    shop.close();
    ended.map_err(|source| ReadError::Port {
        port: address.port(),
        source,
    })
}

fn address_of(server: SocketAddr, page: &Path) -> String {
    format!("http://{server}/{}", page.display())
}

fn open(url: &str, no_open: bool) {
    if !no_open && opener::open_browser(url).is_err() {
        println!("No browser could be opened from here: open that address yourself.");
    }
}

/// Another program says which pages somebody wants, and ends us by saying no more.
fn open_as_told(book: &Book, server: SocketAddr, no_open: bool) {
    for name in std::io::stdin().lines().map_while(Result::ok) {
        match book.page(&name) {
            Ok(page) => {
                let url = address_of(server, &page);
                println!("It is at {url}");
                open(&url, no_open);
            }
            Err(error) => complain("error", &error),
        }
    }
}

/// Builds again after each change, as long as the program runs. A build that fails leaves
/// the one before it on the shelf.
fn rebuild(book: &Book, shop: &Shop, mut watcher: Watcher) {
    while watcher.wait() {
        match shop.replace(|| book.build()) {
            Replaced::Done => {
                say_flaws(book);
                println!("Built again.");
                // A page may include something from a folder that none did before.
                if let Err(error) = watcher.follow(book.made_of()) {
                    complain("warning", &error);
                }
            }
            Replaced::Failed(error) => complain("error", &error),
            Replaced::Closed => return,
        }
    }
}

fn complain(word: &str, error: &ReadError) {
    eprintln!("{word}: {error}\n\nhint: {}", error.hint());
}

fn say_flaws(book: &Book) {
    for flaw in book.flaws() {
        eprintln!("warning: {flaw}");
    }
}

/// Ctrl-C, a terminal that was closed, a polite kill: heard from now on.
fn asked_to_end() -> impl Future<Output = ()> + Send + 'static {
    let kinds = [
        SignalKind::interrupt(),
        SignalKind::hangup(),
        SignalKind::terminate(),
    ];
    let [interrupt, hangup, terminate] = kinds.map(|kind| {
        let heard = signal(kind);
        async move {
            match heard {
                Ok(mut heard) => heard.recv().await,
                Err(_) => pending().await,
            }
        }
    });
    async {
        tokio::select! {
            _ = interrupt => {}
            _ = hangup => {}
            _ = terminate => {}
        }
    }
}
