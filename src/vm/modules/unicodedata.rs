//! `unicodedata`: facts of Unicode 13.0. Names and normal forms come from crates of later versions, restricted to characters that 13.0
//! has; what they do not tell is in `unicodedata_tables.rs`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::ModuleSpec;
use super::unicodedata_mappings::{MAPPED, STEPS, TAGS};
use super::unicodedata_tables::{BIDIRECTIONAL, DIGIT, EAST_ASIAN_WIDTH, MIRRORED, NUMERIC};
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::types::unicode_data as data;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "unicodedata",
    doc: "This module provides access to the Unicode Character Database which\ndefines character properties for all Unicode characters.",
    functions: &[
        Method::new("category", Arity::One, |vm, _, args| {
            let c = character(vm, args, "category() argument")?;
            Ok(vm.new_str(category(c)))
        })
        .doc("category($self, chr, /)\n--\n\nThe general category."),
        Method::new("bidirectional", Arity::One, |vm, _, args| {
            let c = character(vm, args, "bidirectional() argument")?;
            Ok(vm.new_str(run(BIDIRECTIONAL, c)))
        })
        .doc("bidirectional($self, chr, /)\n--\n\nThe bidirectional class."),
        Method::new("east_asian_width", Arity::One, |vm, _, args| {
            let c = character(vm, args, "east_asian_width() argument")?;
            Ok(vm.new_str(run(EAST_ASIAN_WIDTH, c)))
        })
        .doc("east_asian_width($self, chr, /)\n--\n\nThe east asian width."),
        Method::new("mirrored", Arity::One, |vm, _, args| {
            let c = character(vm, args, "mirrored() argument")?;
            Ok(vm.new_int(i64::from(run(MIRRORED, c))))
        })
        .doc("mirrored($self, chr, /)\n--\n\n1 if it is mirrored in text from right to left."),
        Method::new("combining", Arity::One, |vm, _, args| {
            let c = character(vm, args, "combining() argument")?;
            let class = known(c).map_or(0, canonical_combining_class);
            Ok(vm.new_int(i64::from(class)))
        })
        .doc("combining($self, chr, /)\n--\n\nThe canonical combining class."),
        Method::new("decomposition", Arity::One, |vm, _, args| {
            let c = character(vm, args, "decomposition() argument")?;
            Ok(vm.new_string(decomposition(c)))
        })
        .doc("decomposition($self, chr, /)\n--\n\nThe decomposition mapping."),
        Method::new("decimal", Arity::Positional(1, 2), |vm, _, args| {
            let c = character(vm, args, "decimal() argument 1")?;
            let value = data::decimal_value(c).map(|v| vm.new_int(i64::from(v)));
            or_default(vm, args, value, "not a decimal")
        })
        .doc("decimal($self, chr, default=<unrepresentable>, /)\n--\n\nThe value of a decimal digit."),
        Method::new("digit", Arity::Positional(1, 2), |vm, _, args| {
            let c = character(vm, args, "digit() argument 1")?;
            let value = digit(c).map(|v| vm.new_int(i64::from(v)));
            or_default(vm, args, value, "not a digit")
        })
        .doc("digit($self, chr, default=<unrepresentable>, /)\n--\n\nThe value of a digit."),
        Method::new("numeric", Arity::Positional(1, 2), |vm, _, args| {
            let c = character(vm, args, "numeric() argument 1")?;
            let value = numeric(c).map(|v| vm.new_float(v));
            or_default(vm, args, value, "not a numeric character")
        })
        .doc("numeric($self, chr, default=<unrepresentable>, /)\n--\n\nThe value of a character that is a number."),
        Method::new("name", Arity::Positional(1, 2), |vm, _, args| {
            let c = character(vm, args, "name() argument 1")?;
            let value = name(c).map(|text| vm.new_string(text));
            or_default(vm, args, value, "no such name")
        })
        .doc("name($self, chr, default=<unrepresentable>, /)\n--\n\nThe character's name."),
        Method::new("lookup", Arity::One, lookup)
            .doc("lookup($self, name, /)\n--\n\nThe character of a name."),
        Method::new("normalize", Arity::Positional(2, 2), |vm, _, args| {
            let (text, normal) = normal_form(vm, args, "normalize")?;
            if normal == *vm.text_rc(text) {
                return Ok(vm.new_ref(text));
            }
            Ok(vm.new_str_obj(normal))
        })
        .doc("normalize($self, form, unistr, /)\n--\n\nA normal form of the text."),
        Method::new("is_normalized", Arity::Positional(2, 2), |vm, _, args| {
            let (text, normal) = normal_form(vm, args, "is_normalized")?;
            let same = normal == *vm.text_rc(text);
            Ok(vm.new_bool(same))
        })
        .doc("is_normalized($self, form, unistr, /)\n--\n\nWhether the text is in a normal form."),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        vm.add_module_type(dict, &DATABASE, object);
        let version = vm.new_str("13.0.0");
        vm.dict_set_name(dict, "unidata_version", version);
        vm.decref(version);
        Ok(())
    },
};

