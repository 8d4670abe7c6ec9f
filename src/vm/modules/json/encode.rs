//! `_json.make_encoder`: objects to JSON text in one piece, without indentation.
//!
//! Nesting is Rust recursion, bounded by the script's recursion limit.

use rustpython_wtf8::Wtf8Buf;

use super::text::push_quoted;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::req;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Encoder {
    /// A dict of the containers that are being written, by id, or None.
    markers: Obj,
    default: Obj,
    encoder: Obj,
    indent: Obj,
    key_separator: Obj,
    item_separator: Obj,
    sort_keys: bool,
    skipkeys: bool,
    allow_nan: bool,
    /// The encoder is one of this module's: whether it writes ASCII.
    own_strings: Option<bool>,
}

impl Native for Encoder {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("markers"), self.markers);
        f(Edge::Field("default"), self.default);
        f(Edge::Field("encoder"), self.encoder);
        f(Edge::Field("indent"), self.indent);
        f(Edge::Field("key_separator"), self.key_separator);
        f(Edge::Field("item_separator"), self.item_separator);
    }
    fn take(&mut self) -> Vec<Obj> {
        [
            &mut self.markers,
            &mut self.default,
            &mut self.encoder,
            &mut self.indent,
            &mut self.key_separator,
            &mut self.item_separator,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec()
    }
    native_boilerplate!();
}

macro_rules! field {
    ($name:literal, $field:ident) => {
        GetSet {
            doc: $name,
            ..GetSet::new($name, |vm, this| {
                let o = of(vm, this).$field;
                Ok(vm.new_ref(o))
            })
        }
    };
    (bool $name:literal, $field:ident) => {
        GetSet {
            doc: $name,
            ..GetSet::new($name, |vm, this| {
                let yes = of(vm, this).$field;
                Ok(vm.new_bool(yes))
            })
        }
    };
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "_iterencode(obj, _current_indent_level) -> iterable",
    base_type: true,
    getset: &[
        field!("markers", markers),
        field!("default", default),
        field!("encoder", encoder),
        field!("indent", indent),
        field!("key_separator", key_separator),
        field!("item_separator", item_separator),
        field!(bool "sort_keys", sort_keys),
        field!(bool "skipkeys", skipkeys),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_call = Some(call);
    },
    ..TypeSpec::new("_json.Encoder")
};

fn of(vm: &Machine, this: Obj) -> &Encoder {
    vm.heap.native(this).expect("an encoder")
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [
        markers,
        default,
        encoder,
        indent,
        key_separator,
        item_separator,
        sort,
        skip,
        nan,
    ] = vm.unpack(
        "make_encoder",
        args,
        &[
            req("markers"),
            req("default"),
            req("encoder"),
            req("indent"),
            req("key_separator"),
            req("item_separator"),
            req("sort_keys"),
            req("skipkeys"),
            req("allow_nan"),
        ],
    )?;
    for (n, separator) in [(5, key_separator), (6, item_separator)] {
        if vm.heap.str(separator).is_none() {
            let name = vm.type_name(separator);
            return vm.type_error(format!(
                "make_encoder() argument {n} must be str, not {name}"
            ));
        }
    }
    let (sort_keys, skipkeys) = (vm.is_true(sort)?, vm.is_true(skip)?);
    let allow_nan = vm.is_true(nan)?;
    if markers != vm.none && !vm.heap.is_dict(markers) {
        let name = vm.type_name(markers);
        return vm.type_error(format!(
            "make_encoder() argument 1 must be dict or None, not {name}"
        ));
    }
    let own_strings = match vm.heap.payload(encoder) {
        Payload::Builtin(builtin) => match builtin.def.name {
            "encode_basestring_ascii" => Some(true),
            "encode_basestring" => Some(false),
            _ => None,
        },
        _ => None,
    };
    let native = Encoder {
        markers: vm.new_ref(markers),
        default: vm.new_ref(default),
        encoder: vm.new_ref(encoder),
        indent: vm.new_ref(indent),
        key_separator: vm.new_ref(key_separator),
        item_separator: vm.new_ref(item_separator),
        sort_keys,
        skipkeys,
        allow_nan,
        own_strings,
    };
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
}

fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let params = [req("obj"), req("_current_indent_level")];
    let [o, _level] = vm.unpack("_iterencode", args, &params)?;
    let own = of(vm, this).clone();
    let mut out = Wtf8Buf::new();
    // CPython collects the pieces in a list, and puts them together into another one.
    vm.reserve_list();
    let written = own.value(vm, o, &mut out).map(|()| {
        let text = vm.new_wtf8(out);
        vm.new_list(vec![text])
    });
    vm.give_back_list();
    written
}

