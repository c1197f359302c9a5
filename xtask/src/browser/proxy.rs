//! The web's other end, on this machine: an HTTP proxy that ends TLS itself and answers for every host.
//!
//! A browser led through it asks `CONNECT www.facebook.com:443`; the proxy says yes, shows a certificate for that very
//! name, and gives what it is asked over to the fixtures. So a page has its real address, with everything that hangs
//! on it (content scripts, cookies, policies), and no request leaves the machine: the proxy opens no connection.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::exchange::{Request, Response, Wire};

/// The first byte of every TLS connection.
const TLS_HANDSHAKE: u8 = 0x16;

/// What answers a request.
pub(super) type Answer = Arc<dyn Fn(Request) -> Response + Send + Sync>;

/// Listens on a free port of this machine until the task is ended.
pub(super) async fn listen(answer: Answer) -> Result<(SocketAddr, JoinHandle<()>)> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Mint::new()?));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (answer, acceptor) = (answer.clone(), acceptor.clone());
            // A connection that a browser breaks off is its own affair: what it asked before is in the log.
            tokio::spawn(async move { connection(stream, acceptor, answer).await });
        }
    });
    Ok((address, task))
}

async fn connection(stream: TcpStream, acceptor: TlsAcceptor, answer: Answer) -> io::Result<()> {
    stream.set_nodelay(true)?;
    // A browser that is led here without a proxy begins with TLS at once.
    if is_tls(&stream).await? {
        return secure(stream, acceptor, answer).await;
    }
    let mut wire = Wire { stream, ahead: Vec::new() };
    let Some(head) = wire.head().await? else { return Ok(()) };
    if !head.starts_with("CONNECT ") {
        return serve(wire, Some(head), "http", answer).await;
    }
    wire.stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    if !is_tls(&wire.stream).await? {
        return serve(wire, None, "http", answer).await;
    }
    secure(wire.stream, acceptor, answer).await
}

async fn is_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0; 1];
    stream.peek(&mut first).await?;
    Ok(first[0] == TLS_HANDSHAKE)
}

async fn secure(stream: TcpStream, acceptor: TlsAcceptor, answer: Answer) -> io::Result<()> {
    let stream = acceptor.accept(stream).await?;
    serve(Wire { stream, ahead: Vec::new() }, None, "https", answer).await
}

/// Answers one request after another, until the browser has no more.
async fn serve<S>(mut wire: Wire<S>, mut head: Option<String>, scheme: &str, answer: Answer) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let Some(next) = (match head.take() {
            Some(head) => Some(head),
            None => wire.head().await?,
        }) else {
            return Ok(());
        };
        let request = wire.request(&next, scheme).await?;
        let response = answer(request.clone());
        if response.is_socket() {
            return wire.socket(&request).await;
        }
        wire.respond(&request, &response).await?;
    }
}

/// Makes a certificate for every name that is asked for, signed by an authority that lives as long as this process.
#[derive(Debug)]
struct Mint {
    issuer: Issuer<'static, KeyPair>,
    made: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl Mint {
    fn new() -> Result<Mint> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, "Plainsight fixtures");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        Ok(Mint { issuer: Issuer::new(params, KeyPair::generate()?), made: Mutex::default() })
    }

    fn make(&self, name: &str) -> Result<CertifiedKey> {
        let mut params = CertificateParams::new(vec![name.to_owned()])?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = rustls::crypto::ring::sign::any_supported_type(&key)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

impl ResolvesServerCert for Mint {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().unwrap_or("localhost");
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = made.get(name) {
            return Some(key.clone());
        }
        let key = Arc::new(self.make(name).ok()?);
        made.insert(name.to_owned(), key.clone());
        Some(key)
    }
}
