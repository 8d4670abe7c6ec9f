//! The binary: a thread with a stack that a deep Python program needs, and the exit status.

use std::process::ExitCode;
use std::thread;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The machine nests a little on the Rust stack for each Python callback inside a native; its own limit is reached
/// long before this is used up. Only touched pages cost memory.
const STACK_BYTES: usize = 512 << 20;

fn main() -> ExitCode {
    let machine = thread::Builder::new()
        .name("machine".into())
        .stack_size(STACK_BYTES)
        .spawn(lifetimes::cli::main)
        .expect("the system gives one thread");
    match machine.join() {
        Ok(code) => code,
        // The panic's message is on stderr already.
        Err(_) => ExitCode::from(70),
    }
}