impl Encoder {
    fn value(&self, vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
        if self.constant(vm, o, out) {
            return Ok(());
        }
        if vm.heap.str(o).is_some() {
            return self.string(vm, o, out);
        }
        if vm.is_int(o) {
            return int(vm, o, out);
        }
        if let Payload::Float(value) = vm.heap.base(o) {
            return self.float(vm, *value, out);
        }
        let is_sequence = vm.heap.list(o).is_some() || vm.heap.tuple(o).is_some();
        let is_dict = vm.heap.is_dict(o);
        vm.enter_recursive(" while encoding a JSON object")?;
        let done = if is_sequence {
            self.list(vm, o, out)
        } else if is_dict {
            self.dict(vm, o, out)
        } else {
            self.other(vm, o, out)
        };
        vm.leave_recursive();
        done
    }

    /// Writes None, True and False.
    fn constant(&self, vm: &Machine, o: Obj, out: &mut Wtf8Buf) -> bool {
        let word = match o {
            o if o == vm.none => "null",
            o if o == vm.true_ => "true",
            o if o == vm.false_ => "false",
            _ => return false,
        };
        out.push_str(word);
        true
    }

    fn string(&self, vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
        if let Some(ascii) = self.own_strings
            && let Some(text) = vm.heap.str(o)
        {
            push_quoted(out, text, ascii);
            return Ok(());
        }
        let encoded = vm.call(self.encoder, &[o])?;
        let text = vm.heap.str(encoded).cloned();
        let name = vm.type_name(encoded);
        vm.decref(encoded);
        match text {
            Some(text) => {
                out.push_wtf8(text.wtf8());
                Ok(())
            }
            None => vm.type_error(format!("encoder() must return a string, not {name}")),
        }
    }

    fn float(&self, vm: &mut Machine, value: f64, out: &mut Wtf8Buf) -> PyResult<()> {
        if !value.is_finite() {
            if !self.allow_nan {
                return vm.value_error("Out of range float values are not JSON compliant");
            }
            out.push_str(match value {
                v if v.is_nan() => "NaN",
                v if v > 0.0 => "Infinity",
                _ => "-Infinity",
            });
            return Ok(());
        }
        let plain = vm.new_float(value);
        let shown = digits(vm, plain);
        vm.drop_keeping_exception(plain);
        out.push_str(&shown?);
        Ok(())
    }

    /// Notes that a container is being written, until `unmark` is called with what comes back; NULL without markers.
    fn mark(&self, vm: &mut Machine, o: Obj) -> PyResult<Obj> {
        if self.markers == vm.none {
            return Ok(NULL);
        }
        let id = vm.new_int(vm.id_of(o) as i64);
        match vm.dict_get(self.markers, id) {
            Ok(None) => {}
            Ok(Some(_)) => {
                vm.decref(id);
                return vm.value_error("Circular reference detected");
            }
            Err(thrown) => {
                vm.drop_keeping_exception(id);
                return Err(thrown);
            }
        }
        if let Err(thrown) = vm.dict_set(self.markers, id, o) {
            vm.drop_keeping_exception(id);
            return Err(thrown);
        }
        Ok(id)
    }

    /// Runs `write` while the container is noted.
    fn marked(
        &self,
        vm: &mut Machine,
        o: Obj,
        write: impl FnOnce(&mut Machine) -> PyResult<()>,
    ) -> PyResult<()> {
        let id = self.mark(vm, o)?;
        if id.is_null() {
            return write(vm);
        }
        vm.with_held(id, |vm, id| {
            write(vm)?;
            vm.dict_delete(self.markers, id).map(|_| ())
        })
    }

    fn separator(&self, vm: &Machine, which: Obj, out: &mut Wtf8Buf) {
        if let Some(text) = vm.heap.str(which) {
            out.push_wtf8(text.wtf8());
        }
    }

    fn list(&self, vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
        let items = if vm.exact_items(o).is_some() {
            vm.new_ref(o)
        } else {
            // `PySequence_Fast`: the iterator is asked how much there is, not the object.
            let iterator = vm.get_iter(o)?;
            vm.with_held(iterator, |vm, iterator| vm.list_from_iterable(iterator))?
        };
        vm.with_held(items, |vm, items| {
            if vm.exact_items(items).is_none_or(|i| i.is_empty()) {
                out.push_str("[]");
                return Ok(());
            }
            self.marked(vm, o, |vm| {
                out.push_str("[");
                let mut n = 0;
                // The list may change under our hands.
                while let Some(item) = item_at(vm, items, n) {
                    if n > 0 {
                        self.separator(vm, self.item_separator, out);
                    }
                    // The list alone owns it, and the markers what `default` is asked about.
                    if self.markers == vm.none {
                        vm.incref(item);
                        vm.with_held(item, |vm, item| self.value(vm, item, out))?;
                    } else {
                        self.value(vm, item, out)?;
                    }
                    n += 1;
                }
                out.push_str("]");
                Ok(())
            })
        })
    }

