//! What the web answers in a test, and what it was asked.
//!
//! A route answers for one host: from a folder ([`Fixtures::folder`]) or by a function ([`Fixtures::on`]). The newest
//! route that has an answer gives it; what nobody answers is a 404. Every request is logged, answered or not, so that
//! a test counts at the server what a blocker let through. What this deliberately does not do: answer by chance, by
//! time, or from anywhere but this machine.

use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use tokio::task::JoinHandle;

use super::exchange::{Request, Response};
use super::proxy;

/// The file of a folder that is not served but read: headers for all that is, a line each, as `Name: value`.
const HEADERS_FILE: &str = "_headers";

type Route = Box<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// A web of its own behind a proxy; it ends when this is dropped.
pub struct Fixtures {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    routes: Mutex<Vec<(String, Route)>>,
    log: Mutex<Vec<Request>>,
}

impl Fixtures {
    /// A web in which nothing answers yet.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start() -> Result<Fixtures> {
        let state = Arc::new(State::default());
        let answering = state.clone();
        let (address, task) = proxy::listen(Arc::new(move |request| answering.answer(request))).await?;
        Ok(Fixtures { address, state, task })
    }

    /// Where it listens, as a browser's proxy.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves a folder as this host, its `index.html` for `/` and for paths that end so. A file `_headers` in it is
    /// not served: its lines `Name: value` are sent with every answer, a Content-Security-Policy for example.
    pub fn folder(&self, host: &str, folder: impl Into<PathBuf>) {
        let folder = folder.into();
        self.on(host, move |request| from_folder(&folder, request));
    }

    /// Serves one page at this host and path.
    pub fn page(&self, host: &str, path: &str, response: Response) {
        let path = path.to_owned();
        self.on(host, move |request| (request.path == path).then(|| response.clone()));
    }

    /// Asks a function for this host; `*` is every host. The newest route is asked first, and `None` leaves the
    /// request to an older one.
    pub fn on(&self, host: &str, route: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) {
        lock(&self.state.routes).push((host.to_owned(), Box::new(route)));
    }

    /// All that was asked since the start or the last [`Fixtures::forget`], answered or not.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state.log).clone()
    }

    /// What this host was asked.
    pub fn requests_to(&self, host: &str) -> Vec<Request> {
        lock(&self.state.log).iter().filter(|request| request.host == host).cloned().collect()
    }

    /// Empties the log.
    pub fn forget(&self) {
        lock(&self.state.log).clear();
    }
}

impl Drop for Fixtures {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    fn answer(&self, request: Request) -> Response {
        lock(&self.log).push(request.clone());
        let routes = lock(&self.routes);
        let mut answering = routes.iter().rev().filter(|(host, _)| host == "*" || *host == request.host);
        answering
            .find_map(|(_, route)| route(&request))
            .unwrap_or_else(|| Response::new("text/plain", "No fixture answers here.").status(404))
    }
}

fn from_folder(folder: &Path, request: &Request) -> Option<Response> {
    let relative = Path::new(request.path.trim_start_matches('/'));
    let stays_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !stays_inside || relative.file_name().is_some_and(|name| name == HEADERS_FILE) {
        return None;
    }
    let mut file = folder.join(relative);
    if request.path.ends_with('/') {
        file.push("index.html");
    }
    let body = std::fs::read(&file).ok()?;
    let headers = std::fs::read_to_string(folder.join(HEADERS_FILE)).unwrap_or_default();
    let response = Response::new(content_type(&file), body);
    Some(
        headers
            .lines()
            .filter_map(|line| line.split_once(':'))
            .fold(response, |response, (name, value)| response.with(name.trim(), value.trim())),
    )
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// A route that panicked fails its own test; the log of the others is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> Request {
        let (host, url) = ("a.example".to_owned(), format!("https://a.example{path}"));
        Request { method: "GET".into(), url, host, path: path.into(), headers: vec![], body: vec![] }
    }

    #[test]
    fn a_folder_is_served_with_its_headers_and_nothing_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("site");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(home.path().join("secret.txt"), "no").unwrap();
        std::fs::write(folder.join("index.html"), "<p>").unwrap();
        std::fs::write(folder.join(HEADERS_FILE), "Content-Security-Policy: default-src 'none'\n").unwrap();
        let answer = |path: &str| from_folder(&folder, &get(path));
        let index = answer("/").unwrap();
        assert_eq!(index.body, b"<p>");
        assert!(index.headers.contains(&("Content-Security-Policy".into(), "default-src 'none'".into())));
        for path in ["/../secret.txt", "/_headers", "/missing"] {
            assert_eq!(answer(path), None, "{path} was served");
        }
    }

    #[test]
    fn the_newest_route_that_has_an_answer_gives_it() {
        let state = State::default();
        let add = |host: &str, text: &'static str, path: &'static str| {
            let route: Route = Box::new(move |r| (r.path == path).then(|| Response::new("text/plain", text)));
            lock(&state.routes).push((host.into(), route));
        };
        add("a.example", "old", "/");
        add("*", "any", "/any");
        add("a.example", "new", "/");
        let said = |path: &str| {
            let response = state.answer(get(path));
            (response.status, String::from_utf8_lossy(&response.body).into_owned())
        };
        assert_eq!(said("/"), (200, "new".to_owned()));
        assert_eq!(said("/any"), (200, "any".to_owned()));
        assert_eq!(said("/none").0, 404);
        let asked: Vec<String> = lock(&state.log).iter().map(|request| request.path.clone()).collect();
        assert_eq!(asked, ["/", "/any", "/none"]);
    }
}
