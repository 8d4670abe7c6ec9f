//! Verifies that sources CPython 3.10 refuses are refused with its exception, message and place.
//!
//! The cases were recorded from CPython 3.10.13 (`compile(source, '<test>', 'exec')`), one JSON object a line. A case with
//! `"ours"` is a known gap: syntax newer than 3.10 is refused in our words, which name its version.

use lifetimes::compiler::{self, CompileError, Mode};
use lifetimes::syntax::error::NO_END;
use serde_json::Value;

fn check(case: &Value) -> Result<(), String> {
    let source = case["source"].as_str().expect("a case has a source");
    let options = compiler::Options {
        origin: compiler::Origin::Text,
        ..Default::default()
    };
    let result = compiler::compile(source.as_bytes(), "<test>", Mode::Exec, options);
    let error = match result {
        Ok(_) => return Err("accepted".into()),
        Err(CompileError::Syntax(error)) => error,
        Err(other) => return Err(other.to_string()),
    };
    let place = |line: i64, column: i64, end_line: i64, end_column: i64| {
        format!("{line}:{column}-{end_line}:{end_column}")
    };
    let want = |name: &str| case[name].as_i64().unwrap_or(-2);
    let expected = format!(
        "{} {} {}",
        case["kind"].as_str().unwrap_or_default(),
        place(
            want("line"),
            want("offset"),
            want("end_line"),
            want("end_offset")
        ),
        case["message"].as_str().unwrap_or_default(),
    );
    let end = if error.end_column == NO_END {
        -2
    } else {
        error.end_column.into()
    };
    let got = format!(
        "{} {} {}",
        error.kind.name(),
        place(
            error.line.into(),
            error.column.into(),
            error.end_line.into(),
            end
        ),
        error.message,
    );
    if let Some(ours) = case["ours"].as_str() {
        return if ours == got {
            Ok(())
        } else {
            Err(format!("known gap: want {ours}\n     got  {got}"))
        };
    }
    if expected != got {
        return Err(format!("want {expected}\n     got  {got}"));
    }
    match case["text"].as_str() {
        Some(text) if error.text.as_deref() != Some(text) => {
            Err(format!("text: want {text:?}, got {:?}", error.text))
        }
        _ => Ok(()),
    }
}

#[test]
fn errors_are_cpythons() {
    let data = include_str!("data/syntax_errors.jsonl");
    let (mut right, mut wrong) = (0, Vec::new());
    for line in data.lines() {
        let case: Value = serde_json::from_str(line).expect("a line is a JSON object");
        match check(&case) {
            Ok(()) => right += 1,
            Err(why) => wrong.push(format!(
                "{:?}\n     {why}",
                case["source"].as_str().unwrap_or_default()
            )),
        }
    }
    println!("{right} right, {} wrong", wrong.len());
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong, {right} right",
        wrong.join("\n"),
        wrong.len()
    );
}
