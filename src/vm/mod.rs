//! The machine: frames, one instruction at a time, calls, exceptions, what each type does, builtins, modules.
//!
//! `Machine` is the whole state of a Python process; a clone of it is a checkpoint. It knows nothing of debuggers: who
//! wants to watch hands in an `Observer` (`observe.rs`).
//!
//! Conventions, everywhere below:
//! - An `Obj` parameter is borrowed, an `Obj` result is owned, unless the documentation says otherwise.
//! - `Err(Thrown)` is a Python exception that waits in `pending`, or an interrupt that nobody may swallow: hand both on with `?`,
//!   and before swallowing ask `pending_matches`.
//! - Whatever can reach a `decref` or a comparison can run Python code: look again at what you hold afterwards.
//! - An owned reference that lives across such a call is put on the machine's stack (`hold`), so that the audit finds it.
//!
//! Reading order: `run.rs` (the loop), `run_end.rs`, `frame.rs`, `call.rs`, `attribute.rs`, `class.rs`, `dealloc.rs`, `collect.rs`, then `types/`.
//! What is done in fewer steps while nobody watches: `fuse.rs`, `run_quick.rs`, `hook.rs`, `drain.rs`, `quick_iterate.rs`, `quick_slice.rs`, `dealloc_unseen.rs`.

mod allocating;
pub mod args;
pub mod attribute;
pub mod attribute_cache;
pub mod attribute_set;
mod bind_arguments;
pub mod boot;
mod build_class;
pub mod call;
pub mod class;
pub mod class_layout;
pub mod class_new;
mod class_order;
pub mod class_slots;
pub mod collect;
pub mod compare;
mod compile_count;
pub mod dealloc;
mod dealloc_unseen;
pub mod dict;
pub mod drain;
pub mod error_context;
pub mod exception;
pub mod exit;
pub mod files;
pub mod frame;
pub mod fuse;
pub mod generic_slots;
pub mod held;
mod hook;
pub mod import;
mod import_gap;
pub mod isinstance;
pub mod iterate;
pub mod load;
pub mod make;
pub mod match_pattern;
pub mod modules;
pub mod names;
pub mod native;
pub mod observe;
pub mod operators;
pub mod output;
pub mod print_exception;
mod quick_iterate;
mod quick_slice;
pub mod real_clock;
pub mod roots;
pub mod run;
mod run_end;
mod run_quick;
mod run_rare;
pub mod slots;
mod started;
pub mod suggestions;
pub mod text;
pub mod tracing;
pub mod types;
pub mod unraisable;
pub mod unwind;
pub mod wrappers;

use std::collections::HashMap;
use std::rc::Rc;

use crate::heap::collector::Generations;
use crate::heap::payload::frame::Block;
use crate::heap::{Heap, NULL, Obj};

pub use args::Args;
pub use exception::Pending;
pub use frame::Frame;
pub use observe::{Event, Exit, Flow, GcPhase, Moment, Observer};

use attribute::MethodCache;
use names::Names;
use observe::Watch;
use output::Output;
use types::Types;

/// Why a call did not return a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Thrown {
    /// A Python exception; it is in `Machine::pending`.
    Exception,
    /// The run is being taken down: an observer said stop, a budget is used up, something is not supported. No handler,
    /// finaliser or native may swallow it.
    Interrupt,
}

/// Result of everything that can raise. An `Obj` inside is owned.
pub type PyResult<T = Obj> = Result<T, Thrown>;

