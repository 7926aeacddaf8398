#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterseal_fuzz::policies(bytes));