    fn dict(&self, vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
        if vm.heap.dict_len(o) == 0 {
            out.push_str("{}");
            return Ok(());
        }
        self.marked(vm, o, |vm| {
            let items = mapping_items(vm, o)?;
            vm.with_held(items, |vm, items| {
                if self.sort_keys {
                    let none = vm.call_method(items, "sort", &[])?;
                    vm.decref(none);
                }
                out.push_str("{");
                let (mut n, mut written) = (0, 0);
                while let Some(item) = item_at(vm, items, n) {
                    vm.incref(item);
                    let wrote =
                        vm.with_held(item, |vm, item| self.member(vm, item, written, out))?;
                    written += usize::from(wrote);
                    n += 1;
                }
                out.push_str("}");
                Ok(())
            })
        })
    }

    /// One key and value; false if the key is skipped.
    fn member(
        &self,
        vm: &mut Machine,
        item: Obj,
        written: usize,
        out: &mut Wtf8Buf,
    ) -> PyResult<bool> {
        let Some([key, value]) = vm
            .heap
            .tuple(item)
            .and_then(|t| <[Obj; 2]>::try_from(t).ok())
        else {
            return vm.value_error("items must return 2-tuples");
        };
        let Some(name) = self.key(vm, key)? else {
            return Ok(false);
        };
        vm.with_held(name, |vm, name| {
            let mut quoted = Wtf8Buf::new();
            if written > 0 {
                self.separator(vm, self.item_separator, &mut quoted);
            }
            self.string(vm, name, &mut quoted)?;
            out.push_wtf8(&quoted);
            self.separator(vm, self.key_separator, out);
            self.value(vm, value, out)
        })?;
        Ok(true)
    }

    /// A key as a str, owned; `None` if it is skipped.
    fn key(&self, vm: &mut Machine, key: Obj) -> PyResult<Option<Obj>> {
        if vm.heap.str(key).is_some() {
            return Ok(Some(vm.new_ref(key)));
        }
        let mut text = Wtf8Buf::new();
        if let Payload::Float(value) = vm.heap.base(key) {
            self.float(vm, *value, &mut text)?;
        } else if self.constant(vm, key, &mut text) {
        } else if vm.is_int(key) {
            int(vm, key, &mut text)?;
        } else if self.skipkeys {
            return Ok(None);
        } else {
            let name = vm.type_name(key);
            return vm.type_error(format!(
                "keys must be str, int, float, bool or None, not {name}"
            ));
        }
        Ok(Some(vm.new_wtf8(text)))
    }

    /// What `default` makes of an object.
    fn other(&self, vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
        self.marked(vm, o, |vm| {
            let made = vm.call(self.default, &[o])?;
            vm.with_held(made, |vm, made| self.value(vm, made, out))
        })
    }
}

/// A list of the pairs; a dict that is just that is not asked for them (`PyMapping_Items`).
fn mapping_items(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if vm.heap.ty(o) != vm.types.dict {
        let view = vm.call_method(o, "items", &[])?;
        return vm.with_held(view, |vm, view| vm.list_from_iterable(view));
    }
    let mut pairs = Vec::new();
    for (key, value) in vm.heap.dict_items(o) {
        let pair = vec![vm.new_ref(key), vm.new_ref(value)];
        pairs.push(vm.new_tuple(pair));
    }
    Ok(vm.new_list(pairs))
}

fn item_at(vm: &Machine, items: Obj, n: usize) -> Option<Obj> {
    let list = vm.heap.list(items).map(Vec::as_slice);
    list.or_else(|| vm.heap.tuple(items))?.get(n).copied()
}

/// The repr of a plain number, owned by the caller: by its type's slot, so that it is no level of recursion.
fn digits(vm: &mut Machine, plain: Obj) -> PyResult<String> {
    let repr = vm.slots_of(plain).tp_repr.expect("numbers have a repr");
    let shown = repr(vm, plain)?;
    let text = vm.text(shown);
    vm.decref(shown);
    Ok(text)
}

/// An int's own digits, whatever its class makes of them.
fn int(vm: &mut Machine, o: Obj, out: &mut Wtf8Buf) -> PyResult<()> {
    let Some(value) = vm.as_int(o) else {
        return Ok(());
    };
    let plain = vm.new_big_int(value);
    let shown = digits(vm, plain);
    vm.drop_keeping_exception(plain);
    out.push_str(&shown?);
    Ok(())
}