/// Limits and settings of a run.
#[derive(Clone, Debug)]
pub struct Options {
    pub argv: Vec<String>,
    /// Folders that `import` searches, first the script's own.
    pub path: Vec<String>,
    pub max_steps: u64,
    pub max_memory: usize,
    /// Lines that `input()` and `sys.stdin` read.
    pub stdin: Option<Vec<u8>>,
    /// More lines may be given when these are read: the run stops and asks instead of telling the script that they are over.
    pub stdin_open: bool,
    /// Environment variables the script sees.
    pub env: Vec<(String, String)>,
    /// Collect at every allocation of a collectable object: a stress switch of the tests.
    pub gc_stress: bool,
    /// Files that `import` may read.
    pub files: Files,
    /// The door to the disk, and what of it is granted; shared by all clones of the machine.
    pub gateway: Rc<files::Gateway>,
    /// A CPython `Lib`, searched for modules before those that we carry.
    pub stdlib: Option<String>,
    /// The folder that the script starts in.
    pub cwd: String,
    /// How many interpreters wait for this one (`modules/interpreter.rs`).
    pub interpreters: u32,
    /// `-X dev`: names of encodings and error handlers are looked up even where they are not needed.
    pub dev_mode: bool,
}

/// Read access to files, for `import`. What has been read once reads the same for ever, so that a replay sees the same program.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Folders below which modules may be read, and folders below which anything may; as the disk really has them.
    roots: Vec<std::path::PathBuf>,
    granted: Vec<std::path::PathBuf>,
    /// What relative paths are relative to.
    cwd: std::path::PathBuf,
    known: std::cell::RefCell<HashMap<String, Option<Vec<u8>>>>,
}

impl Files {
    /// `roots` for imports only; `granted` for anything.
    pub fn below(
        roots: &[std::path::PathBuf],
        granted: &[std::path::PathBuf],
        cwd: std::path::PathBuf,
    ) -> Files {
        let real = |folders: &[std::path::PathBuf]| {
            folders
                .iter()
                .filter(|folder| folder.is_absolute())
                .filter_map(|folder| std::fs::canonicalize(folder).ok())
                .collect()
        };
        Files {
            roots: real(roots),
            granted: real(granted),
            cwd,
            known: Default::default(),
        }
    }

    /// Takes a file's contents as given, whatever the disk says.
    pub fn remember(&self, path: &str, text: &[u8]) {
        self.known
            .borrow_mut()
            .insert(path.to_string(), Some(text.to_vec()));
    }

    /// Where a path leads, links and all, if that may be read: for imports, files are Python source.
    fn real(&self, path: &str, is_file: bool) -> Option<std::path::PathBuf> {
        let real = std::fs::canonicalize(self.cwd.join(path)).ok()?;
        let below = |roots: &[std::path::PathBuf]| roots.iter().any(|r| real.starts_with(r));
        let source = !is_file || real.extension().is_some_and(|e| e == "py");
        let allowed = below(&self.granted) || source && below(&self.roots);
        allowed.then_some(real)
    }

    /// Whether a path is a folder that may be read: what a namespace package is made of.
    pub fn is_folder(&self, path: &str) -> bool {
        let key = format!("{path}/");
        if let Some(known) = self.known.borrow().get(&key) {
            return known.is_some();
        }
        let there = self.real(path, false).is_some_and(|folder| folder.is_dir());
        self.known.borrow_mut().insert(key, there.then(Vec::new));
        there
    }

    /// The modules in a folder that may be read, sorted: names, and whether they are packages.
    pub fn modules_in(&self, folder: &str) -> Vec<(String, bool)> {
        if !self.is_folder(folder) {
            return Vec::new();
        }
        let Ok(entries) = std::fs::read_dir(self.cwd.join(folder)) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(".py") {
                if name != "__init__" && !name.contains('.') {
                    found.push((name.to_string(), false));
                }
            } else if !name.contains('.') && entry.path().join("__init__.py").is_file() {
                found.push((name, true));
            }
        }
        found.sort();
        found
    }

    /// The contents of a file if there is one and it may be read.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        if let Some(known) = self.known.borrow().get(path) {
            return known.clone();
        }
        let text = self
            .real(path, true)
            .filter(|file| file.is_file())
            .and_then(|file| std::fs::read(file).ok());
        self.known
            .borrow_mut()
            .insert(path.to_string(), text.clone());
        text
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            argv: vec![String::new()],
            path: Vec::new(),
            max_steps: u64::MAX,
            max_memory: usize::MAX,
            stdin: None,
            stdin_open: false,
            env: Vec::new(),
            gc_stress: false,
            files: Files::default(),
            gateway: Rc::default(),
            stdlib: None,
            cwd: "/".to_string(),
            interpreters: 0,
            dev_mode: false,
        }
    }
}

