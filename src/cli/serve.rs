//! `asesmen serve`: a small static server with the headers the app needs.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Only what the app uses: its own module, its WebAssembly, its stylesheet, pictures it made itself. Everything else,
/// inline script and style included, is refused by the browser.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' blob: data:; connect-src 'self' https:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'";

/// Why the server cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The folder holds no built app.
    #[error("{} holds no built app (index.html is missing); run `make run`, or name the folder with --dir", .0.display())]
    NoBundle(PathBuf),
    /// The address is taken or not allowed.
    #[error("cannot listen on {addr}: {source}; choose another with --addr")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system failed while serving.
    #[error("serving stopped: {0}")]
    Io(#[from] std::io::Error),
}

/// What hands out the built app in a folder.
///
/// # Errors
/// Refuses a folder without one.
pub fn app(dir: &Path) -> Result<Router, ServeError> {
    if !dir.join("index.html").is_file() {
        return Err(ServeError::NoBundle(dir.to_owned()));
    }
    Ok(router(dir))
}

/// Serves a folder until interrupted.
pub fn serve(addr: SocketAddr, dir: &Path) -> Result<(), ServeError> {
    let app = app(dir)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener =
            tokio::net::TcpListener::bind(addr).await.map_err(|source| ServeError::Listen { addr, source })?;
        println!("asesmen serves {} on http://{}", dir.display(), listener.local_addr()?);
        axum::serve(listener, app).with_graceful_shutdown(interrupted()).await?;
        Ok(())
    })
}

fn router(dir: &Path) -> Router {
    let files = ServeDir::new(dir).precompressed_br().precompressed_gzip();
    let headers: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // File names are stable, so browsers must ask each time; unchanged files answer 304 without a body.
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-encoding"),
        // The bundle is public code without data; portals on other origins may load the module from here.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let router = Router::new().fallback_service(files);
    headers.into_iter().fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)))
    })
}

async fn interrupted() {
    // Where no signal handler can be installed the server simply runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
