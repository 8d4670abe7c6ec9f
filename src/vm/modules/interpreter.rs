//! `_interpreter`: another interpreter, run to its end while this one waits. It is no process: a machine of its own beside this one,
//! under the same grants and limits, whose output is handed back.
//!
//! Knows CPython's command line as far as it says what to run; what changes how Python works is refused. Invariant: the other
//! machine shares nothing with this one but the door to the disk and the files in memory.

use super::ModuleSpec;
use crate::bytecode::code::CodeObject;
use crate::compiler::{self, Mode};
use crate::heap::Obj;
use crate::heap::payload::str::HashKey;
use crate::vm::native::{Arity, Method};
use crate::vm::observe::Exit;
use crate::vm::output::Stream;
use crate::vm::{Args, Machine, Options, PyResult, Thrown};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_interpreter",
    doc: "Another interpreter, run to its end while this one waits.",
    functions: &[Method::new("run", Arity::Positional(3, 3), run).doc(
        "run($module, arguments, environment, stdin, /)\n--\n\nRuns Python with a command line; status, stdout and stderr.",
    )],
    init: |_, _| Ok(()),
};

/// Interpreters inside each other: each takes its part of this one's stack.
const MAX_DEPTH: u32 = 4;

/// What a command line says.
#[derive(Default)]
struct Wanted {
    source: Source,
    /// `sys.argv`
    argv: Vec<String>,
    /// Of the environment nothing that is for Python itself.
    ignore_environment: bool,
    /// The program's own folder is not searched for modules.
    isolated: bool,
    /// `-X dev`
    dev_mode: bool,
}

/// Where the program comes from.
#[derive(Default)]
enum Source {
    #[default]
    Stdin,
    Command(String),
    Module(String),
    File(String),
}

fn run(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut line = Vec::new();
    for item in vm.collect_iterable(args.get(vm, 0))? {
        line.push(vm.text(item));
        vm.decref(item);
    }
    let env: Vec<(String, String)> = vm
        .heap
        .dict_items(args.get(vm, 1))
        .into_iter()
        .map(|(name, value)| (vm.text(name), vm.text(value)))
        .collect();
    let stdin = vm
        .buffer(args.get(vm, 2))
        .map_or_else(Vec::new, |data| data.to_vec());
    let wanted = match parse(line) {
        Ok(wanted) => wanted,
        Err(what) => {
            return vm.unsupported(format!("another interpreter with the argument {what}"));
        }
    };
    let (status, stdout, stderr) = run_wanted(vm, wanted, env, stdin)?;
    let parts = vec![
        vm.new_int(i64::from(status)),
        vm.new_bytes(stdout),
        vm.new_bytes(stderr),
    ];
    Ok(vm.new_tuple(parts))
}

/// The command line; an argument that is not understood comes back.
fn parse(line: Vec<String>) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut rest = line.into_iter();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "-E" => wanted.ignore_environment = true,
            "-I" => (wanted.ignore_environment, wanted.isolated) = (true, true),
            "-s" | "-S" | "-B" | "-u" | "-q" => {}
            "-X" => match rest.next().as_deref() {
                Some("faulthandler") => {}
                Some("dev") => wanted.dev_mode = true,
                other => return Err(format!("-X {}", other.unwrap_or_default())),
            },
            "-c" => {
                let mut code = rest.next().ok_or("-c")?;
                code.push('\n');
                wanted.source = Source::Command(code);
                wanted.argv = vec!["-c".to_string()];
                break;
            }
            "-m" => {
                wanted.source = Source::Module(rest.next().ok_or("-m")?);
                wanted.argv = vec!["-m".to_string()];
                break;
            }
            "-" => {
                wanted.argv = vec![word];
                break;
            }
            _ if word.starts_with('-') => return Err(word),
            _ => {
                wanted.argv = vec![word.clone()];
                wanted.source = Source::File(word);
                break;
            }
        }
    }
    wanted.argv.extend(rest);
    if wanted.argv.is_empty() {
        wanted.argv.push(String::new());
    }
    Ok(wanted)
}

/// Status, stdout, stderr.
type Ended = (i32, Vec<u8>, Vec<u8>);

fn run_wanted(
    vm: &mut Machine,
    mut wanted: Wanted,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
) -> PyResult<Ended> {
    if vm.options.interpreters >= MAX_DEPTH {
        return vm.unsupported(format!(
            "more than {MAX_DEPTH} interpreters inside each other"
        ));
    }
    let mut stdin = stdin;
    let (filename, source) = match std::mem::take(&mut wanted.source) {
        Source::Command(code) => ("<string>".to_string(), code.into_bytes()),
        Source::Stdin => ("<stdin>".to_string(), std::mem::take(&mut stdin)),
        Source::Module(name) => {
            let quoted = vm.new_str(&name);
            let quoted = vm.with_held(quoted, |vm, name| vm.repr_text(name))?;
            let code = format!("__import__('runpy')._run_module_as_main({quoted})\n");
            ("<string>".to_string(), code.into_bytes())
        }
        Source::File(path) => {
            let source = read_file(vm, &path)?;
            (path, source)
        }
    };
    let key = hash_key(vm, &env, wanted.ignore_environment);
    let options = options_of(vm, wanted, env, stdin, &filename);
    let outer = HashKey::replace(key);
    let ended = run_machine(vm, options, &filename, &source);
    HashKey::replace(outer);
    ended
}

