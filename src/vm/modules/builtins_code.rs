//! `exec`, `eval`, `compile`, `globals`, `locals`, `__import__` of the module `builtins`.

use crate::bytecode::code::flags;
use crate::compiler::{Options, Origin};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{kw, opt, req};
use crate::vm::{Args, Machine, PyResult};

pub fn globals(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    match vm.frames.last().map(|f| f.globals) {
        Some(globals) => Ok(vm.new_ref(globals)),
        None => Ok(vm.new_none()),
    }
}

pub fn locals(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let locals = vm.current_locals()?;
    Ok(vm.new_ref(locals))
}

pub fn import(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [name, globals, _locals, fromlist, level] = vm.unpack(
        "__import__",
        args,
        &[
            req("name"),
            opt("globals"),
            opt("locals"),
            opt("fromlist"),
            opt("level"),
        ],
    )?;
    if vm.heap.str(name).is_none() {
        let ty = vm.argument_type(name);
        return vm.type_error(format!("__import__() argument 1 must be str, not {ty}"));
    }
    let level = if level.is_null() {
        0
    } else {
        vm.index_clamped(level, vm.types.overflow_error)?
    };
    if level < 0 {
        return vm.value_error("level must be >= 0");
    }
    let fromlist = if fromlist.is_null() {
        vm.none
    } else {
        fromlist
    };
    vm.import(name, globals, fromlist, level as i64)
}

/// Source text, or NULL for a code object. Source that is neither is a TypeError naming the function.
pub(super) fn source_bytes(
    vm: &mut Machine,
    source: Obj,
    fname: &str,
    what: &str,
) -> PyResult<Vec<u8>> {
    let data = if let Some(text) = vm.heap.str(source) {
        match text.as_str() {
            Some(plain) => plain.as_bytes().to_vec(),
            None => {
                vm.check_utf8(source)?;
                return vm.value_error("source code string cannot be encoded");
            }
        }
    } else if vm.heap.bytes_of(source).is_some()
        || vm.is_subtype(vm.heap.ty(source), vm.types.bytearray)
        || vm.is_subtype(vm.heap.ty(source), vm.types.memoryview)
    {
        vm.bytes_like(source)?
    } else {
        return vm.type_error(format!("{fname}() arg 1 must be a {what}"));
    };
    if data.contains(&0) {
        return vm.value_error("source code string cannot contain null bytes");
    }
    Ok(data)
}

pub fn compile(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [
        source,
        filename,
        mode,
        flags,
        dont_inherit,
        optimize,
        version,
    ] = vm.unpack(
        "compile",
        args,
        &[
            req("source"),
            req("filename"),
            req("mode"),
            opt("flags"),
            opt("dont_inherit"),
            opt("optimize"),
            kw("_feature_version"),
        ],
    )?;
    let path = vm.fs_path(filename)?;
    let filename = match vm.heap.bytes_of(path) {
        Some(bytes) => String::from_utf8_lossy(&bytes.data).into_owned(),
        None => vm.text(path),
    };
    // Held until the code is made: it is the code's own name, if it is a str.
    let mark = vm.mark();
    vm.hold(path);
    let name = if vm.heap.str(path).is_some() {
        path
    } else {
        NULL
    };
    let result = compile_named(
        vm,
        source,
        &filename,
        name,
        mode,
        [flags, dont_inherit, optimize, version],
    );
    vm.releasing(mark, result)
}

