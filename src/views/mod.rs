//! Questions about a session answered as plain sorted data, the picture among them.
//!
//! Knows neither terminals nor JSON: both doors (`tui`, `headless`) print what stands here. Start at `graph/mod.rs`.

pub mod graph;
