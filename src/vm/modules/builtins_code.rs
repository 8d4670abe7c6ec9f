//! `exec`, `eval`, `compile`, `globals`, `locals`, `__import__` of the module `builtins`.

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

pub fn breakpoint(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.unsupported("breakpoint(): set one with the debugger".into())
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
        let ty = vm.type_name(name);
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
fn source_bytes(vm: &mut Machine, source: Obj, fname: &str, what: &str) -> PyResult<Vec<u8>> {
    let data = if let Some(text) = vm.heap.str(source) {
        match text.as_str() {
            Some(plain) => plain.as_bytes().to_vec(),
            None => {
                let text = vm.text(source);
                return vm.raise(
                    vm.types.unicode_error,
                    format!("'utf-8' codec can't encode the surrogates of {text:?}"),
                );
            }
        }
    } else if vm.heap.bytes_of(source).is_some()
        || vm.is_subtype(vm.heap.ty(source), vm.types.bytearray)
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
        _flags,
        _dont_inherit,
        _optimize,
        _version,
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
    if vm.heap.str(mode).is_none() {
        let name = vm.type_name(mode);
        return vm.type_error(format!("compile() argument 'mode' must be str, not {name}"));
    }
    let filename = match vm.heap.bytes_of(filename) {
        Some(bytes) => String::from_utf8_lossy(&bytes.data).into_owned(),
        None if vm.heap.str(filename).is_some() => vm.text(filename),
        None => {
            let name = vm.type_name(filename);
            return vm.type_error(format!(
                "expected str, bytes or os.PathLike object, not {name}"
            ));
        }
    };
    let mode = vm.text(mode);
    if !matches!(&mode[..], "exec" | "eval" | "single") {
        return vm.value_error("compile() mode must be 'exec', 'eval' or 'single'");
    }
    let data = source_bytes(vm, source, "compile", "string, bytes or AST object")?;
    vm.compile_source(&data, &filename, &mode)
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
            "globals must be a real dict; try eval(code, {}, mapping)"
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
    let code = vm.compile_source(&data[start..], "<string>", mode)?;
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