/// The type of databases of other versions, of which there are none.
static DATABASE: TypeSpec = TypeSpec {
    slots: |s| {
        s.tp_new =
            Some(|vm, _, _| vm.type_error("cannot create 'unicodedata.UCD' instances".to_string()));
    },
    ..TypeSpec::new("unicodedata.UCD")
};

/// Names are at most this long.
const LONGEST_NAME: usize = 256;

fn character(vm: &mut Machine, args: Args, what: &str) -> PyResult<u32> {
    let o = args.get(vm, 0);
    match vm.heap.str(o) {
        Some(text) if text.len() == 1 => Ok(text.point(0)),
        _ => {
            let kind = vm.type_name(o);
            vm.type_error(format!("{what} must be a unicode character, not {kind}"))
        }
    }
}

fn or_default(vm: &mut Machine, args: Args, value: Option<Obj>, message: &str) -> PyResult<Obj> {
    let default = args.get(vm, 1);
    match value {
        Some(value) => Ok(value),
        None if default.is_null() => vm.value_error(message),
        None => Ok(vm.new_ref(default)),
    }
}

/// The row that holds for a code point.
fn run<T: Copy>(table: &[(u32, T)], c: u32) -> T {
    table[table.partition_point(|row| row.0 <= c) - 1].1
}

/// The character, if Unicode 13 has it.
fn known(c: u32) -> Option<char> {
    use unicode_properties::GeneralCategory as G;
    char::from_u32(c).filter(|_| data::category(c) != G::Unassigned)
}

fn category(c: u32) -> &'static str {
    use unicode_properties::GeneralCategory as G;
    match data::category(c) {
        G::UppercaseLetter => "Lu",
        G::LowercaseLetter => "Ll",
        G::TitlecaseLetter => "Lt",
        G::ModifierLetter => "Lm",
        G::OtherLetter => "Lo",
        G::NonspacingMark => "Mn",
        G::SpacingMark => "Mc",
        G::EnclosingMark => "Me",
        G::DecimalNumber => "Nd",
        G::LetterNumber => "Nl",
        G::OtherNumber => "No",
        G::ConnectorPunctuation => "Pc",
        G::DashPunctuation => "Pd",
        G::OpenPunctuation => "Ps",
        G::ClosePunctuation => "Pe",
        G::InitialPunctuation => "Pi",
        G::FinalPunctuation => "Pf",
        G::OtherPunctuation => "Po",
        G::MathSymbol => "Sm",
        G::CurrencySymbol => "Sc",
        G::ModifierSymbol => "Sk",
        G::OtherSymbol => "So",
        G::SpaceSeparator => "Zs",
        G::LineSeparator => "Zl",
        G::ParagraphSeparator => "Zp",
        G::Control => "Cc",
        G::Format => "Cf",
        G::Surrogate => "Cs",
        G::PrivateUse => "Co",
        _ => "Cn",
    }
}

