//! Hands out the newest edition to browsers on this machine.
//!
//! Listens on the loopback address and answers nobody who calls it by another name, so
//! that no web page elsewhere can have its visitor's browser read the book's folder.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, RwLock};

use axum::Router;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tower_http::services::{ServeDir, ServeFile};

use crate::edition::NEWS;
use crate::{Edition, ReadError};

/// The port that is tried first, so that a bookmark keeps its worth.
const USUAL_PORT: u16 = 4680;

/// Where the book is had.
#[derive(Clone)]
pub struct Shop {
    /// None when the shop is closed.
    newest: Arc<RwLock<Option<Arc<Edition>>>>,
    news: broadcast::Sender<()>,
    building: Arc<Mutex<Doors>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doors {
    Open,
    Closed,
}

/// What became of a new edition.
pub enum Replaced {
    /// It is handed out.
    Done,
    /// It could not be built, and the one before it stays.
    Failed(ReadError),
    /// Nobody sells any more.
    Closed,
}

impl Shop {
    /// A shop with its first edition.
    pub fn new(first: Edition) -> Shop {
        Shop {
            newest: Arc::new(RwLock::new(Some(Arc::new(first)))),
            news: broadcast::channel(1).0,
            building: Arc::new(Mutex::new(Doors::Open)),
        }
    }

    /// Builds the next edition, hands it out from now on, and tells the pages that are
    /// open. While it is built nobody can close the shop, and in a closed one nothing is
    /// built: so no half of a build is left behind.
    pub fn replace(&self, build: impl FnOnce() -> Result<Edition, ReadError>) -> Replaced {
        let building = self.building.lock().unwrap_or_else(|e| e.into_inner());
        if *building == Doors::Closed {
            return Replaced::Closed;
        }
        match build() {
            Ok(edition) => {
                self.put(Some(edition));
                let _ = self.news.send(());
                Replaced::Done
            }
            Err(error) => Replaced::Failed(error),
        }
    }

    /// Takes the last edition from the shelf, and its files with it.
    pub fn close(&self) {
        *self.building.lock().unwrap_or_else(|e| e.into_inner()) = Doors::Closed;
        self.put(None);
    }

    fn put(&self, edition: Option<Edition>) {
        let mut newest = self.newest.write().unwrap_or_else(|e| e.into_inner());
        *newest = edition.map(Arc::new);
    }

    fn newest(&self) -> Option<Arc<Edition>> {
        let newest = self.newest.read().unwrap_or_else(|e| e.into_inner());
        newest.clone()
    }

    /// A place to listen: this port, or without one the usual, or else any that is free.
    pub async fn listen(port: Option<u16>) -> Result<TcpListener, ReadError> {
        let at = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let refused = |port| move |source| ReadError::Port { port, source };
        match port {
            Some(port) => at(port).await.map_err(refused(port)),
            None => match at(USUAL_PORT).await {
                Ok(listener) => Ok(listener),
                Err(_) => at(0).await.map_err(refused(0)),
            },
        }
    }

    /// Serves until `over` is done.
    pub async fn open(
        self,
        listener: TcpListener,
        over: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let router = Router::new()
            .route(&format!("/{NEWS}"), get(news))
            .fallback(page)
            .layer(from_fn(called_by_our_name))
            .with_state(self);
        // A page that is open holds its line to the news for as long as it likes.
        tokio::select! {
            ended = async { axum::serve(listener, router).await } => ended,
            () = over => Ok(()),
        }
    }
}

/// A file of the newest edition.
async fn page(State(shop): State<Shop>, request: Request) -> Response {
    let Some(edition) = shop.newest() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let missing = ServeFile::new(edition.folder().join("404.html"));
    let mut files = ServeDir::new(edition.folder()).not_found_service(missing);
    let answer = files.try_call(request).await;
    let mut answer = match answer {
        Ok(answer) => answer.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    };
    // The next build has other files under the same names.
    let always = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(header::CACHE_CONTROL, always);
    answer
}

/// Tells a page to load itself again, each time there is a newer edition.
async fn news(State(shop): State<Shop>, upgrade: WebSocketUpgrade) -> Response {
    let mut news = shop.news.subscribe();
    upgrade.on_upgrade(async move |mut page| {
        loop {
            tokio::select! {
                newer = news.recv() => {
                    let over = matches!(newer, Err(broadcast::error::RecvError::Closed));
                    if over || page.send(Message::text("reload")).await.is_err() {
                        return;
                    }
                }
                said = page.recv() => if !matches!(said, Some(Ok(_))) {
                    return;
                },
            }
        }
    })
}

async fn called_by_our_name(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if ["127.0.0.1", "localhost"].contains(&name) {
        return next.run(request).await;
    }
    let said = "This book is served to its own machine, as http://127.0.0.1 or http://localhost.\n";
    (StatusCode::MISDIRECTED_REQUEST, said).into_response()
}
