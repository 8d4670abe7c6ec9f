//! Which codec has a name: search functions asked in turn, answers kept (`_PyCodec_Lookup`). The first search function is
//! that of the package `encodings`, which is imported when the registry is first needed.

use super::*;
use crate::vm::Thrown;
use crate::vm::types::codecs::normalized;

/// Module state: the list of search functions, the dict of codecs found, the dict of error handlers.
const SEARCH_PATH: &str = "codecs.search_path";
const CACHE: &str = "codecs.cache";
pub const HANDLERS: &str = "codecs.handlers";

/// Sees to it that the registry is there; the package's own search function comes first.
fn ensure(vm: &mut Machine) -> PyResult<()> {
    if vm.module_state.contains_key(SEARCH_PATH) {
        return Ok(());
    }
    let path = vm.new_list(Vec::new());
    vm.module_state.insert(SEARCH_PATH, path);
    let cache = vm.new_dict();
    vm.module_state.insert(CACHE, cache);
    let package = vm.import_module("encodings")?;
    vm.decref(package);
    Ok(())
}

pub fn register(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    ensure(vm)?;
    let function = args.get(vm, 0);
    if !vm.is_callable(function) {
        return vm.type_error("argument must be callable".to_string());
    }
    let path = vm.module_state[SEARCH_PATH];
    vm.incref(function);
    crate::vm::types::list::push(vm, path, function);
    Ok(vm.new_none())
}

pub fn unregister(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    ensure(vm)?;
    let (path, cache) = (vm.module_state[SEARCH_PATH], vm.module_state[CACHE]);
    let function = args.get(vm, 0);
    let at = vm
        .heap
        .list(path)
        .and_then(|items| items.iter().position(|o| *o == function));
    if let Some(at) = at {
        vm.drop_dict(cache);
        let old = crate::vm::types::list_slice::take(vm, path, at);
        vm.decref(old);
    }
    Ok(vm.new_none())
}

pub fn forget(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    ensure(vm)?;
    let cache = vm.module_state[CACHE];
    vm.del_item(cache, args.get(vm, 0))?;
    Ok(vm.new_none())
}

pub fn lookup(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = args.get(vm, 0);
    vm.str_argument("lookup", "argument", name)?;
    let name = vm.text(name);
    vm.find_codec(&name)
}

pub fn register_error(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (name, handler) = (args.get(vm, 0), args.get(vm, 1));
    vm.str_argument("register_error", "argument 1", name)?;
    if !vm.is_callable(handler) {
        return vm.type_error("handler must be callable".to_string());
    }
    let registry = handlers::registry(vm);
    vm.dict_set(registry, name, handler)?;
    Ok(vm.new_none())
}

pub fn lookup_error(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = args.get(vm, 0);
    vm.str_argument("lookup_error", "argument", name)?;
    find_handler(vm, name)
}

/// The error handler of a name; owned.
pub fn find_handler(vm: &mut Machine, name: Obj) -> PyResult<Obj> {
    let registry = handlers::registry(vm);
    let text = vm.text(name);
    match vm.dict_get_name(registry, &text).some() {
        Some(found) => Ok(vm.new_ref(found)),
        None => vm.raise(
            vm.types.lookup_error,
            format!("unknown error handler name '{text}'"),
        ),
    }
}

/// The arguments of `encode` and `decode`; an encoding that is missing is utf-8.
fn convert(vm: &mut Machine, args: Args, name: &str, which: usize) -> PyResult<Obj> {
    let [object, encoding, errors] =
        vm.unpack(name, args, &[req("obj"), opt("encoding"), opt("errors")])?;
    for (place, given) in [("encoding", encoding), ("errors", errors)] {
        if !given.is_null() {
            vm.str_argument(name, &format!("argument '{place}'"), given)?;
        }
    }
    let encoding = if encoding.is_null() {
        "utf-8".to_string()
    } else {
        vm.text(encoding)
    };
    let codec = vm.find_codec(&encoding)?;
    vm.with_held(codec, |vm, codec| {
        vm.convert_by_codec(codec, which, object, errors, &encoding)
    })
}

pub fn encode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    convert(vm, args, "encode", ENCODER)
}

