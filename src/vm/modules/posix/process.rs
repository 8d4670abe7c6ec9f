//! What a process is told about itself: the same in every run. Starting or signalling another one is refused.

use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::modules::io::{fd::strerror, int, size};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

/// `os.getpid()` of every run.
const PID: i64 = 4242;

macro_rules! fixed {
    ($name:literal, $value:expr) => {
        Method::new($name, Arity::NoArgs, |vm, _, _| Ok(vm.new_int($value)))
            .doc(concat!($name, "($module, /)\n--\n\n"))
    };
}

macro_rules! refused {
    ($name:literal) => {
        Method::new($name, Arity::Keywords, |vm, _, _| no_process(vm))
    };
}

/// What only a privileged process may do, or nobody here.
macro_rules! denied {
    ($name:literal) => {
        Method::new($name, Arity::Keywords, |vm, _, _| {
            vm.raise_os(1, "", NULL, NULL)
        })
    };
}

pub static FUNCTIONS: &[Method] = &[
    fixed!("getpid", PID),
    fixed!("getppid", PID - 1),
    fixed!("getuid", 1000),
    fixed!("geteuid", 1000),
    fixed!("getgid", 1000),
    fixed!("getegid", 1000),
    fixed!("getpgrp", PID),
    fixed!("cpu_count", 1),
    Method::new("strerror", Arity::Positional(1, 1), |vm, _, args| {
        let number = int(vm, args.get(vm, 0), 0)?;
        Ok(vm.new_string(strerror(number)))
    })
    .doc("strerror($module, code, /)\n--\n\n"),
    Method::new("urandom", Arity::Positional(1, 1), urandom)
        .doc("urandom($module, size, /)\n--\n\nBytes that look random, the same in every run."),
    Method::new("getrandom", Arity::Keywords, getrandom)
        .doc("getrandom($module, /, size, flags=0)\n--\n\n"),
    Method::new("umask", Arity::Positional(1, 1), |vm, _, args| {
        let mask = int(vm, args.get(vm, 0), 0)? as u32 & 0o777;
        let old = std::mem::replace(&mut vm.fs().umask, mask);
        Ok(vm.new_int(i64::from(old)))
    })
    .doc("umask($module, mask, /)\n--\n\n"),
    Method::new("putenv", Arity::Positional(2, 2), putenv)
        .doc("putenv($module, name, value, /)\n--\n\n"),
    Method::new("unsetenv", Arity::Positional(1, 1), putenv)
        .doc("unsetenv($module, name, /)\n--\n\n"),
    Method::new("_exit", Arity::Keywords, exit).doc("_exit($module, /, status)\n--\n\n"),
    Method::new("uname", Arity::NoArgs, |vm, _, _| {
        let items = ["Linux", "lifetimes", "0", "0", "x86_64"].map(|t| vm.new_str(t));
        let row = vm.new_tuple(items.to_vec());
        super::make(vm, "uname_result", vec![row])
    })
    .doc("uname($module, /)\n--\n\n"),
    Method::new("times", Arity::NoArgs, |vm, _, _| {
        let now = vm.file_time() as f64 / 1e9;
        let items = [0.0, 0.0, 0.0, 0.0, now].map(|t| vm.new_float(t));
        let row = vm.new_tuple(items.to_vec());
        super::make(vm, "times_result", vec![row])
    })
    .doc("times($module, /)\n--\n\n"),
    Method::new("register_at_fork", Arity::Keywords, register_at_fork),
    refused!("fork"),
    refused!("forkpty"),
    refused!("system"),
    refused!("execv"),
    refused!("execve"),
    refused!("posix_spawn"),
    refused!("posix_spawnp"),
    refused!("kill"),
    refused!("killpg"),
    denied!("chroot"),
    denied!("chown"),
    denied!("lchown"),
    denied!("fchown"),
    denied!("mkfifo"),
    denied!("mknod"),
    denied!("statvfs"),
    denied!("fstatvfs"),
    Method::new("abort", Arity::NoArgs, |vm, _, _| {
        vm.unsupported("os.abort()".into())
    }),
    Method::new("wait", Arity::NoArgs, |vm, _, _| {
        vm.raise_os(10, "", NULL, NULL)
    }),
    Method::new("waitpid", Arity::Positional(2, 2), |vm, _, _| {
        vm.raise_os(10, "", NULL, NULL)
    }),
    Method::new("getlogin", Arity::NoArgs, |vm, _, _| {
        vm.raise_os(25, "", NULL, NULL)
    }),
];

fn no_process(vm: &mut Machine) -> PyResult<Obj> {
    vm.raise_os(
        1,
        "lifetimes: a script starts and changes no processes",
        NULL,
        NULL,
    )
}