/// CPython's `PyTrash_UNWIND_LEVEL`.
pub const TRASHCAN_LEVEL: u32 = 50;

/// The whole state of a Python process.
#[derive(Clone)]
pub struct Machine {
    pub heap: Heap,
    pub types: Types,
    pub names: Names,

    pub none: Obj,
    pub true_: Obj,
    pub false_: Obj,
    pub ellipsis: Obj,
    pub not_implemented: Obj,
    pub empty_tuple: Obj,
    pub empty_str: Obj,
    pub empty_bytes: Obj,
    pub empty_frozenset: Obj,
    /// -5 to 256.
    /// Where functions found what they take from their globals.
    surroundings: types::function::Surroundings,
    pub small_ints: Rc<Vec<Obj>>,
    /// The first of them: they follow each other on the heap.
    pub(super) first_small_int: Obj,
    /// One-letter strings of latin-1; NULL until first used.
    pub latin1: Vec<Obj>,
    /// One-byte bytes; NULL until first used.
    pub bytes1: Vec<Obj>,

    /// The value stack: locals and operands of all frames that run, and temporaries of natives between them.
    pub stack: Vec<Obj>,
    /// First free place of the stack above the innermost frame and its natives' temporaries.
    pub top: usize,
    /// Arguments of natives called by natives; borrowed references.
    pub argv: Vec<Obj>,
    pub frames: Vec<Frame>,
    pub blocks: Vec<Block>,
    /// Index of the instruction that runs in the innermost frame.
    pub pc: u32,
    /// Nested runs open at present.
    pub depth: u32,
    pub recursion_limit: u32,
    /// Set while RecursionError is being handled: some calls more are allowed.
    pub recursion_headroom: u32,
    /// Levels of native recursion (`Py_EnterRecursiveCall`) besides frames.
    pub native_recursion: u32,

    /// The exception in flight (`tstate->curexc_*`).
    pub pending: Option<Box<Pending>>,
    /// The frame just pushed begins by raising the exception in flight (`generator.throw`).
    pub raise_on_entry: bool,
    /// The exception in flight is raised again: it gets no new traceback entry in this frame.
    pub raised_again: bool,
    /// Exceptions set aside while a frame they left is taken down.
    pub pending_aside: Vec<Option<Box<Pending>>>,
    /// Where generators that are drained put what they yield, the innermost one's last; and what is put aside: owned.
    pub sinks: Vec<drain::Sink>,
    pub drained: Vec<Obj>,
    /// Values on their way from a frame that ends to its caller.
    pub returning: Vec<Obj>,
    /// Objects whose bytes natives keep in their place while they call back.
    pub exporting: Vec<Obj>,
    /// What the native holds whose allocation started the collection that runs.
    allocating: allocating::Allocating,
    /// The exceptions being handled: the thread's own, then one for each generator that runs. Type, value, traceback each, NULL
    /// or None for none (`tstate->exc_info`).
    pub handled: Vec<[Obj; 3]>,

    pub generations: Generations,
    /// `gc.garbage`, `gc.callbacks`.
    pub gc_garbage: Obj,
    pub gc_callbacks: Obj,
    pub gc_debug: u32,
    /// There are classes with finalisers of the old kind.
    pub gc_legacy: bool,
    pub collection: Option<observe::Collection>,
    pub trash_depth: u32,
    /// So many frames a new coroutine remembers of where it was made (`sys.set_coroutine_origin_tracking_depth`).
    pub origin_depth: u32,
    /// The ordered dict whose `pop` runs methods of a subclass, and the key, which has left the order: borrowed from that call.
    pub leaving_order: (Obj, Obj),
    pub trash: Vec<Obj>,
    /// Nested deallocations of types without a trashcan in CPython, and those that wait because there were too many.
    pub deep_depth: u32,
    pub deep_trash: Vec<Obj>,
    /// Objects whose finaliser runs because their count reached zero, outermost first.
    pub dying: Vec<Obj>,

