//! The page core: what runs beside a feed, in the content script or in the extension's frame.
fn main() {}