/// The same with the file's name as text, and as the object it is if it is a str.
fn compile_named(
    vm: &mut Machine,
    source: Obj,
    filename: &str,
    name: Obj,
    mode: Obj,
    [flags, dont_inherit, optimize, version]: [Obj; 4],
) -> PyResult<Obj> {
    if vm.heap.str(mode).is_none() {
        let name = vm.argument_type(mode);
        return vm.type_error(format!("compile() argument 'mode' must be str, not {name}"));
    }
    let options = compile_options(vm, flags, dont_inherit, optimize)?;
    let only_ast = c_int(vm, flags, 0)? as u32 & ONLY_AST != 0;
    let mode = vm.text(mode);
    if mode == "func_type" && only_ast {
        return vm.unsupported("compile() of a function's type comment".to_string());
    }
    if mode == "func_type" {
        return vm.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    }
    if !matches!(&mode[..], "exec" | "eval" | "single") {
        return vm.value_error(if only_ast {
            "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        } else {
            "compile() mode must be 'exec', 'eval' or 'single'"
        });
    }
    vm.count_tree_types();
    if vm.is_syntax_tree(source) {
        if only_ast {
            return Ok(vm.new_ref(source));
        }
        return vm.compile_objects(source, filename, name, &mode, options);
    }
    let data = source_bytes(vm, source, "compile", "string, bytes or AST object")?;
    if only_ast {
        let origin = origin_of(vm, source);
        if let Ok(minor @ 0..10) = u8::try_from(c_int(vm, version, -1)?)
            && let Some(error) = crate::syntax::too_new(&data, filename, origin, minor)
        {
            return vm.raise_syntax_error(&error);
        }
        return vm.parse_to_objects(&data, filename, &mode, origin);
    }
    let options = Options {
        origin: origin_of(vm, source),
        ..options
    };
    vm.compile_with(&data, filename, name, &mode, options)
}

pub(super) fn origin_of(vm: &Machine, source: Obj) -> Origin {
    match vm.heap.str(source) {
        Some(_) => Origin::Text,
        None => Origin::Bytes,
    }
}

/// `PyCF_MASK`, and the flags that are no future statements: `PyCF_ALLOW_TOP_LEVEL_AWAIT`, `PyCF_ONLY_AST` and two more.
const FUTURE_FLAGS: u32 = 0x1fe_0000;
const TOP_LEVEL_AWAIT: u32 = 0x2000;
const ONLY_AST: u32 = 0x400;
const OTHER_FLAGS: u32 = TOP_LEVEL_AWAIT | ONLY_AST | 0x1000 | 0x200 | 0x10;

/// The arguments of `compile()` that say how.
fn compile_options(
    vm: &mut Machine,
    flags: Obj,
    dont_inherit: Obj,
    optimize: Obj,
) -> PyResult<Options> {
    let flags = c_int(vm, flags, 0)?;
    let dont_inherit = !dont_inherit.is_null() && vm.is_true(dont_inherit)?;
    let optimize = c_int(vm, optimize, -1)?;
    if flags as u32 & !(FUTURE_FLAGS | OTHER_FLAGS) != 0 {
        return vm.value_error("compile(): unrecognised flags");
    }
    if !(-1..=2).contains(&optimize) {
        return vm.value_error("compile(): invalid optimize value");
    }
    let inherited = if dont_inherit { 0 } else { inherited_flags(vm) };
    Ok(Options {
        optimize: optimize.max(0) as u8,
        future_flags: flags as u32 & FUTURE_FLAGS | inherited,
        top_level_await: flags as u32 & TOP_LEVEL_AWAIT != 0,
        origin: Origin::Bytes,
    })
}

fn c_int(vm: &mut Machine, o: Obj, default: i32) -> PyResult<i32> {
    if o.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index).and_then(|i| i32::try_from(i).ok());
    vm.decref(index);
    match value {
        Some(value) => Ok(value),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        ),
    }
}

/// The future statements that hold in the code that calls (`PyEval_MergeCompilerFlags`).
fn inherited_flags(vm: &Machine) -> u32 {
    vm.frames.last().map_or(0, |f| f.code.flags & FUTURE_FLAGS)
}