    /// `sys.modules`, `builtins.__dict__`, `sys.__dict__`, the script's `__main__` dict.
    pub sys_modules: Obj,
    pub builtins: Obj,
    /// What the built-in names were before `site` and the script added to them.
    builtins_copy: Obj,
    /// What `sys` had before its streams and its path: it outlives the module's own dict. NULL at the end.
    sys_copy: Obj,
    pub sys_dict: Obj,
    pub main_dict: Obj,
    /// State of modules that live in Rust: named references they own.
    pub module_state: HashMap<&'static str, Obj>,
    /// Types that modules made, by `tp_name`.
    pub module_types: HashMap<&'static str, Obj>,
    /// Which of the modules that CPython starts with have been loaded.
    started: started::Started,
    pub atexit: Vec<[Obj; 3]>,
    /// Lists of what `os.register_at_fork` got: to call before, after in the child, after in the parent. NULL for none so far.
    pub fork_handlers: [Obj; 3],
    /// Where the program is: running, ending, over.
    pub stage: exit::Stage,
    /// Exit has begun.
    pub finalizing: bool,
    pub exit_status: i32,

    pub output: Output,
    pub options: Rc<Options>,
    /// Virtual clock, nanoseconds since the script began (`time.time` adds a fixed epoch).
    pub clock: u64,
    /// The clock to measure with, where there is one.
    pub real_clock: Option<real_clock::RealClock>,
    pub stdin_at: usize,
    /// Files and descriptors as the script sees them.
    pub files: files::FileSystem,

    /// How many instructions may run before the loop looks up (`run.rs`), counted down; `steps` tells how many have run.
    left: i64,
    /// The step count at which it looks up.
    slice: u64,
    pub limit: u64,
    /// Events since `steps` last changed.
    pub events: u32,
    /// Set from outside to end the run.
    pub cancel: std::sync::Arc<std::sync::atomic::AtomicBool>,
    pub watch: Watch,
    pub interrupt: Option<Exit>,

    /// `sys.settrace`, `sys.setprofile`.
    pub tracing: tracing::Tracing,

    pub method_cache: Rc<MethodCache>,
    /// A generator yielded (rather than returned) out of the last nested run.
    pub yielded: bool,
    /// `float.__setformat__` said that nothing is known of doubles, of floats.
    pub unknown_float_formats: [bool; 2],
    /// Functions of Argument Clinic that have been called with keywords: each keeps a tuple of its parameters' names from then on
    /// (`parser_init` of `Python/getargs.c`).
    pub parsers: std::collections::BTreeMap<String, Obj>,
    /// Containers whose `repr` runs (`Py_ReprEnter`).
    pub repr_running: Vec<Obj>,
}

impl Machine {
    /// Where in time the machine is: before an instruction, or at an event inside the one begun last.
    pub fn moment(&self) -> Moment {
        Moment {
            step: self.steps() - u64::from(self.events > 0),
            event: self.events,
        }
    }

    /// One reference more, owned by the caller.
    #[inline(always)]
    pub fn new_ref(&mut self, o: Obj) -> Obj {
        self.heap.incref(o);
        o
    }

    #[inline(always)]
    pub fn incref(&mut self, o: Obj) {
        self.heap.incref(o);
    }

    /// `Py_XINCREF`
    #[inline(always)]
    pub fn xincref(&mut self, o: Obj) {
        if !o.is_null() {
            self.heap.incref(o);
        }
    }

    /// Takes a reference away; at zero the object dies here and now.
    #[inline(always)]
    pub fn decref(&mut self, o: Obj) {
        self.decref_in::<true>(o);
    }

