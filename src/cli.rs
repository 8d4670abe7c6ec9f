//! The command line: what may be asked for, and which door it goes to.
//!
//! Knows no machine and prints nothing itself but clap's help. Invariant: a call that is no call ends with status 2
//! and says what to write instead. Start at [`main`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::debugger::{Error, Options, Program};
use crate::headless::{
    self, CommandSource, Demo, ExitStatus, Format, GraphFormat, GraphRun, HeadlessRun, VerifyRun,
};
use crate::tui;

/// A terminal step-debugger for the lives of Python objects: every reference count explained, both ways in time.
#[derive(Parser, Debug)]
#[command(
    name = "lifetimes",
    version,
    args_conflicts_with_subcommands = true,
    override_usage = "lifetimes SCRIPT [ARG…]\n       lifetimes --headless SCRIPT [-x FILE.lt]… [-e CMD]… [-- ARG…]\n       lifetimes COMMAND …"
)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    session: SessionArgs,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    reach: Reach,
}

/// What the program may reach of the world. Nothing, unless it is said here.
#[derive(Args, Debug, Clone)]
struct Reach {
    /// Let the script read files below this folder; may be given often.
    #[arg(long, value_name = "DIR", global = true)]
    allow_read: Vec<PathBuf>,
    /// Let the script write files below this folder; may be given often.
    #[arg(long, value_name = "DIR", global = true)]
    allow_write: Vec<PathBuf>,
    /// Let the script see this environment variable; may be given often.
    #[arg(long, value_name = "NAME", global = true)]
    env: Vec<String>,
    /// Let imports search this folder too; may be given often.
    #[arg(long, value_name = "DIR", global = true)]
    path: Vec<PathBuf>,
    /// A CPython 3.10 Lib folder: its pure Python modules are taken instead of those carried in the binary.
    #[arg(long, value_name = "DIR", global = true)]
    stdlib: Option<PathBuf>,
    /// What the script reads from standard input.
    #[arg(long, value_name = "FILE", global = true)]
    stdin: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct SessionArgs {
    /// The Python script, and its arguments.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "SCRIPT"
    )]
    words: Vec<OsString>,
    /// Run the commands of -x and -e instead of opening the terminal UI.
    #[arg(long, value_name = "SCRIPT")]
    headless: Option<Option<PathBuf>>,
    /// A file of commands, one a line; may be given often.
    #[arg(short = 'x', value_name = "FILE.lt", requires = "headless")]
    files: Vec<PathBuf>,
    /// One command; -x and -e run in the order in which they are given.
    #[arg(short = 'e', value_name = "CMD", requires = "headless")]
    commands: Vec<String>,
    #[command(flatten)]
    report: ReportArgs,
}

#[derive(Args, Debug)]
struct ReportArgs {
    /// How results are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Rewrite the goldens of `snapshot`; refused when CI=true.
    #[arg(long)]
    update: bool,
    /// Fail on an unused `allow` too.
    #[arg(long)]
    strict: bool,
}

