//! STUB, to be written.
