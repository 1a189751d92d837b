//! Plain HTTP, for what a client would hide: status codes, headers, bytes.

use std::io::Read;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value at a JSON pointer of the body, `null` when absent.
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Sends one request and reads the whole answer.
///
/// # Panics
/// When the server cannot be reached.
pub fn send(base: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true).build().into();
    let mut request = Request::builder().method(method).uri(format!("{base}{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.to_vec()).expect("a request");
    let mut response = agent.run(request).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
    let mut body = Vec::new();
    let headers = response.headers().clone();
    let status = response.status().as_u16();
    response.body_mut().as_reader().read_to_end(&mut body).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
    Answer { status, headers, body }
}
