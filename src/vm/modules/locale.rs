//! `_locale`: the two locales that a C library always has, C (with its alias POSIX) and C.UTF-8 (`Modules/_localemodule.c`).
//! Which one each category has is kept in the machine; nothing else depends on it.

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_locale",
    doc: "Support for POSIX locales.",
    functions: &[
        Method::new("setlocale", Arity::Positional(1, 2), setlocale)
            .doc("setlocale($module, category, locale=<unrepresentable>, /)\n--\n\nSets or tells the locale of a category."),
        Method::new("localeconv", Arity::NoArgs, localeconv)
            .doc("localeconv($module, /)\n--\n\nHow numbers and money are written."),
        Method::new("nl_langinfo", Arity::One, nl_langinfo)
            .doc("nl_langinfo($module, key, /)\n--\n\nOne fact of the locale."),
        Method::new("strcoll", Arity::Positional(2, 2), strcoll)
            .doc("strcoll($module, os1, os2, /)\n--\n\nCompares two strings according to the locale."),
        Method::new("strxfrm", Arity::One, |vm, _, args| {
            let text = text_arg(vm, args, 0, "strxfrm() argument")?;
            Ok(vm.new_ref(text))
        })
        .doc("strxfrm($module, string, /)\n--\n\nA key to sort by."),
        Method::new("_get_locale_encoding", Arity::NoArgs, |vm, _, _| Ok(vm.new_str("UTF-8")))
            .doc("_get_locale_encoding($module, /)\n--\n\nGet the current locale encoding."),
    ],
    init,
};

/// The categories by number, in the order in which a mixed locale is spelled out.
const CATEGORIES: [(&str, i64); 12] = [
    ("LC_CTYPE", 0),
    ("LC_NUMERIC", 1),
    ("LC_TIME", 2),
    ("LC_COLLATE", 3),
    ("LC_MONETARY", 4),
    ("LC_MESSAGES", 5),
    ("LC_PAPER", 7),
    ("LC_NAME", 8),
    ("LC_ADDRESS", 9),
    ("LC_TELEPHONE", 10),
    ("LC_MEASUREMENT", 11),
    ("LC_IDENTIFICATION", 12),
];
const ALL: i64 = 6;
const CODESET: i64 = 14;
const RADIX_CHARACTER: i64 = 0x10000;
const THOUSANDS_SEPARATOR: i64 = 0x10001;
/// What is not specified (`CHAR_MAX`).
const UNSPECIFIED: i64 = 127;

const STATE: &str = "_locale";
const ERROR: &str = "locale.Error";

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let numbers = [
        ("LC_ALL", ALL),
        ("CHAR_MAX", UNSPECIFIED),
        ("CODESET", CODESET),
        ("RADIXCHAR", RADIX_CHARACTER),
        ("THOUSEP", THOUSANDS_SEPARATOR),
    ];
    for (name, value) in CATEGORIES.iter().take(6).chain(&numbers) {
        let value = vm.new_int(*value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    let names = CATEGORIES
        .iter()
        .map(|c| vm.new_str(if c.1 == 0 { "C.UTF-8" } else { "C" }))
        .collect();
    let names = vm.new_list(names);
    vm.module_state.insert(STATE, names);
    let parts = [
        vm.new_str("Error"),
        vm.new_tuple_of(&[vm.types.exception]),
        vm.new_dict(),
    ];
    let module = vm.new_str("locale");
    vm.dict_set_name(parts[2], "__module__", module);
    vm.decref(module);
    let mark = vm.mark();
    for part in parts {
        vm.hold(part);
    }
    let error = vm.call(vm.types.type_, &parts);
    let error = vm.releasing(mark, error)?;
    vm.dict_set_name(dict, "Error", error);
    vm.module_state.insert(ERROR, error);
    Ok(())
}

fn error<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    match vm.module_state.get(ERROR).copied() {
        Some(class) => vm.raise(class, message.to_string()),
        None => vm.value_error(message),
    }
}

fn text_arg(vm: &mut Machine, args: Args, n: usize, what: &str) -> PyResult<Obj> {
    let o = args.get(vm, n);
    if vm.heap.str(o).is_some() {
        return Ok(o);
    }
    let name = vm.type_name(o);
    vm.type_error(format!("{what} must be str, not {name}"))
}

/// The locale of each category.
fn current(vm: &Machine) -> Vec<String> {
    let names = vm.module_state.get(STATE).copied().unwrap_or(NULL);
    let names = vm.heap.list(names).cloned().unwrap_or_default();
    names.iter().map(|n| vm.text(*n)).collect()
}