/// There is no fork, but the interpreter holds what was to be called until its end.
fn register_at_fork(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    const NAMES: [&str; 3] = ["before", "after_in_child", "after_in_parent"];
    let given = vm.unpack("register_at_fork", args, &NAMES.map(kw))?;
    if given.iter().all(|handler| handler.is_null()) {
        return vm.type_error("At least one argument is required.".to_string());
    }
    for (name, handler) in NAMES.into_iter().zip(given) {
        if !handler.is_null() && !vm.is_callable(handler) {
            let class = vm.type_name(handler);
            let class = class.rsplit('.').next().unwrap_or_default();
            return vm.type_error(format!("'{name}' must be callable, not {class}"));
        }
    }
    for (place, handler) in given.into_iter().enumerate() {
        if handler.is_null() {
            continue;
        }
        if vm.fork_handlers[place].is_null() {
            vm.fork_handlers[place] = vm.new_list(Vec::new());
        }
        vm.incref(handler);
        vm.list_push(vm.fork_handlers[place], handler);
    }
    Ok(vm.new_none())
}

/// A fixed stream of bytes, further on with every call.
fn urandom(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let n = size(vm, args.get(vm, 0))?;
    random_bytes(vm, n)
}

/// Flags say how to wait for the system's pool, which is never empty here.
fn getrandom(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [n, _flags] = vm.unpack("getrandom", args, &[req("size"), opt("flags")])?;
    let n = size(vm, n)?;
    random_bytes(vm, n)
}

fn random_bytes(vm: &mut Machine, n: isize) -> PyResult<Obj> {
    let Ok(n) = usize::try_from(n) else {
        return vm.value_error("negative argument not allowed");
    };
    vm.check_size(n)?;
    let mut bytes = Vec::with_capacity(n);
    while bytes.len() < n {
        bytes.extend_from_slice(&vm.random_bits().to_le_bytes());
    }
    bytes.truncate(n);
    Ok(vm.new_bytes(bytes))
}

/// The program ends here and now: nothing is flushed, no handler and no finaliser runs.
fn exit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [status] = vm.unpack("_exit", args, &[req("status")])?;
    let status = int(vm, status, 0)?;
    vm.interrupt = Some(crate::vm::Exit::Finished {
        status: status & 0xff,
    });
    vm.exit_status = status & 0xff;
    vm.stage = crate::vm::exit::Stage::Over;
    Err(crate::vm::Thrown::Interrupt)
}

/// `environ`: bytes to bytes.
pub fn add_environment(vm: &mut Machine, dict: Obj) {
    let environ = vm.new_dict();
    let options = vm.options.clone();
    for (name, value) in &options.env {
        let (key, value) = (
            vm.new_bytes(name.clone().into_bytes()),
            vm.new_bytes(value.clone().into_bytes()),
        );
        if vm.dict_set(environ, key, value).is_err() {
            vm.clear_exception();
        }
        vm.decref(key);
        vm.decref(value);
    }
    vm.dict_set_name(dict, "environ", environ);
    vm.decref(environ);
}

/// `putenv(name, value)`, `unsetenv(name)`: what the machine itself reads of the environment. None stands for a variable taken out.
fn putenv(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let changes = match vm.module_state.get(ENVIRONMENT) {
        Some(changes) => *changes,
        None => {
            let made = vm.new_dict();
            vm.module_state.insert(ENVIRONMENT, made);
            made
        }
    };
    let (name, value) = (args.get(vm, 0), args.get(vm, 1));
    let text = match vm.heap.str(name) {
        Some(text) => text.lossy(),
        None => vm.buffer(name).map_or_else(String::new, |name| {
            String::from_utf8_lossy(&name).into_owned()
        }),
    };
    if text.contains('=') {
        return vm.value_error("illegal environment variable name");
    }
    let value = if value.is_null() { vm.none } else { value };
    vm.dict_set(changes, name, value)?;
    Ok(vm.new_none())
}

/// The dict of variables that the script has changed, bytes to bytes.
const ENVIRONMENT: &str = "posix.environment";

impl Machine {
    /// The next bits of what looks random and is the same in every run.
    pub fn random_bits(&mut self) -> u64 {
        let fs = self.fs();
        fs.random = fs.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = fs.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A variable of the environment as a C library would find it now.
    pub fn environment(&mut self, name: &str) -> Option<String> {
        let changed = self.module_state.get(ENVIRONMENT).copied().unwrap_or(NULL);
        let found = self.heap.dict_items(changed).into_iter().find(|(key, _)| {
            self.heap
                .bytes_of(*key)
                .is_some_and(|key| key.data[..] == *name.as_bytes())
        });
        if let Some((_, value)) = found {
            let data = self.heap.bytes_of(value)?;
            return Some(String::from_utf8_lossy(&data.data).into_owned());
        }
        let given = self.options.env.iter().find(|(key, _)| key == name)?;
        Some(given.1.clone())
    }
}
