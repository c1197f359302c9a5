//! Just enough of HTTP/1.1 for a server of fixtures: a request read, a response written.
//!
//! Bodies come with a length or in chunks, connections are kept, and a web socket is opened and closed again. What this
//! deliberately does not do: compress, talk over a socket, or judge what a browser sends; whatever is not understood ends
//! the connection.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tungstenite::handshake::derive_accept_key;

/// A head larger than this is no browser's.
const HEAD_LIMIT: usize = 256 * 1024;
/// What the answer is called by which a connection becomes a web socket.
const SWITCHING_PROTOCOLS: u16 = 101;
/// A whole frame of a web socket: it is over, and nothing was wrong.
const CLOSE: [u8; 4] = [0x88, 0x02, 0x03, 0xe8];

/// What a browser asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The whole address, as in `https://www.facebook.com/?sk=h_chr`.
    pub url: String,
    /// The host without its port, in lower case.
    pub host: String,
    /// The path without the query.
    pub path: String,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    /// What came after the head.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// 200, 404 …
    pub status: u16,
    /// Sent as they are; the length is added.
    pub headers: Vec<(String, String)>,
    /// The whole of it.
    pub body: Vec<u8>,
}

impl Response {
    /// 200 with a body of this type.
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Response {
        let headers = vec![("Content-Type".into(), content_type.into())];
        Response { status: 200, headers, body: body.into() }
    }

    /// A web page.
    pub fn html(body: impl Into<Vec<u8>>) -> Response {
        Response::new("text/html; charset=utf-8", body)
    }

    /// Data.
    pub fn json(value: &serde_json::Value) -> Response {
        Response::new("application/json", value.to_string())
    }

    /// A web socket that opens and is closed at once; whoever asks for anything else there is told so.
    pub fn socket() -> Response {
        Response { status: SWITCHING_PROTOCOLS, headers: Vec::new(), body: Vec::new() }
    }

    /// Whether the connection becomes a web socket by this.
    pub(super) fn is_socket(&self) -> bool {
        self.status == SWITCHING_PROTOCOLS
    }

    /// The same with another status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Response {
        self.status = status;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Response {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// A connection: the stream, and what was read of it but not yet used.
pub(super) struct Wire<S> {
    pub(super) stream: S,
    pub(super) ahead: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// Reads up to the empty line; `None` at the connection's end.
    pub(super) async fn head(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = find(&self.ahead, b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.ahead[..end]).into_owned();
                self.ahead.drain(..end + 4);
                return Ok(Some(head));
            }
            if self.ahead.len() > HEAD_LIMIT {
                return Err(io::Error::other("a head without an end"));
            }
            if !self.more().await? {
                return Ok(None);
            }
        }
    }

    /// Reads the rest of a request whose head was read. `scheme` is how the connection came to us; a request in a
    /// proxy's form says its own address.
    pub(super) async fn request(&mut self, head: &str, scheme: &str) -> io::Result<Request> {
        let odd = || io::Error::other(format!("not a request: {head:?}"));
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, target) = (first.next().ok_or_else(odd)?, first.next().ok_or_else(odd)?);
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let header = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
        let authority = header("host").unwrap_or_default();
        let url = if target.contains("://") { target.to_owned() } else { format!("{scheme}://{authority}{target}") };
        let rest = url.split_once("://").map(|(_, rest)| rest).ok_or_else(odd)?;
        let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        let is_chunked = header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        let length = header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        let method = method.to_owned();
        let body = if is_chunked { self.chunks().await? } else { self.take(length).await? };
        Ok(Request { method, url, host, path, headers, body })
    }

    /// Writes a response; the length is ours to say, and nothing is to be kept in a cache between two tests.
    pub(super) async fn respond(&mut self, request: &Request, response: &Response) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} \r\nContent-Length: {}\r\n", response.status, response.body.len());
        if !response.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cache-control")) {
            head.push_str("Cache-Control: no-store\r\n");
        }
        for (name, value) in &response.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        self.stream.write_all(head.as_bytes()).await?;
        if request.method != "HEAD" {
            self.stream.write_all(&response.body).await?;
        }
        self.stream.flush().await
    }

    /// Opens a web socket, closes it in its own words, and waits until the browser has gone.
    pub(super) async fn socket(&mut self, request: &Request) -> io::Result<()> {
        let Some(key) = request.header("sec-websocket-key") else {
            let refused = Response::new("text/plain", "Here is a web socket.").status(426);
            return self.respond(request, &refused).await;
        };
        let accepted = derive_accept_key(key.as_bytes());
        let head = format!(
            "HTTP/1.1 {SWITCHING_PROTOCOLS} \r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accepted}\r\n\r\n"
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(&CLOSE).await?;
        self.stream.flush().await?;
        // The browser says goodbye too, and would call an end before that an error; whoever closes first waits for the other.
        self.more().await.map(drop)
    }

    /// Exactly so many bytes.
    async fn take(&mut self, count: usize) -> io::Result<Vec<u8>> {
        while self.ahead.len() < count {
            if !self.more().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(self.ahead.drain(..count).collect())
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            while find(&self.ahead, b"\r\n").is_none() {
                if !self.more().await? {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            let end = find(&self.ahead, b"\r\n").unwrap_or_default();
            let line = String::from_utf8_lossy(&self.take(end + 2).await?).into_owned();
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(io::Error::other)?;
            body.append(&mut self.take(size).await?);
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    /// Reads what there is; false at the end.
    async fn more(&mut self) -> io::Result<bool> {
        let mut buffer = [0; 16 * 1024];
        let count = self.stream.read(&mut buffer).await?;
        self.ahead.extend_from_slice(&buffer[..count]);
        Ok(count > 0)
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of these bytes, as a browser would send them over TLS.
    fn read(sent: &str) -> io::Result<Request> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(async {
            let mut wire = Wire { stream: tokio::io::empty(), ahead: sent.as_bytes().to_vec() };
            let head = wire.head().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            wire.request(&head, "https").await
        })
    }

    #[test]
    fn a_request_through_tls_gets_its_whole_address() {
        let request = read("GET /a/b?c=1 HTTP/1.1\r\nHost: WWW.Example.com:443\r\nSec-GPC: 1\r\n\r\n").unwrap();
        assert_eq!(request.url, "https://WWW.Example.com:443/a/b?c=1");
        assert_eq!((request.host.as_str(), request.path.as_str()), ("www.example.com", "/a/b"));
        assert_eq!(request.header("sec-gpc"), Some("1"));
    }

    #[test]
    fn a_request_in_a_proxys_form_says_its_own_address() {
        let request = read("GET http://example.com HTTP/1.1\r\nHost: other.example\r\n\r\n").unwrap();
        assert_eq!((request.host.as_str(), request.path.as_str()), ("example.com", "/"));
    }

    #[test]
    fn bodies_come_with_a_length_or_in_chunks() {
        let with_length = read("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\n\r\nfourGET").unwrap();
        assert_eq!(with_length.body, b"four");
        let head = "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(read(&format!("{head}3\r\none\r\n2;x=y\r\n: \r\n0\r\n\r\n")).unwrap().body, b"one: ");
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        assert!(read("GET / HTTP/1.1\r\nHost: a.example\r\n").is_err());
        assert!(read("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nfour").is_err());
        assert!(read("GET\r\n\r\n").is_err());
    }
}
