//! The table of str's methods. The functions are in the files named for their theme.

use super::str_case as case;
use super::str_find as find;
use super::str_pad as pad;
use super::str_split as split;
use super::str_translate as translate;
use crate::heap::Obj;
use crate::vm::args::opt;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

use Arity::{Any, Keywords, NoArgs, One, Positional};

pub static METHODS: &[Method] = &[
    Method::new("encode", Keywords, encode).doc("encode($self, /, encoding='utf-8', errors='strict')\n--\n\nEncode the string using the codec registered for encoding."),
    Method::new("replace", Positional(2, 3), find::replace).doc("replace($self, old, new, count=-1, /)\n--\n\nReturn a copy with all occurrences of substring old replaced by new."),
    Method::new("split", Keywords, split::split).doc("split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings in the string, using sep as the separator string."),
    Method::new("rsplit", Keywords, split::rsplit).doc("rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings in the string, splitting from the right."),
    Method::new("join", One, split::join).doc("join($self, iterable, /)\n--\n\nConcatenate any number of strings."),
    Method::new("capitalize", NoArgs, case::capitalize).doc("capitalize($self, /)\n--\n\nReturn a capitalized version of the string."),
    Method::new("casefold", NoArgs, case::casefold).doc("casefold($self, /)\n--\n\nReturn a version of the string suitable for caseless comparisons."),
    Method::new("title", NoArgs, case::title).doc("title($self, /)\n--\n\nReturn a version of the string where each word is titlecased."),
    Method::new("center", Positional(1, 2), pad::center).doc("center($self, width, fillchar=' ', /)\n--\n\nReturn a centered string of length width."),
    Method::new("count", Any, find::count).varargs().doc("S.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of sub."),
    Method::new("expandtabs", Keywords, pad::expandtabs).doc("expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy where all tab characters are expanded using spaces."),
    Method::new("find", Any, find::find).varargs().doc("S.find(sub[, start[, end]]) -> int\n\nReturn the lowest index where sub is found, or -1."),
    Method::new("partition", One, split::partition).doc("partition($self, sep, /)\n--\n\nPartition the string into three parts using the given separator."),
    Method::new("index", Any, find::index).varargs().doc("S.index(sub[, start[, end]]) -> int\n\nLike find, but raise ValueError when sub is not found."),
    Method::new("ljust", Positional(1, 2), pad::ljust).doc("ljust($self, width, fillchar=' ', /)\n--\n\nReturn a left-justified string of length width."),
    Method::new("lower", NoArgs, case::lower).doc("lower($self, /)\n--\n\nReturn a copy of the string converted to lowercase."),
    Method::new("lstrip", Positional(0, 1), split::lstrip).doc("lstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading whitespace removed."),
    Method::new("rfind", Any, find::rfind).varargs().doc("S.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index where sub is found, or -1."),
    Method::new("rindex", Any, find::rindex).varargs().doc("S.rindex(sub[, start[, end]]) -> int\n\nLike rfind, but raise ValueError when sub is not found."),
    Method::new("rjust", Positional(1, 2), pad::rjust).doc("rjust($self, width, fillchar=' ', /)\n--\n\nReturn a right-justified string of length width."),
    Method::new("rstrip", Positional(0, 1), split::rstrip).doc("rstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with trailing whitespace removed."),
    Method::new("rpartition", One, split::rpartition).doc("rpartition($self, sep, /)\n--\n\nPartition the string into three parts, searching from the end."),
    Method::new("splitlines", Keywords, split::splitlines).doc("splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines in the string, breaking at line boundaries."),
    Method::new("strip", Positional(0, 1), split::strip).doc("strip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading and trailing whitespace removed."),
    Method::new("swapcase", NoArgs, case::swapcase).doc("swapcase($self, /)\n--\n\nConvert uppercase characters to lowercase and lowercase characters to uppercase."),
    Method::new("translate", One, translate::translate).doc("translate($self, table, /)\n--\n\nReplace each character in the string using the given translation table."),
    Method::new("upper", NoArgs, case::upper).doc("upper($self, /)\n--\n\nReturn a copy of the string converted to uppercase."),
    Method::new("startswith", Any, find::startswith).varargs().doc("S.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if S starts with the specified prefix."),
    Method::new("endswith", Any, find::endswith).varargs().doc("S.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if S ends with the specified suffix."),
    Method::new("removeprefix", One, find::removeprefix).doc("removeprefix($self, prefix, /)\n--\n\nReturn a str with the given prefix string removed if present."),
    Method::new("removesuffix", One, find::removesuffix).doc("removesuffix($self, suffix, /)\n--\n\nReturn a str with the given suffix string removed if present."),
    Method::new("isascii", NoArgs, case::isascii).doc("isascii($self, /)\n--\n\nReturn True if all characters in the string are ASCII, False otherwise."),
    Method::new("islower", NoArgs, case::islower).doc("islower($self, /)\n--\n\nReturn True if the string is a lowercase string, False otherwise."),
    Method::new("isupper", NoArgs, case::isupper).doc("isupper($self, /)\n--\n\nReturn True if the string is an uppercase string, False otherwise."),
    Method::new("istitle", NoArgs, case::istitle).doc("istitle($self, /)\n--\n\nReturn True if the string is a title-cased string, False otherwise."),
    Method::new("isspace", NoArgs, case::isspace).doc("isspace($self, /)\n--\n\nReturn True if the string is a whitespace string, False otherwise."),
    Method::new("isdecimal", NoArgs, case::isdecimal).doc("isdecimal($self, /)\n--\n\nReturn True if the string is a decimal string, False otherwise."),
    Method::new("isdigit", NoArgs, case::isdigit).doc("isdigit($self, /)\n--\n\nReturn True if the string is a digit string, False otherwise."),
    Method::new("isnumeric", NoArgs, case::isnumeric).doc("isnumeric($self, /)\n--\n\nReturn True if the string is a numeric string, False otherwise."),
    Method::new("isalpha", NoArgs, case::isalpha).doc("isalpha($self, /)\n--\n\nReturn True if the string is an alphabetic string, False otherwise."),
    Method::new("isalnum", NoArgs, case::isalnum).doc("isalnum($self, /)\n--\n\nReturn True if the string is an alpha-numeric string, False otherwise."),
    Method::new("isidentifier", NoArgs, case::isidentifier).doc("isidentifier($self, /)\n--\n\nReturn True if the string is a valid Python identifier, False otherwise."),
    Method::new("isprintable", NoArgs, case::isprintable).doc("isprintable($self, /)\n--\n\nReturn True if the string is printable, False otherwise."),
    Method::new("zfill", One, pad::zfill).doc("zfill($self, width, /)\n--\n\nPad a numeric string with zeros on the left, to fill a field of the given width."),
    Method::new("format", Keywords, super::str_format::format).varargs().doc("S.format(*args, **kwargs) -> str\n\nReturn a formatted version of S, using substitutions from args and kwargs."),
    Method::new("format_map", One, super::str_format::format_map).doc("S.format_map(mapping) -> str\n\nReturn a formatted version of S, using substitutions from mapping."),
    Method::new("__format__", One, super::format::str_format).doc("__format__($self, format_spec, /)\n--\n\nReturn a formatted version of the string as described by format_spec."),
    Method::fixed("maketrans", Positional(1, 3), translate::maketrans).doc("maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)\n--\n\nReturn a translation table usable for str.translate()."),
    Method::new("__sizeof__", NoArgs, sizeof).doc("__sizeof__($self, /)\n--\n\nReturn the size of the string in memory, in bytes."),
    Method::new("__getnewargs__", NoArgs, getnewargs),
];

fn encode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [encoding, errors] = vm.unpack("encode", args, &[opt("encoding"), opt("errors")])?;
    for (place, value) in [
        ("argument 'encoding'", encoding),
        ("argument 'errors'", errors),
    ] {
        if !value.is_null() {
            vm.str_argument("encode", place, value)?;
        }
    }
    vm.encode(this, encoding, errors)
}

/// Header and characters as CPython stores them (`unicode_sizeof`).
fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    let copy = vm.new_str_obj((*text).clone());
    Ok(vm.new_tuple(vec![copy]))
}