    /// `decref` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn decref_in<const WATCHED: bool>(&mut self, o: Obj) {
        if self.heap.decref_in::<WATCHED>(o) {
            self.dealloc(o);
        }
    }

    /// `Py_XDECREF`
    #[inline(always)]
    pub fn xdecref(&mut self, o: Obj) {
        if !o.is_null() {
            self.decref(o);
        }
    }

    /// Where the temporaries of natives end now; give it to `release`.
    #[inline(always)]
    pub fn mark(&self) -> usize {
        self.top
    }

    /// Puts an owned reference on the machine's stack for as long as a native works with it. Borrowed result.
    pub fn hold(&mut self, o: Obj) -> Obj {
        if self.top >= self.stack.len() {
            self.stack.resize(self.top * 2 + 64, NULL);
        }
        self.stack[self.top] = o;
        self.top += 1;
        o
    }

    /// Holds one reference more to a borrowed object.
    pub fn hold_ref(&mut self, o: Obj) -> Obj {
        self.heap.incref(o);
        self.hold(o)
    }

    /// Drops everything held since the mark, last first.
    pub fn release(&mut self, mark: usize) {
        while self.top > mark {
            self.top -= 1;
            let o = std::mem::replace(&mut self.stack[self.top], NULL);
            self.xdecref(o);
        }
    }

    /// Takes everything held since the mark back, owned, first to last.
    pub fn take_held(&mut self, mark: usize) -> Vec<Obj> {
        let items = self.stack[mark..self.top].to_vec();
        self.stack[mark..self.top].fill(NULL);
        self.top = mark;
        items
    }

    /// Takes the last held reference back, owned.
    pub fn unhold(&mut self) -> Obj {
        self.top -= 1;
        std::mem::replace(&mut self.stack[self.top], NULL)
    }

    /// Slots of an object's type.
    #[inline(always)]
    pub fn slots_of(&self, o: Obj) -> &slots::Slots {
        &self.heap.class(self.heap.ty(o)).slots
    }

    /// `Py_TYPE(o)->tp_name`, as messages show it.
    pub fn type_name(&self, o: Obj) -> String {
        self.heap.class(self.heap.ty(o)).name.to_string()
    }

    /// The type of an argument as Argument Clinic's messages show it: None goes by its own name (`_PyArg_BadArgument`).
    pub fn argument_type(&self, o: Obj) -> String {
        if o == self.none {
            "None".to_string()
        } else {
            self.type_name(o)
        }
    }

    /// `tp_name` of a class.
    pub fn class_name(&self, class: Obj) -> String {
        self.heap.class(class).name.to_string()
    }

    /// What a class's `__name__` says: `tp_name` without the module.
    pub fn class_dunder_name(&self, class: Obj) -> String {
        let c = self.heap.class(class);
        match c.ht_name.some() {
            Some(name) => self.text(name),
            None => c.name.rsplit('.').next().unwrap_or(&c.name).to_string(),
        }
    }

    /// The text of a str object, lone surrogates replaced; "" for anything else.
    pub fn text(&self, o: Obj) -> String {
        self.heap.str(o).map_or_else(String::new, |s| s.lossy())
    }

    /// Something a script may use that this machine does not have: ends the run with exit status 4.
    pub fn unsupported<T>(&mut self, what: String) -> PyResult<T> {
        let (file, line) = self.current_place();
        self.interrupt = Some(Exit::Unsupported { file, line, what });
        Err(Thrown::Interrupt)
    }

    /// File and line of the innermost Python frame of the script; of a module that is carried along only if there is none.
    pub fn current_place(&self) -> (String, u32) {
        let scripts = |frame: &&Frame| !frame.code.source.filename.starts_with("<frozen ");
        let innermost = self.frames.last();
        let Some(frame) = self.frames.iter().rev().find(scripts).or(innermost) else {
            return (String::new(), 0);
        };
        let pc = match innermost {
            Some(last) if std::ptr::eq(last, frame) => self.pc,
            _ => frame.pc.saturating_sub(1),
        };
        (frame.code.source.filename.to_string(), frame.code.line(pc))
    }
}
