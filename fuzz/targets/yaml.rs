//! Objects, from YAML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kubewright_fuzz::checks::objects(bytes));
