//! The schema language, from text to generated files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kubewright_fuzz::checks::schema(bytes));
