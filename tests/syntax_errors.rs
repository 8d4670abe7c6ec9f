//! Verifies that sources CPython 3.10 refuses are refused with its exception, message and place.
//!
//! The cases were recorded from CPython 3.10.13 (`compile(source, '<test>', 'exec')`), one JSON object a line. A case with
//! `"gap": true` is one where our words or places are known to differ; it must still be refused.

use lifetimes::compiler::{self, CompileError, Mode};
use serde_json::Value;

fn check(case: &Value) -> Result<(), String> {
    let source = case["source"].as_str().expect("a case has a source");
    let result = compiler::compile(source.as_bytes(), "<test>", Mode::Exec, Default::default());
    let error = match result {
        Ok(_) => return Err("accepted".into()),
        Err(CompileError::Syntax(error)) => error,
        Err(other) => return Err(other.to_string()),
    };
    let number = |value: u32| {
        if value == u32::MAX {
            -1
        } else {
            i64::from(value)
        }
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
    let got = format!(
        "{} {} {}",
        error.kind.name(),
        place(
            number(error.line),
            number(error.column),
            number(error.end_line),
            number(error.end_column)
        ),
        error.message,
    );
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
            Err(_) if case["gap"] == true => {}
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
