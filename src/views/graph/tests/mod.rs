//! The picture's tests: scenes a newcomer should be able to read, properties of random graphs, stability from step to
//! step. `PICTURES=1 cargo test views::graph` writes what the scenes look like to `target/pictures`.

mod big;
mod looks;
mod properties;
mod reading;
mod scenes;
mod stability;
mod stage;