/// Global and local names for `exec` and `eval`, borrowed: those of the caller by default.
fn namespaces(vm: &mut Machine, globals: Obj, locals: Obj) -> PyResult<(Obj, Obj)> {
    let given = |o: Obj, vm: &Machine| !o.is_null() && o != vm.none;
    let (has_globals, has_locals) = (given(globals, vm), given(locals, vm));
    let globals = if has_globals {
        globals
    } else {
        vm.frames.last().map_or(NULL, |f| f.globals)
    };
    let locals = match (has_globals, has_locals) {
        (_, true) => locals,
        (true, false) => globals,
        (false, false) => vm.current_locals()?,
    };
    if globals.is_null() {
        return vm.raise(
            vm.types.system_error,
            "globals and locals cannot be NULL".to_string(),
        );
    }
    if vm.dict_get_name(globals, "__builtins__").is_null() {
        let builtins = vm.frames.last().map_or(vm.builtins, |f| f.builtins);
        vm.dict_set_name(globals, "__builtins__", builtins);
    }
    Ok((globals, locals))
}

pub fn eval(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (source, globals, locals) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if !locals.is_null() && locals != vm.none && !vm.is_mapping(locals) {
        return vm.type_error("locals must be a mapping".to_string());
    }
    if !globals.is_null() && globals != vm.none && !vm.heap.is_dict(globals) {
        let message = if vm.is_mapping(globals) {
            "globals must be a real dict; try eval(expr, {}, mapping)"
        } else {
            "globals must be a dict"
        };
        return vm.type_error(message.to_string());
    }
    let (globals, locals) = namespaces(vm, globals, locals)?;
    run_source(vm, source, globals, locals, "eval")
}

pub fn exec(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (source, globals, locals) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if !globals.is_null() && globals != vm.none && !vm.heap.is_dict(globals) {
        let name = vm.type_name(globals);
        return vm.type_error(format!("exec() globals must be a dict, not {name}"));
    }
    if !locals.is_null() && locals != vm.none && !vm.is_mapping(locals) {
        let name = vm.type_name(locals);
        return vm.type_error(format!("locals must be a mapping or None, not {name}"));
    }
    let (globals, locals) = namespaces(vm, globals, locals)?;
    let result = run_source(vm, source, globals, locals, "exec")?;
    vm.decref(result);
    Ok(vm.new_none())
}

fn run_source(
    vm: &mut Machine,
    source: Obj,
    globals: Obj,
    locals: Obj,
    mode: &str,
) -> PyResult<Obj> {
    if let Payload::Code(code) = vm.heap.payload(source) {
        if !code.freevars.is_empty() {
            return vm.type_error(format!(
                "code object passed to {mode}() may not contain free variables"
            ));
        }
        let takes_arguments = code.argcount + code.kwonly > 0
            || code.flags & (flags::VARARGS | flags::VARKEYWORDS) != 0;
        if takes_arguments {
            // It is called without any.
            let name = vm.new_ref(code.name);
            let function = vm.new_function(source, globals, name);
            return vm.with_held(function, |vm, function| vm.call(function, &[]));
        }
        return vm.eval_code(source, globals, locals);
    }
    let data = source_bytes(vm, source, mode, "string, bytes or code object")?;
    let start = if mode == "eval" {
        data.iter()
            .position(|b| *b != b' ' && *b != b'\t')
            .unwrap_or(data.len())
    } else {
        0
    };
    let options = Options {
        future_flags: inherited_flags(vm),
        origin: origin_of(vm, source),
        ..Options::default()
    };
    let code = vm.compile_with(&data[start..], "<string>", NULL, mode, options)?;
    vm.with_held(code, |vm, code| vm.eval_code(code, globals, locals))
}

impl Machine {
    /// `PyMapping_Check`
    pub fn is_mapping(&self, o: Obj) -> bool {
        self.slots_of(o).mp_subscript.is_some()
    }

    /// Runs a code object in namespaces (`PyEval_EvalCode`); all borrowed.
    pub fn eval_code(&mut self, code: Obj, globals: Obj, locals: Obj) -> PyResult<Obj> {
        let Payload::Code(rc) = self.heap.payload(code) else {
            panic!("eval_code of something that is no code")
        };
        let rc = rc.clone();
        let builtins = self.builtins_of(globals);
        self.run_code(rc, code, globals, builtins, locals, NULL)
    }
}
