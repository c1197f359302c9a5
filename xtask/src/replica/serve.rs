//! Serves the replicas: each folder of the generated web as its host, with the routes that a file server cannot know.
//!
//! A replica's feed answers by a cursor in the query or the body; its `_routes` file says which file that means. What is
//! not routed is a file, and what is no file is not found, which the replicas bear.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::browser::{Fixtures, Request, Response};

/// One line of a `_routes` file.
struct Route {
    path: String,
    words: Option<String>,
    file: String,
}

/// Serves every folder of `www` as the host that it is named after.
///
/// # Errors
/// If a folder or a route cannot be read.
pub fn serve(fixtures: &Fixtures, www: &Path) -> Result<()> {
    for entry in fs::read_dir(www).with_context(|| format!("cannot read {}", www.display()))? {
        let folder = entry?.path();
        if !folder.is_dir() {
            continue;
        }
        let host = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let headers = lines(&folder.join("_headers"))?;
        let headers: Vec<(String, String)> = headers
            .iter()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let routes = lines(&folder.join("_routes"))?.iter().map(|line| route(line)).collect::<Result<Vec<_>>>()?;
        fixtures.folder(&host, &folder);
        fixtures.on(&host, move |request| {
            if request.path == "/_routes" {
                return Some(Response::new("text/plain", "").status(404));
            }
            let route = routes.iter().find(|route| route.fits(request))?;
            let body = fs::read(folder.join(&route.file)).ok()?;
            let mut response = Response::new(type_of(&route.file), body);
            response.headers.extend(headers.iter().cloned());
            Some(response)
        });
    }
    Ok(())
}

fn lines(file: &Path) -> Result<Vec<String>> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

fn route(line: &str) -> Result<Route> {
    let mut parts = line.split_whitespace();
    let (Some(path), Some(words), Some(file)) = (parts.next(), parts.next(), parts.next()) else {
        anyhow::bail!("a route has a path, words and a file: {line:?}");
    };
    let words = (words != "-").then(|| words.to_owned());
    Ok(Route { path: path.to_owned(), words, file: file.to_owned() })
}

impl Route {
    fn fits(&self, request: &Request) -> bool {
        let mut wanted = self.path.split('/');
        let mut given = request.path.split('/');
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => break,
                (Some("*"), Some(_)) => {}
                (Some(a), Some(b)) if a == b => {}
                _ => return false,
            }
        }
        let asked = || format!("{}{}", request.url, String::from_utf8_lossy(&request.body));
        self.words.as_ref().is_none_or(|words| asked().contains(words))
    }
}

fn type_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
