//! Screens made by hand, with CPython's figures: the article's friends before `del jane`, and inside the collection.

use std::sync::Arc;

use lifetimes::views::breakpoints::{BreakpointRow, BreakpointsView};
use lifetimes::views::bytecode::{BytecodeRow, BytecodeView};
use lifetimes::views::collector::{Collection, CollectorView, PhaseRow, PhaseState};
use lifetimes::views::effect::EffectView;
use lifetimes::views::events::{EventRow, EventsView};
use lifetimes::views::frames::{FrameRow, FramesView};
use lifetimes::views::graph::{
    CollectionFact, Key, ObjectFact, RootFact, SlotFact, Snapshot, Target,
};
use lifetimes::views::namespace::{NameChange, NameRow, NamespaceView, Scope};
use lifetimes::views::output::OutputView;
use lifetimes::views::refcounts::{GcList, Life, RefcountRow, RefcountView};
use lifetimes::views::screen::Screen;
use lifetimes::views::source::{LineBreakpoint, SourceText, SourceView};

pub const FRIENDS: &str = "import gc
gc.disable()

class Person:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print(f\"Deleting {self.name}!\")

jane = Person(\"Jane\")
bob = Person(\"Bob\")
jane.friend = bob
bob.friend = jane
del jane
del bob
print(gc.collect())
";

fn name(name: &str, object: Option<&str>, value: &str) -> NameRow {
    NameRow {
        name: name.to_owned(),
        object: object.map(str::to_owned),
        value: value.to_owned(),
        ..NameRow::default()
    }
}

fn count(object: &str, type_name: &str, count: u64, owners: &[&str]) -> RefcountRow {
    RefcountRow {
        object: object.to_owned(),
        type_name: type_name.to_owned(),
        count,
        owners: owners.iter().map(|o| (*o).to_owned()).collect(),
        ..RefcountRow::default()
    }
}

fn instruction(offset: u32, opcode: &str, argument: &str) -> BytecodeRow {
    BytecodeRow {
        offset,
        opcode: opcode.to_owned(),
        argument: argument.to_owned(),
        ..BytecodeRow::default()
    }
}

/// The friends' references: two instances with dicts, in a cycle.
fn references(named: bool) -> Snapshot {
    let slot = |label: &str, target: Target| SlotFact::new(label, target);
    let instance = |n: u64, dict: u64| ObjectFact {
        key: Key(n),
        name: format!("Person.{n}"),
        type_name: "Person".to_owned(),
        refcount: 1 + u64::from(named),
        slots: vec![slot("__dict__", Target::Object(Key(dict)))],
        tracked: true,
        ..ObjectFact::default()
    };
    let dict = |n: u64, of: u64, name: &str, friend: u64| ObjectFact {
        key: Key(n),
        name: format!("dict.{of}"),
        type_name: "dict".to_owned(),
        refcount: 1,
        slots: vec![
            slot(".name", Target::Atom(name.to_owned())),
            slot(".friend", Target::Object(Key(friend))),
        ],
        dict_of: Some(Key(of)),
        tracked: true,
        ..ObjectFact::default()
    };
    let names = [("jane", 1), ("bob", 2)];
    let rows = names
        .iter()
        .map(|(name, key)| slot(name, Target::Object(Key(*key))));
    Snapshot {
        objects: vec![
            instance(1, 3),
            instance(2, 4),
            dict(3, 1, "'Jane'", 2),
            dict(4, 2, "'Bob'", 1),
        ],
        roots: vec![RootFact {
            title: "globals".to_owned(),
            rows: rows.filter(|_| named).collect(),
            ..RootFact::default()
        }],
        collection: None,
    }
}

/// Before `del jane`: SCREENS.md's first sketch.
pub fn before_del() -> Screen {
    let mut delete = instruction(58, "DELETE_NAME", "jane");
    delete.next = true;
    delete.effect = "unbinds the name".to_owned();
    let mut other = instruction(60, "DELETE_NAME", "bob");
    other.other_line = Some(15);
    let mut jane = name("jane", Some("Person.1"), "Person object");
    jane.goes = true;
    let mut bob = name("bob", Some("Person.2"), "Person object");
    bob.change = NameChange::New;
    let class = [
        "global Person",
        "Person.__mro__",
        "Person.__dict__ descriptor",
        "Person.__weakref__ descriptor",
        "class of Person.1",
        "class of Person.2",
    ];
    let mut first = count("Person.1", "Person", 2, &["global jane", "Person.2.friend"]);
    first.delta = 1;
    Screen {
        source: SourceView {
            text: Arc::new(SourceText::new("demos/friends.py", FRIENDS)),
            current: Some(14),
            function: "<module>".to_owned(),
            step: 41,
            breakpoints: vec![LineBreakpoint {
                line: 16,
                number: 1,
                enabled: true,
            }],
            lit: vec![10, 13],
        },
        bytecode: BytecodeView {
            line: Some(14),
            function: "<module>".to_owned(),
            rows: vec![delete, other],
        },
        namespace: NamespaceView {
            scopes: vec![Scope {
                title: "<module>".to_owned(),
                rows: vec![
                    name("gc", None, "module"),
                    name("Person", Some("Person"), "class"),
                    jane,
                    bob,
                ],
                hidden: 8,
            }],
        },
        refcounts: RefcountView {
            rows: vec![
                count("Person", "type", 6, &class),
                first,
                count("dict.1", "dict", 1, &["Person.1.__dict__"]),
                count("Person.2", "Person", 2, &["global bob", "Person.1.friend"]),
                count("dict.2", "dict", 1, &["Person.2.__dict__"]),
            ],
            collecting: false,
            folded: 0,
        },
        collector: CollectorView {
            thresholds: [700, 10, 10],
            counts: [9, 0, 0],
            ..CollectorView::default()
        },
        output: OutputView::default(),
        graph: references(true),
        effect: EffectView {
            sentences: vec![
                "`del jane` drops Person.1 from 2 to 1.".to_owned(),
                "Person.2.friend still holds it, so its __del__ does not run.".to_owned(),
            ],
        },
        frames: FramesView {
            rows: vec![FrameRow {
                function: "<module>".to_owned(),
                file: "demos/friends.py".to_owned(),
                line: Some(14),
                shown: true,
                ..FrameRow::default()
            }],
        },
        events: EventsView {
            rows: vec![
                EventRow {
                    step: 18,
                    event: 1,
                    line: Some(10),
                    kind: "birth",
                    text: "birth Person.1".to_owned(),
                    object: Some("Person.1".to_owned()),
                    new: false,
                },
                EventRow {
                    step: 40,
                    event: 0,
                    line: Some(13),
                    kind: "count",
                    text: "Person.1 1 → 2: Person.2.friend".to_owned(),
                    object: Some("Person.1".to_owned()),
                    new: true,
                },
            ],
        },
        breakpoints: BreakpointsView {
            rows: vec![BreakpointRow {
                number: 1,
                what: "line 16".to_owned(),
                enabled: true,
                ..BreakpointRow::default()
            }],
        },
        stop: "stepped 1 line".to_owned(),
        selected: Some("Person.1".to_owned()),
        ..Screen::default()
    }
}

/// After `move_unreachable`: the second sketch.
pub fn in_collection() -> Screen {
    let mut screen = before_del();
    screen.source.current = Some(16);
    screen.source.step = 52;
    screen.event = 3;
    screen.stop = "breakpoint 1 (line 16)".to_owned();
    let phases = [
        ("update_refs", PhaseState::Done, ""),
        ("subtract_refs", PhaseState::Done, ""),
        ("move_unreachable", PhaseState::Now, "4 unreachable"),
        ("handle_weakrefs", PhaseState::Later, ""),
        ("finalize_garbage", PhaseState::Later, ""),
        ("handle_resurrected_objects", PhaseState::Later, ""),
        ("delete_garbage", PhaseState::Later, ""),
    ];
    let row = |(name, state, note): (&'static str, PhaseState, &str)| PhaseRow {
        name,
        state,
        note: note.to_owned(),
    };
    screen.collector.running = Some(Collection {
        number: 1,
        generation: 2,
        phases: phases.into_iter().map(row).collect(),
    });
    screen.namespace.scopes[0].rows.truncate(2);
    screen.refcounts.collecting = true;
    for row in &mut screen.refcounts.rows {
        row.gc_refs = Some(0);
        row.list = Some(GcList::Reachable);
        row.delta = 0;
        if row.object != "Person" {
            row.count = 1;
            row.owners.retain(|owner| !owner.starts_with("global"));
            row.life = Life::Isolated;
            row.list = Some(GcList::Unreachable);
        }
    }
    screen.graph = references(false);
    screen.graph.collection = Some(CollectionFact {
        generation: 2,
        phase: "move_unreachable".to_owned(),
    });
    for object in &mut screen.graph.objects {
        object.unreachable = true;
        object.unreachable_since = Some("since line 15".to_owned());
        object.gc_refs = Some(0);
        object.gc_list = Some("unreachable".to_owned());
    }
    screen.effect.sentences = vec![
        "These four objects are held by each other only: no count is left over for anything outside.".to_owned(),
        "Next: __del__ of Person.1, then of Person.2; then they are freed, and gc.collect() returns 4.".to_owned(),
    ];
    screen
}

/// After the deaths: output, ghosts, the end.
pub fn ended() -> Screen {
    let mut screen = before_del();
    screen.source.current = None;
    screen.ended = Some(0);
    screen.bytecode = BytecodeView::default();
    screen.output = OutputView::of("Deleting Jane!\nDeleting Bob!\n4\n", false, 15);
    screen.refcounts.rows.truncate(2);
    screen.refcounts.rows[1].life = Life::Dead;
    screen.refcounts.rows[1].cause = "collection 1 of generation 2, line 16".to_owned();
    screen.stop = "end, status 0".to_owned();
    screen.effect.sentences = vec!["The program has ended.".to_owned()];
    screen
}