#[derive(Args, Debug, Clone)]
struct Limits {
    /// Stop after this many bytecode instructions.
    #[arg(long, value_name = "N", global = true)]
    max_steps: Option<u64>,
    /// Stop when the script's heap grows beyond this.
    #[arg(long, value_name = "BYTES", global = true)]
    max_memory: Option<u64>,
    /// Stop after this much time.
    #[arg(long, value_name = "SECONDS", global = true, value_parser = seconds)]
    timeout: Option<Duration>,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Run every .lt file, and every .py file with `# lifetimes:` lines, under the paths.
    Check {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        report: ReportArgs,
    },
    /// Just run a script: its own output and exit status.
    Run {
        /// At every instruction, check that each object's count equals the sum of its named owners.
        #[arg(long)]
        audit: bool,
        /// At the end, go back to instruction 0, replay, and compare.
        #[arg(long)]
        replay_check: bool,
        #[command(flatten)]
        script: ScriptArgs,
    },
    /// Reference counts before every line, as JSON lines.
    Trace {
        #[command(flatten)]
        script: ScriptArgs,
    },
    /// The bytecode.
    Dis {
        /// In the plain form that compares equal to CPython's.
        #[arg(long)]
        raw: bool,
        script: PathBuf,
    },
    /// The reference graph at a moment.
    Graph {
        script: PathBuf,
        /// start, end, "line N", "line N#K", "instr N", "del X", "death X", "gc N".
        #[arg(long, value_name = "WHEN")]
        at: String,
        #[arg(long, value_enum, default_value_t = GraphFormat::Text)]
        format: GraphFormat,
        /// The object in the middle: Node.1 or a Python expression.
        #[arg(long, value_name = "X")]
        focus: Option<String>,
        /// So many references away from it.
        #[arg(long, value_name = "N")]
        depth: Option<u32>,
    },
    /// Run a script here and under a real CPython, and compare: output, status, order of finalisers, reference counts.
    Verify {
        script: PathBuf,
        /// The interpreter; else LIFETIMES_PYTHON, python3.10, pyenv's 3.10, python3.
        #[arg(long, value_name = "PYTHON")]
        python: Option<PathBuf>,
        /// The script's arguments.
        #[arg(last = true, value_name = "ARG")]
        arguments: Vec<OsString>,
    },
    /// List the demos, or open one: the terminal UI, or with --headless its own commands.
    Demo {
        name: Option<String>,
        /// Print its source instead.
        #[arg(long)]
        source: bool,
        /// Run its commands without a terminal.
        #[arg(long)]
        headless: bool,
    },
}

#[derive(Args, Debug)]
struct ScriptArgs {
    /// SCRIPT is the name of a module, found as imports find it: `python -m`.
    #[arg(short = 'm')]
    module: bool,
    /// A file, or a folder with a __main__.py; then its arguments, whatever they look like.
    #[arg(
        trailing_var_arg = true,
        required = true,
        value_names = ["SCRIPT", "ARGUMENTS"]
    )]
    words: Vec<OsString>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(number).map_err(|_| "a number of seconds from 0".to_owned())
}

impl Limits {
    fn options(&self, reach: &Reach) -> Result<Options, Error> {
        Ok(Options {
            max_steps: self.max_steps,
            max_memory_bytes: self.max_memory,
            timeout: self.timeout,
            stdin: reach.stdin.as_deref().map(read_stdin).transpose()?,
            allow_read: reach.allow_read.clone(),
            allow_write: reach.allow_write.clone(),
            env: reach.env.clone(),
            path: reach.path.clone(),
            stdlib: reach.stdlib.clone(),
        })
    }
}

fn read_stdin(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path)
        .map_err(|error| Error::usage(format!("--stdin {}: {error}", path.display())))
}

impl ScriptArgs {
    fn program(&self, options: &Options) -> Result<Program, Error> {
        let [script, arguments @ ..] = self.words.as_slice() else {
            return Err(Error::usage("no script"));
        };
        let arguments = texts(arguments);
        if !self.module {
            return Program::read(Path::new(script), arguments);
        }
        let folders: Vec<PathBuf> = options
            .path
            .iter()
            .chain(&options.stdlib)
            .cloned()
            .collect();
        Program::read_module(&script.to_string_lossy(), arguments, &folders)
    }
}

