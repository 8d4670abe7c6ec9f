//! The demos built into the binary: a program that teaches, and the commands that check what it says.
//!
//! Invariant: every file of `demos/` is a row here; a test says so. Start at [`DEMOS`].

use super::exit_status::ExitStatus;
use super::format::Format;
use super::say::say;
use super::{Settings, report_error, runner};
use crate::debugger::{Error, Options, Program};

/// One demo.
pub struct Demo {
    pub name: &'static str,
    pub source: &'static str,
    pub commands: &'static str,
}

macro_rules! demos {
    ($($name:literal)*) => {
        /// In the order in which they are best read.
        pub const DEMOS: &[Demo] = &[$(Demo {
            name: $name,
            source: include_str!(concat!("../../demos/", $name, ".py")),
            commands: include_str!(concat!("../../demos/", $name, ".lt")),
        },)*];
    };
}

demos! { "one_name" "two_names" "is_and_equal" "copies" "referents" "tracked" "friends" "bad_finaliser" }

impl Demo {
    pub fn find(name: &str) -> Result<&'static Demo, Error> {
        let name = name.strip_suffix(".py").unwrap_or(name);
        DEMOS.iter().find(|demo| demo.name == name).ok_or_else(|| {
            let names: Vec<&str> = DEMOS.iter().map(|demo| demo.name).collect();
            Error::usage(format!("no demo is called {name}"))
                .hint(format!("there are: {}", names.join(", ")))
        })
    }

    /// The first line of its head comment.
    pub fn title(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or_default();
        first.trim_start_matches(['#', ' '])
    }

    pub fn program(&self) -> Program {
        Program::from_text(&format!("{}.py", self.name), self.source)
    }
}

pub fn demo_list() -> ExitStatus {
    for demo in DEMOS {
        say(format_args!("{:<14} {}\n", demo.name, demo.title()));
    }
    say(format_args!(
        "\nlifetimes demo NAME opens one; --source prints it; --headless runs its commands.\n"
    ));
    ExitStatus::Passed
}

pub fn demo_source(name: &str) -> ExitStatus {
    match Demo::find(name) {
        Ok(demo) => {
            say(demo.source);
            ExitStatus::Passed
        }
        Err(error) => report_error(&error),
    }
}

/// The demo's own commands, as text.
pub fn demo_run(name: &str, options: Options) -> ExitStatus {
    let demo = match Demo::find(name) {
        Ok(demo) => demo,
        Err(error) => return report_error(&error),
    };
    let settings = Settings {
        format: Format::Text,
        update: false,
        strict: false,
    };
    runner::run_texts(
        demo.program(),
        &[(format!("{name}.lt"), demo.commands.to_owned())],
        settings,
        options,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_of_the_folder_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/demos");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("demos/ is there")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| Some(name.strip_suffix(".py")?.to_owned()))
            .collect();
        names.sort();
        let mut known: Vec<&str> = DEMOS.iter().map(|demo| demo.name).collect();
        known.sort();
        assert_eq!(names, known);
    }
}
