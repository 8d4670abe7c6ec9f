//! Every verb reads what HEADLESS.md says, and every wrong line says where and what was expected.

use super::super::command::*;
use super::*;

fn parsed(line: &str) -> Command {
    parse_command(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn refused(line: &str) -> String {
    parse_command(line).expect_err(line).to_string()
}

fn name(text: &str) -> ObjectRef {
    ObjectRef::Name(ObjectName::parse(text).expect("a name"))
}

#[test]
fn motions() {
    let step = |unit, count, backward| Command::Step {
        unit,
        count,
        backward,
    };
    assert_eq!(parsed("step"), step(Unit::Line, 1, false));
    assert_eq!(parsed("step 3"), step(Unit::Line, 3, false));
    assert_eq!(parsed("back event 2"), step(Unit::Event, 2, true));
    assert_eq!(parsed("c"), Command::Continue { backward: false });
    assert_eq!(
        parsed("goto line 7#3"),
        Command::Goto(When::Line {
            line: 7,
            arrival: 3
        })
    );
    assert_eq!(
        parsed("goto death @n"),
        Command::Goto(When::Death(ObjectRef::Label("n".into())))
    );
    assert_eq!(
        parsed("last xs[0]"),
        Command::Last(ObjectRef::Expr("xs[0]".into()))
    );
}

#[test]
fn breakpoints() {
    let line = |file: Option<&str>, line, condition: Option<&str>| {
        Command::Break(BreakSpec::Line {
            file: file.map(str::to_owned),
            line,
            condition: condition.map(str::to_owned),
        })
    };
    assert_eq!(parsed("break line 10"), line(None, 10, None));
    assert_eq!(
        parsed("break line a.py:3 if n > 2"),
        line(Some("a.py"), 3, Some("n > 2"))
    );
    assert_eq!(
        parsed("break del Node"),
        Command::Break(BreakSpec::Del(What::Name("Node".into())))
    );
    assert_eq!(
        parsed("break del *"),
        Command::Break(BreakSpec::Del(What::Any))
    );
    let refcount = |count| {
        Command::Break(BreakSpec::Refcount {
            object: name("Node.1"),
            count,
        })
    };
    assert_eq!(parsed("break refcount Node.1 == 2"), refcount(Some(2)));
    assert_eq!(parsed("break refcount Node.1"), refcount(None));
    assert_eq!(
        parsed("break gc phase"),
        Command::Break(BreakSpec::Gc(Some(GcMoment::Phase)))
    );
}

#[test]
fn checks() {
    let stop = |kind, because| Command::ExpectStop(ExpectedStop { kind, because });
    assert_eq!(
        parsed("expect stop line 10"),
        stop(ExpectedKind::Line(Some(10)), None)
    );
    assert_eq!(
        parsed("expect stop del @n1 because gc"),
        stop(
            ExpectedKind::Del(Some(What::Object(ObjectRef::Label("n1".into())))),
            Some(Because::Gc)
        )
    );
    assert_eq!(
        parsed(r#"expect output "a\n""#),
        Command::ExpectOutput("a\n".into())
    );
    let Command::Assert { predicate, at_exit } = parsed("assert survivors(Node) == 0 at exit")
    else {
        panic!("an assertion");
    };
    assert!(at_exit);
    assert_eq!(predicate.text, "survivors(Node) == 0");
}

#[test]
fn queries() {
    assert_eq!(
        parsed("graph Node.1 depth 2"),
        Command::Show(View::Graph {
            focus: Some(name("Node.1")),
            depth: Some(2)
        })
    );
    assert_eq!(
        parsed("whatif cut a.b"),
        Command::WhatIf(WhatIf::Cut("a.b".into()))
    );
    assert_eq!(
        parsed("whatif del a"),
        Command::WhatIf(WhatIf::Statement("del a".into()))
    );
    assert_eq!(
        parsed("gc thresholds 5 6 7"),
        Command::Gc(GcSetting::Thresholds(5, 6, 7))
    );
}

#[test]
fn wrong_lines_say_where_and_what() {
    assert_eq!(
        refused("contineu"),
        "column 1: expected a command, found `contineu` (did you mean `continue`?)"
    );
    assert_eq!(
        refused("break line x"),
        "column 12: expected a line's number, from 1, or FILE:N, found `x` (usage: break line [FILE:]N [if EXPR])"
    );
    assert!(refused("step lines").contains("did you mean `line`?"));
    assert!(refused("break 10").contains("`break line 10`"));
    assert!(refused("assert refcount(a) = 1").starts_with("column 20:"));
    assert!(refused("assert aliev(a)").contains("did you mean `alive`?"));
    assert!(refused("goto").contains("the end of the line"));
    assert!(refused("run now").contains("expected the end of the line"));
    assert!(refused("step 0").starts_with("column 6:"));
}

#[test]
fn completion_follows_the_table() {
    assert_eq!(complete("bre"), ["break", "breakpoints"]);
    assert_eq!(complete("break re"), ["resurrect", "refcount"]);
    assert_eq!(complete("assert fin"), ["finalized"]);
}

#[test]
fn every_name_is_used_once() {
    let mut seen = std::collections::HashSet::new();
    for verb in VERBS {
        for name in verb.aliases.iter().chain([&verb.name]) {
            assert!(seen.insert(*name), "{name} twice");
        }
    }
}
