//! The background core: requests, companies and the diary.
fn main() {}