pub fn decode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    convert(vm, args, "decode", DECODER)
}

/// Places in a codec's tuple.
const ENCODER: usize = 0;
const DECODER: usize = 1;

const ACTIONS: [(&str, &str); 2] = [("encoding", "encoder"), ("decoding", "decoder")];

impl Machine {
    /// The codec of a name: a tuple of four; owned.
    pub fn find_codec(&mut self, name: &str) -> PyResult<Obj> {
        ensure(self)?;
        let key = normalized_for_search(name);
        let cache = self.module_state[CACHE];
        let known = self.dict_get_name(cache, &key);
        if !known.is_null() {
            return Ok(self.new_ref(known));
        }
        let argument = self.intern(&key);
        self.with_held(argument, |vm, argument| {
            let path = vm.module_state[SEARCH_PATH];
            let mut i = 0;
            while let Some(function) = crate::vm::types::list::get(vm, path, i) {
                let found = vm.call(function, &[argument])?;
                if found == vm.none {
                    vm.decref(found);
                    i += 1;
                    continue;
                }
                if vm.heap.tuple(found).map(<[Obj]>::len) != Some(4) {
                    vm.decref(found);
                    return vm
                        .type_error("codec search functions must return 4-tuples".to_string());
                }
                let cache = vm.module_state[CACHE];
                vm.dict_set_name(cache, &key, found);
                return Ok(found);
            }
            vm.raise(vm.types.lookup_error, format!("unknown encoding: {name}"))
        })
    }

    /// Calls a codec's encoder or decoder; what comes out of it, owned (`_PyCodec_EncodeInternal`).
    fn convert_by_codec(
        &mut self,
        codec: Obj,
        which: usize,
        object: Obj,
        errors: Obj,
        encoding: &str,
    ) -> PyResult<Obj> {
        let function = self.heap.tuple(codec).map_or(NULL, |parts| parts[which]);
        let (action, kind) = ACTIONS[which];
        let result = if errors.is_null() {
            self.call(function, &[object])
        } else {
            self.call(function, &[object, errors])
        };
        let result = match result {
            Err(Thrown::Exception) => return self.codec_failed(action, encoding),
            other => other?,
        };
        let answer = match self.heap.tuple(result) {
            Some([answer, _]) => Ok(*answer),
            _ => self.type_error(format!("{kind} must return a tuple (object, integer)")),
        };
        let answer = answer.map(|answer| self.new_ref(answer));
        self.decref_raising(result, answer)
    }

    /// An exception of a codec, told with the codec's name if that can be (`_PyErr_TrySetFromCause`).
    fn codec_failed(&mut self, action: &str, encoding: &str) -> PyResult<Obj> {
        let caught = self.take_exception_object()?;
        self.hold(caught);
        let class = self.heap.ty(caught);
        let plain = self.can_be_told_anew(caught, class);
        let text = match self.str_of(caught) {
            Ok(text) => {
                let shown = self.text(text);
                self.decref(text);
                shown
            }
            Err(thrown) => return self.let_go(Err(thrown)),
        };
        if !plain {
            let raised = self.reraise_object(caught);
            return self.let_go(raised);
        }
        let name = self.type_name(caught);
        let message = format!("{action} with '{encoding}' codec failed ({name}: {text})");
        let message = self.new_string(message);
        let made = self.call_one(class, message);
        match made {
            Ok(made) => {
                self.incref(caught);
                self.set_exc_context(made, caught);
                self.incref(caught);
                let exc = self.exc_mut(made);
                exc.suppress_context = true;
                let old = std::mem::replace(&mut exc.cause, caught);
                self.xdecref(old);
                let raised = self.raise_object(made);
                let raised = self.decref_raising(made, raised);
                self.let_go(raised)
            }
            Err(thrown) => self.let_go(Err(thrown)),
        }
    }

