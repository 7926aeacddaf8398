//! Properties of tables and decisions, over tables and facts made of a string of bytes.

mod consents;
mod decisions;
mod dice;
mod parser;
mod said;
