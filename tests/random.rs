//! Random programs print here what they print under CPython 3.10: finalisers, counts, referents, collections.
//!
//! Seeds whose outcome was recorded from CPython 3.10 are run always. `LIFETIMES_SEEDS=0..1000` runs those instead, here and
//! under the CPython of `LIFETIMES_PYTHON` (else `python3.10`), and names each seed that differs.

#[path = "random/generator.rs"]
mod generator;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use generator::Generator;

/// Seed and checksum of what CPython 3.10 writes, a line each.
const RECORDED: &str = include_str!("random/recorded.txt");

fn write_program(seed: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random");
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    let path = folder.join(format!("{seed}.py"));
    fs::write(&path, Generator::new(seed).program()).expect("a program can be written");
    path
}

/// A program may loop for ever: it is stopped then.
const LONGEST: Duration = Duration::from_secs(120);

fn output_of(command: &mut Command, script: &Path) -> String {
    let path = script.with_extension("out");
    let stdout = fs::File::create(&path).expect("a file for the output can be made");
    let mut child = command
        .arg(script)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::null())
        .spawn()
        .expect("the interpreter starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status.code();
        }
        if started.elapsed() > LONGEST {
            child.kill().expect("a child can be stopped");
            return "it does not end\n".to_owned();
        }
        thread::sleep(Duration::from_millis(5));
    };
    let written = fs::read(&path).expect("the output is there");
    format!("{}{status:?}\n", String::from_utf8_lossy(&written))
}

fn ours(script: &Path) -> String {
    output_of(
        Command::new(env!("CARGO_BIN_EXE_lifetimes")).arg("run"),
        script,
    )
}

/// FNV-1a
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn recorded_seeds_do_what_cpython_does() {
    let differ: Vec<&str> = RECORDED
        .lines()
        .filter_map(|line| {
            let (seed, sum) = line.split_once(' ')?;
            let script = write_program(seed.parse().expect("a seed is a number"));
            (format!("{:016x}", checksum(&ours(&script))) != sum).then_some(seed)
        })
        .collect();
    assert!(
        differ.is_empty(),
        "seeds {differ:?} differ from what CPython did: LIFETIMES_SEEDS=N..M shows how"
    );
}

/// The seeds of `LIFETIMES_SEEDS`.
fn wanted() -> Option<std::ops::Range<u64>> {
    let text = std::env::var("LIFETIMES_SEEDS").ok()?;
    let (from, to) = text.split_once("..")?;
    Some(from.parse().ok()?..to.parse().ok()?)
}

#[test]
fn wanted_seeds_do_what_cpython_does_here_and_now() {
    let Some(seeds) = wanted() else { return };
    let python = std::env::var("LIFETIMES_PYTHON").unwrap_or_else(|_| "python3.10".to_owned());
    let mut differ = Vec::new();
    for seed in seeds {
        let script = write_program(seed);
        let there = output_of(&mut Command::new(&python), &script);
        let here = ours(&script);
        if here == there {
            println!("{seed} {:016x}", checksum(&there));
            continue;
        }
        let line = |(n, (here, there)): (usize, (&str, &str))| {
            (here != there).then(|| {
                format!(
                    "seed {seed}, line {}:\n  here:    {here}\n  CPython: {there}",
                    n + 1
                )
            })
        };
        let first = here.lines().zip(there.lines()).enumerate().find_map(line);
        differ.push(first.unwrap_or_else(|| format!("seed {seed}: one of them ends early")));
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
