//! What the next step does, said before it happens.
//!
//! Invariant: true. The sentence comes from running the step on a fork of the machine and comparing, never from guessing; where it
//! cannot be known (input to come, too long a step), it says that.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectView {
    /// Full sentences, most telling first.
    pub sentences: Vec<String>,
}
