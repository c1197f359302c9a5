//! A fuzzer's door to the law of this name in `laws.rs`.
//!
//! It is here because a fuzzer wants a program for each thing it tries. What it deliberately does not do: know the law,
//! so that a test on a stable compiler can hold it too.

#![no_main]

#[path = "../laws.rs"]
#[expect(dead_code, reason = "each target holds one of the laws")]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::feeds::words(data));