/// A script is read as the program that names it would read it.
fn read_file(vm: &mut Machine, path: &str) -> PyResult<Vec<u8>> {
    let io = vm.import_module("io")?;
    let path = vm.new_str(path);
    let mode = vm.new_str("rb");
    let mark = vm.mark();
    for o in [io, path, mode] {
        vm.hold(o);
    }
    let data = vm.get_attr_str(io, "open").and_then(|open| {
        let file = vm.with_held(open, |vm, open| vm.call(open, &[path, mode]))?;
        vm.with_held(file, |vm, file| vm.call_method(file, "read", &[]))
    });
    let data = vm.releasing(mark, data)?;
    let bytes = vm.buffer(data).map_or_else(Vec::new, |data| data.to_vec());
    vm.decref(data);
    Ok(bytes)
}

/// `$PYTHONHASHSEED`: without it the hashes of str are another interpreter's own, which here means: the next random ones.
fn hash_key(vm: &mut Machine, env: &[(String, String)], ignored: bool) -> HashKey {
    let given = env
        .iter()
        .find(|(name, _)| name == "PYTHONHASHSEED" && !ignored);
    match given.and_then(|(_, seed)| seed.parse::<u32>().ok()) {
        Some(seed) => HashKey::of_seed(seed),
        None => HashKey::of_seed(vm.random_bits() as u32 | 1),
    }
}

fn options_of(
    vm: &Machine,
    wanted: Wanted,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
    filename: &str,
) -> Options {
    let mut options = (*vm.options).clone();
    let own = match filename {
        "<string>" | "<stdin>" => vm.files.cwd.clone(),
        _ => filename
            .rsplit_once('/')
            .map_or_else(|| vm.files.cwd.clone(), |f| f.0.to_string()),
    };
    match options.path.first_mut() {
        Some(_) if wanted.isolated => drop(options.path.remove(0)),
        Some(first) => *first = own,
        None => {}
    }
    options.argv = wanted.argv;
    options.env = env;
    options.stdin = Some(stdin);
    options.stdin_open = false;
    options.cwd = vm.files.cwd.clone();
    options.interpreters += 1;
    options.dev_mode = wanted.dev_mode;
    options
}

/// Boots the other machine, runs it, and takes over what it did to clock, files and chance.
fn run_machine(
    vm: &mut Machine,
    options: Options,
    filename: &str,
    source: &[u8],
) -> PyResult<Ended> {
    if !filename.starts_with('<') {
        options.files.remember(filename, source);
    }
    let mut other = Machine::boot(options);
    other.cancel = vm.cancel.clone();
    other.clock = vm.clock;
    other.files.memory = vm.files.memory.clone();
    (other.files.calls, other.files.random) = (vm.files.calls, vm.files.random);
    (other.files.dry, other.files.umask) = (vm.files.dry, vm.files.umask);
    let compiled = compiler::compile(source, filename, Mode::Exec, compiler::Options::default());
    let exit = match compiled {
        Ok(code) => run_code(
            &mut other,
            &code,
            filename,
            vm.limit.saturating_sub(vm.steps()),
        ),
        Err(error) => {
            let name = other.new_str(filename);
            // It always fails: there is no code.
            let _thrown = other.finish_compilation(Err(error), filename, name);
            other.run_refused()
        }
    };
    vm.clock = other.clock;
    vm.files.memory = other.files.memory.clone();
    (vm.files.calls, vm.files.random) = (other.files.calls, other.files.random);
    match exit {
        Exit::Finished { status } => {
            let bytes = |stream| other.output.bytes(stream);
            Ok((status, bytes(Stream::Stdout), bytes(Stream::Stderr)))
        }
        other => {
            vm.interrupt = Some(other);
            Err(Thrown::Interrupt)
        }
    }
}

fn run_code(
    other: &mut Machine,
    code: &std::rc::Rc<CodeObject>,
    filename: &str,
    limit: u64,
) -> Exit {
    other.load_main(code, None);
    if filename.starts_with('<') {
        // Only a script has a file.
        for name in [other.names.__file__, other.names.__cached__] {
            other.dict_delete_str(other.main_dict, name);
        }
    }
    other.run(limit)
}