fn described(vm: &mut Machine, at: Option<usize>) -> Obj {
    let names = current(vm);
    if let Some(at) = at {
        return vm.new_str(&names[at]);
    }
    if names.iter().all(|n| *n == names[0]) {
        return vm.new_str(&names[0]);
    }
    let parts: Vec<String> = CATEGORIES
        .iter()
        .zip(&names)
        .map(|(category, name)| format!("{}={name}", category.0))
        .collect();
    vm.new_string(parts.join(";"))
}

/// A locale by one of its names, as the C library tells it afterwards.
fn known(name: &str) -> Option<&str> {
    match name {
        "C" | "POSIX" => Some("C"),
        "" => Some("C.UTF-8"),
        "C.UTF-8" | "C.utf8" | "C.UTF8" | "C.utf-8" => Some(name),
        _ => None,
    }
}

fn setlocale(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let category = args.get(vm, 0);
    let category = vm.index_clamped(category, vm.types.overflow_error)? as i64;
    let at = CATEGORIES.iter().position(|c| c.1 == category);
    if at.is_none() && category != ALL {
        return error(vm, "invalid locale category");
    }
    let wanted = args.get(vm, 1);
    if wanted.is_null() || wanted == vm.none {
        return Ok(described(vm, at));
    }
    if vm.heap.str(wanted).is_none() {
        let name = vm.type_name(wanted);
        return vm.type_error(format!(
            "setlocale() argument 2 must be str or None, not {name}"
        ));
    }
    let wanted = vm.text(wanted);
    let mut names = current(vm);
    if wanted.contains('=') && at.is_none() {
        for part in wanted.split(';') {
            let Some((category, name)) = part.split_once('=') else {
                return error(vm, "unsupported locale setting");
            };
            let place = CATEGORIES.iter().position(|c| c.0 == category);
            match (place, known(name)) {
                (Some(place), Some(name)) => names[place] = name.to_string(),
                _ => return error(vm, "unsupported locale setting"),
            }
        }
    } else {
        let Some(name) = known(&wanted) else {
            return error(vm, "unsupported locale setting");
        };
        match at {
            Some(at) => names[at] = name.to_string(),
            None => names.fill(name.to_string()),
        }
    }
    let items = names.iter().map(|n| vm.new_str(n)).collect();
    let list = vm.new_list(items);
    if let Some(old) = vm.module_state.insert(STATE, list) {
        vm.decref(old);
    }
    Ok(described(vm, at))
}

fn localeconv(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let out = vm.new_dict();
    for name in [
        "int_curr_symbol",
        "currency_symbol",
        "mon_decimal_point",
        "mon_thousands_sep",
        "mon_grouping",
        "positive_sign",
        "negative_sign",
        "int_frac_digits",
        "frac_digits",
        "p_cs_precedes",
        "p_sep_by_space",
        "n_cs_precedes",
        "n_sep_by_space",
        "p_sign_posn",
        "n_sign_posn",
        "decimal_point",
        "thousands_sep",
        "grouping",
    ] {
        let value = match name {
            "decimal_point" => vm.new_str("."),
            name if name.ends_with("grouping") => vm.new_list(Vec::new()),
            name if name.contains("_digits")
                || name.contains("_cs_")
                || name.contains("_sep_by") =>
            {
                vm.new_int(UNSPECIFIED)
            }
            name if name.ends_with("_posn") => vm.new_int(UNSPECIFIED),
            _ => vm.new_str(""),
        };
        vm.dict_set_name(out, name, value);
        vm.decref(value);
    }
    Ok(out)
}

fn nl_langinfo(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let key = args.get(vm, 0);
    let key = vm.index_clamped(key, vm.types.overflow_error)? as i64;
    let text = match key {
        CODESET if current(vm).first().is_some_and(|n| n == "C") => "ANSI_X3.4-1968",
        CODESET => "UTF-8",
        RADIX_CHARACTER => ".",
        THOUSANDS_SEPARATOR => "",
        _ => return vm.unsupported(format!("locale.nl_langinfo({key})")),
    };
    Ok(vm.new_str(text))
}

fn strcoll(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let a = text_arg(vm, args, 0, "strcoll() argument 1")?;
    let b = text_arg(vm, args, 1, "strcoll() argument 2")?;
    let (a, b) = (vm.heap.str(a), vm.heap.str(b));
    let order = match (a, b) {
        (Some(a), Some(b)) => a.points().cmp(b.points()),
        _ => std::cmp::Ordering::Equal,
    };
    Ok(vm.new_int(order as i64))
}