/// The mapping of a character as the Unicode database writes it, "" if there is none.
fn decomposition(c: u32) -> String {
    let at = MAPPED.partition_point(|row| row.1 < c);
    let Some((_, _, tag)) = MAPPED.get(at).filter(|row| row.0 <= c) else {
        return String::new();
    };
    let mut parts: Vec<u32> = Vec::new();
    if let Ok(step) = STEPS.binary_search_by_key(&c, |row| row.0) {
        parts.extend(STEPS[step].1);
    } else if let Some(c) = char::from_u32(c) {
        let mut take = |part: char| parts.push(part.into());
        match tag {
            0 => unicode_normalization::char::decompose_canonical(c, &mut take),
            _ => unicode_normalization::char::decompose_compatible(c, &mut take),
        }
    }
    let codes: Vec<String> = parts.iter().map(|p| format!("{p:04X}")).collect();
    match TAGS[usize::from(*tag)] {
        "" => codes.join(" "),
        tag => format!("<{tag}> {}", codes.join(" ")),
    }
}

fn digit(c: u32) -> Option<u32> {
    if let Some(value) = data::decimal_value(c) {
        return Some(value);
    }
    let row = DIGIT.iter().find(|row| c >= row.0 && c < row.0 + row.1)?;
    Some(row.2 + (c - row.0))
}

fn numeric(c: u32) -> Option<f64> {
    if let Some(value) = data::decimal_value(c) {
        return Some(f64::from(value));
    }
    let at = NUMERIC.partition_point(|row| row.0 <= c).checked_sub(1)?;
    let (first, count, value, divisor) = NUMERIC[at];
    (c < first + count).then(|| (value + i64::from(c - first)) as f64 / divisor as f64)
}

fn name(c: u32) -> Option<String> {
    unicode_names2::name(known(c)?).map(|name| name.to_string())
}

fn lookup(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if vm.heap.str(o).is_none() && vm.buffer(o).is_none() {
        let kind = vm.type_name(o);
        return vm.type_error(format!("lookup() argument must be str, not {kind}"));
    }
    let text = vm.text(o);
    let message = if text.len() > LONGEST_NAME {
        "name too long".to_string()
    } else {
        match unicode_names2::character(&text).filter(|c| known(*c as u32).is_some()) {
            Some(c) => return Ok(vm.new_char(c as u32)),
            None => format!("undefined character name '{text}'"),
        }
    };
    vm.raise(vm.types.key_error, message)
}

/// The text (borrowed) and its normal form. What Unicode 13 does not have stays as it is and separates what is around it.
fn normal_form(vm: &mut Machine, args: Args, fname: &str) -> PyResult<(Obj, StrObj)> {
    let (form, text) = (args.get(vm, 0), args.get(vm, 1));
    for (n, o) in [(1, form), (2, text)] {
        if vm.heap.str(o).is_none() {
            let kind = vm.type_name(o);
            return vm.type_error(format!("{fname}() argument {n} must be str, not {kind}"));
        }
    }
    let form = vm.text(form);
    let contents = vm.text_rc(text);
    let (mut out, mut part) = (Vec::new(), String::new());
    let flush = |part: &mut String, out: &mut Vec<u32>| {
        let mut push = |c: char| out.push(c as u32);
        match form.as_str() {
            "NFC" => part.nfc().for_each(&mut push),
            "NFD" => part.nfd().for_each(&mut push),
            "NFKC" => part.nfkc().for_each(&mut push),
            "NFKD" => part.nfkd().for_each(&mut push),
            _ => return false,
        }
        part.clear();
        true
    };
    for c in contents.points() {
        match known(c) {
            Some(c) => part.push(c),
            None => {
                if !flush(&mut part, &mut out) {
                    break;
                }
                out.push(c);
            }
        }
    }
    if !contents.is_empty() && !flush(&mut part, &mut out) {
        return vm.value_error("invalid normalization form");
    }
    Ok((text, StrObj::from_points(out)))
}