fn texts(words: &[OsString]) -> Vec<String> {
    words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// Reads the command line, does what it says, and gives the status to exit with.
pub fn main() -> ExitCode {
    match dispatch() {
        Ended::Headless(status) => ExitCode::from(status.code()),
        Ended::Terminal(code) => code,
    }
}

/// How a call ended: behind which door.
enum Ended {
    Headless(ExitStatus),
    Terminal(ExitCode),
}

impl From<ExitStatus> for Ended {
    fn from(status: ExitStatus) -> Ended {
        Ended::Headless(status)
    }
}

fn dispatch() -> Ended {
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let options = match cli.limits.options(&cli.reach) {
        Ok(options) => options,
        Err(error) => return headless::report_error(&error).into(),
    };
    match cli.verb {
        None => session(cli.session, &matches, options),
        Some(Verb::Check { paths, report }) => {
            headless::check(&paths, report.settings(), options).into()
        }
        Some(Verb::Run {
            audit,
            replay_check,
            script,
        }) => match script.program(&options) {
            Ok(program) => headless::run(program, options, audit, replay_check).into(),
            Err(error) => headless::report_error(&error).into(),
        },
        Some(Verb::Trace { script }) => match script.program(&options) {
            Ok(program) => headless::trace(program, options).into(),
            Err(error) => headless::report_error(&error).into(),
        },
        Some(Verb::Dis { raw, script }) => headless::dis(&script, raw).into(),
        Some(Verb::Graph {
            script,
            at,
            format,
            focus,
            depth,
        }) => headless::graph(GraphRun {
            script,
            at,
            format,
            focus,
            depth,
            options,
        })
        .into(),
        Some(Verb::Verify {
            script,
            python,
            arguments,
        }) => headless::verify(VerifyRun {
            script,
            arguments: texts(&arguments),
            python,
            options,
        })
        .into(),
        Some(Verb::Demo {
            name,
            source,
            headless,
        }) => demo(name.as_deref(), source, headless, options),
    }
}

impl ReportArgs {
    fn settings(&self) -> headless::Settings {
        headless::Settings {
            format: self.format,
            update: self.update,
            strict: self.strict,
        }
    }
}

fn session(args: SessionArgs, matches: &ArgMatches, options: Options) -> Ended {
    let mut words = args.words.clone().into_iter();
    let headless = args.headless.is_some();
    let script = match args.headless.clone().flatten() {
        Some(path) => path,
        None => match words.next() {
            Some(word) => PathBuf::from(word),
            None => {
                eprint!("{}", Cli::command().render_help());
                return ExitStatus::Usage.into();
            }
        },
    };
    let arguments: Vec<String> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if !headless {
        let instead = format!("--headless {}", script.display());
        // A program that cannot be opened is named even where no screen could be.
        return match Program::read(&script, arguments) {
            Ok(program) => open(move || program, &instead, options),
            Err(error) => headless::report_error(&error).into(),
        };
    }
    headless::headless(HeadlessRun {
        script,
        arguments,
        commands: in_order(&args, matches),
        settings: args.report.settings(),
        options,
    })
    .into()
}

/// `-x` and `-e` as they stand on the command line.
fn in_order(args: &SessionArgs, matches: &ArgMatches) -> Vec<CommandSource> {
    let indices =
        |id: &str| -> Vec<usize> { matches.indices_of(id).into_iter().flatten().collect() };
    let files = args.files.iter().cloned().map(CommandSource::File);
    let commands = args.commands.iter().cloned().map(CommandSource::Line);
    let mut all: Vec<(usize, CommandSource)> = indices("files").into_iter().zip(files).collect();
    all.extend(indices("commands").into_iter().zip(commands));
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, source)| source).collect()
}

/// The terminal UI, or the way around it.
fn open(
    program: impl FnOnce() -> Program + Send + 'static,
    instead: &str,
    options: Options,
) -> Ended {
    use std::io::IsTerminal;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return headless::needs_terminal(instead).into();
    }
    match tui::run(move || Ok(program()), options) {
        Ok(code) => Ended::Terminal(code),
        Err(error) => match error.downcast_ref::<Error>() {
            Some(error) => headless::report_error(error).into(),
            None => headless::report_error(&Error::usage(format!("{error:#}"))).into(),
        },
    }
}

fn demo(name: Option<&str>, source: bool, headless: bool, options: Options) -> Ended {
    let Some(name) = name else {
        return headless::demo_list().into();
    };
    if source {
        return headless::demo_source(name).into();
    }
    if headless {
        return headless::demo_run(name, options).into();
    }
    match Demo::find(name) {
        Ok(demo) => open(
            move || demo.program(),
            &format!("demo --headless {name}"),
            options,
        ),
        Err(error) => headless::report_error(&error).into(),
    }
}
