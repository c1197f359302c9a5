//! A fuzzer's door to the law of this name in `laws.rs`; nothing else is here, so that a test can hold the law too.

#![no_main]

#[path = "../laws.rs"]
#[expect(dead_code, reason = "each target holds one of the laws")]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::list(data));