    /// Only an exception of a class with nothing of its own, with at most one argument, a text.
    fn can_be_told_anew(&mut self, caught: Obj, class: Obj) -> bool {
        let own = self.heap.class(class);
        let base = self.heap.class(self.types.base_exception);
        let same = |a: Option<usize>, b: Option<usize>| a == b;
        let plain = same(
            own.slots.tp_init.map(|f| f as usize),
            base.slots.tp_init.map(|f| f as usize),
        ) && same(
            own.slots.tp_new.map(|f| f as usize),
            base.slots.tp_new.map(|f| f as usize),
        );
        let exc = self.exc(caught);
        let (args, dict) = (exc.args, exc.dict);
        let few = match self.heap.tuple(args) {
            Some([]) => true,
            Some([one]) => self.heap.str(*one).is_some(),
            _ => false,
        };
        let bare = dict.is_null() || self.heap.dict_len(dict) == 0;
        plain && few && bare
    }

    /// `text.encode(...)` with a codec that is not the machine's own; owned bytes.
    pub fn encode_text_by_registry(
        &mut self,
        text: Obj,
        encoding: Obj,
        errors: Obj,
    ) -> PyResult<Obj> {
        let name = self.text(encoding);
        let made = self.text_by_registry(text, &name, errors, ENCODER, "codecs.encode()")?;
        if self.heap.bytes_of(made).is_some() {
            return Ok(made);
        }
        if self.is_bytearray(made) {
            let data = self.bytes_like(made);
            let data = self.decref_raising(made, data)?;
            let message = format!(
                "encoder {name} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types"
            );
            self.warn(self.types.runtime_warning, &message, 1)?;
            return Ok(self.new_bytes(data));
        }
        let kind = self.type_name(made);
        self.decref(made);
        self.type_error(format!(
            "'{name}' encoder returned '{kind}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types"
        ))
    }

    /// `data.decode(...)` with a codec that is not the machine's own; owned str.
    pub fn decode_text_by_registry(
        &mut self,
        data: &[u8],
        encoding: Obj,
        errors: Obj,
    ) -> PyResult<Obj> {
        let name = self.text(encoding);
        // What a decoder gets to see is a view of the bytes.
        let bytes = self.new_bytes(data.to_vec());
        let view = self.with_held(bytes, |vm, bytes| vm.memoryview_of(bytes))?;
        let made = self.with_held(view, |vm, view| {
            vm.text_by_registry(view, &name, errors, DECODER, "codecs.decode()")
        })?;
        if self.heap.str(made).is_some() {
            return Ok(made);
        }
        let kind = self.type_name(made);
        self.decref(made);
        self.type_error(format!(
            "'{name}' decoder returned '{kind}' instead of 'str'; use codecs.decode() to decode to arbitrary types"
        ))
    }

    /// A codec of texts; others are refused with a hint (`_PyCodec_LookupTextEncoding`). Owned.
    pub fn find_text_codec(&mut self, name: &str, instead: &str) -> PyResult<Obj> {
        let codec = self.find_codec(name)?;
        self.hold(codec);
        // A plain tuple, as search functions of old return it, counts as one of texts.
        if self.heap.ty(codec) != self.types.tuple {
            let flag = match self.lookup_attr_str(codec, "_is_text_encoding") {
                Ok(flag) => flag,
                Err(thrown) => return self.let_go(Err(thrown)),
            };
            if let Some(flag) = flag {
                let is_text = self.is_true(flag);
                let is_text = self.decref_raising(flag, is_text);
                match is_text {
                    Ok(true) => {}
                    Ok(false) => {
                        let raised = self.raise(
                            self.types.lookup_error,
                            format!(
                                "'{name}' is not a text encoding; use {instead} to handle arbitrary codecs"
                            ),
                        );
                        return self.let_go(raised);
                    }
                    Err(thrown) => return self.let_go(Err(thrown)),
                }
            }
        }
        Ok(self.unhold())
    }

    fn text_by_registry(
        &mut self,
        object: Obj,
        name: &str,
        errors: Obj,
        which: usize,
        instead: &str,
    ) -> PyResult<Obj> {
        let codec = self.find_text_codec(name, instead)?;
        self.with_held(codec, |vm, codec| {
            vm.convert_by_codec(codec, which, object, errors, name)
        })
    }
}

/// The name a search function gets (`normalizestring`): lower case, anything but letters, digits and points made `_`.
fn normalized_for_search(name: &str) -> String {
    normalized(name)
}
