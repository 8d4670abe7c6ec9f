//! Views as text, for headless commands and for whoever pipes them on.
//!
//! Says the same as the panes, in full width: nothing is cut. Invariant: no trailing blanks, every line ends in `\n`, an empty view
//! says so in words.

use super::breakpoints::BreakpointsView;
use super::bytecode::BytecodeView;
use super::collector::CollectorView;
use super::effect::EffectView;
use super::events::EventsView;
use super::frames::FramesView;
use super::graph;
use super::namespace::NamespaceView;
use super::owners;
use super::refcounts::{Life, RefcountRow, RefcountView};
use super::sight::Sight;
use super::source::SourceView;
use crate::debugger::Session;
use crate::debugger::command::{ObjectRef, SnapshotKind, View};

/// What a command that shows a pane prints.
pub fn view(session: &Session, view: &View) -> String {
    let sight = Sight::of(session);
    match view {
        View::Namespace => namespace(&super::namespace::of(&sight)),
        View::Refcounts => refcounts(&super::refcounts::of(&sight)),
        View::Graph { focus, depth } => picture(&sight, focus.as_ref(), *depth),
        View::Gc => collector(&super::collector::of(sight.vm)),
        View::Events(_) => events(&super::events::of(&sight, session.lately())),
        View::Where => frames(&super::frames::of(&sight)),
    }
}

/// What a `snapshot` compares with its golden.
pub fn snapshot(session: &Session, kind: SnapshotKind) -> String {
    match kind {
        SnapshotKind::Graph => view(
            session,
            &View::Graph {
                focus: None,
                depth: None,
            },
        ),
        SnapshotKind::Namespace => view(session, &View::Namespace),
        SnapshotKind::Refcounts => view(session, &View::Refcounts),
    }
}

fn picture(sight: &Sight, focus: Option<&ObjectRef>, depth: Option<u32>) -> String {
    let model = picture_model(sight, focus, depth);
    graph::to_text(&picture_canvas(&model))
}

/// The picture, laid out as wide as a page.
pub fn picture_canvas(model: &graph::Model) -> graph::Canvas {
    let placed = graph::layout(model, &mut graph::Hints::default(), PICTURE_COLUMNS);
    graph::draw(model, &placed)
}

/// What the picture shows, around an object or around the script's names.
pub fn picture_model(sight: &Sight, focus: Option<&ObjectRef>, depth: Option<u32>) -> graph::Model {
    let snapshot = super::references::of(sight);
    let wanted = focus.map(ToString::to_string);
    let named = sight
        .own
        .iter()
        .find(|o| wanted.is_some() && sight.name(**o) == wanted);
    let defaults = graph::GraphOptions::default();
    let options = graph::GraphOptions {
        focus: named.map(|o| graph::Key(u64::from(super::sight::serial(sight.vm, *o)))),
        depth: depth.map_or(defaults.depth, |depth| depth as usize),
        ..defaults
    };
    graph::build(&snapshot, &options)
}

/// Lines shown before and after the current one by `list`.
const CONTEXT: usize = 5;
/// How wide a printed picture may be before it is laid out in bands.
const PICTURE_COLUMNS: usize = 118;

/// A table with columns as wide as their widest cell.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows
            .push(cells.iter().map(|c| (*c).to_owned()).collect());
    }

    fn print(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| {
                self.rows
                    .iter()
                    .filter_map(|r| r.get(c))
                    .map(|s| s.chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

pub fn source(view: &SourceView) -> String {
    let current = view.current.map_or(0, |line| line as usize);
    let first = current.saturating_sub(CONTEXT).max(1);
    let mut text = format!(
        "{} · {} · step {}\n",
        view.text.file,
        where_text(view.current),
        view.step
    );
    for (index, line) in view
        .text
        .lines
        .iter()
        .enumerate()
        .skip(first - 1)
        .take(2 * CONTEXT + 1)
    {
        let number = index as u32 + 1;
        let mark = match (view.current == Some(number), view.breakpoint(number)) {
            (true, _) => "▶",
            (false, Some(b)) if b.enabled => "●",
            (false, Some(_)) => "○",
            (false, None) => " ",
        };
        text.push_str(format!("{mark}{number:>4}  {line}").trim_end());
        text.push('\n');
    }
    text
}

/// `line 14`, or what there is instead of a line.
pub fn where_text(line: Option<u32>) -> String {
    line.map_or_else(|| "no line".to_owned(), |n| format!("line {n}"))
}

pub fn bytecode(view: &BytecodeView) -> String {
    let mut table = Table::default();
    for row in &view.rows {
        let mark = if row.next { "▶" } else { "" };
        let target = if row.jump_target { ">>" } else { "" };
        let other = row
            .other_line
            .map(|n| format!("(line {n})"))
            .unwrap_or_default();
        table.row([
            mark,
            target,
            &row.offset.to_string(),
            &row.opcode,
            &row.argument,
            &other,
        ]);
    }
    or_else(table.print(), "no instruction is about to run\n")
}

pub fn namespace(view: &NamespaceView) -> String {
    let mut text = String::new();
    for scope in &view.scopes {
        let mut table = Table::default();
        for row in &scope.rows {
            let mark = if row.goes { "▶" } else { "" };
            let note = if row.goes {
                "this name goes"
            } else {
                row.change.word()
            };
            table.row([mark, &row.name, row.title(), &row.value, note]);
        }
        text.push_str(&format!("namespace of {}\n", scope.title));
        text.push_str(&or_else(table.print(), "no names yet\n"));
    }
    or_else(text, "no names yet\n")
}

pub fn refcounts(view: &RefcountView) -> String {
    let mut table = Table::default();
    if view.collecting {
        table.row([
            "", "object", "type", "count", "change", "gc_refs", "list", "held by",
        ]);
    } else {
        table.row(["", "object", "type", "count", "change", "held by"]);
    }
    for row in &view.rows {
        let (count, held) = (count_text(row), held_by(row));
        let mark = row.life.mark().trim();
        let change = change_text(row);
        if view.collecting {
            let refs = row.gc_refs.map(|n| n.to_string()).unwrap_or_default();
            let list = row.list.map_or("", super::refcounts::GcList::word);
            table.row([
                mark,
                &row.object,
                &row.type_name,
                &count,
                &change,
                &refs,
                list,
                &held,
            ]);
        } else {
            table.row([mark, title(row), &row.type_name, &count, &change, &held]);
        }
    }
    if view.rows.is_empty() {
        return "no objects of the script's own yet\n".to_owned();
    }
    let mut text = table.print();
    if view.folded > 0 {
        text.push_str(&format!("… {} more: {FOLDED}\n", view.folded));
    }
    text
}

/// What the rows that are left out are about.
pub const FOLDED: &str = "functions, modules and what makes classes";

/// What a row is titled.
pub fn title(row: &RefcountRow) -> &str {
    if row.label.is_empty() {
        &row.object
    } else {
        &row.label
    }
}

/// The count of a row; the dead have none.
pub fn count_text(row: &RefcountRow) -> String {
    if row.life == Life::Dead {
        "dead".to_owned()
    } else {
        row.count.to_string()
    }
}

/// `+1`, `-2`, `new`: what is different from the last stop.
pub fn change_text(row: &RefcountRow) -> String {
    match row.life {
        Life::Dead => String::new(),
        Life::Alive if row.delta != 0 => format!("{:+}", row.delta),
        life => life.word().to_owned(),
    }
}

/// Who holds it, or how it died.
pub fn held_by(row: &RefcountRow) -> String {
    match (row.life, row.more_owners) {
        (Life::Dead, _) => row.cause.clone(),
        (_, 0) => owners::brief(&row.owners),
        (_, more) => format!("{} · and {more} more", owners::brief(&row.owners)),
    }
}

pub fn collector(view: &CollectorView) -> String {
    let mut text = String::new();
    if let Some(running) = &view.running {
        text.push_str(&format!(
            "collection {} of generation {}\n",
            running.number, running.generation
        ));
        let mut table = Table::default();
        for phase in &running.phases {
            table.row([phase.state.mark(), phase.name, &phase.note]);
        }
        text.push_str(&table.print());
    }
    let state = if view.enabled { "on" } else { "off" };
    text.push_str(&format!(
        "automatic collection {state} · count {} of {} · finished {}\n",
        triple(view.counts),
        triple(view.thresholds),
        triple(view.finished)
    ));
    text
}

/// `1, 2, 3`.
pub fn triple(figures: [u64; 3]) -> String {
    format!("{}, {}, {}", figures[0], figures[1], figures[2])
}

/// Outermost first, as a traceback has them.
pub fn frames(view: &FramesView) -> String {
    let mut table = Table::default();
    for row in view.rows.iter().rev() {
        let mark = if row.shown { "▶" } else { "" };
        table.row([
            mark,
            &row.depth.to_string(),
            &row.function,
            &format!(
                "{}:{}",
                row.file,
                row.line.map_or("?".to_owned(), |n| n.to_string())
            ),
            &row.reason,
        ]);
    }
    or_else(table.print(), "no frame: the program is not running\n")
}

pub fn events(view: &EventsView) -> String {
    let mut table = Table::default();
    for row in &view.rows {
        let line = row.line.map(|n| format!("line {n}")).unwrap_or_default();
        table.row([&row.step.to_string(), &line, row.kind, &row.text]);
    }
    or_else(table.print(), "no event yet\n")
}

pub fn breakpoints(view: &BreakpointsView) -> String {
    let mut table = Table::default();
    for row in &view.rows {
        let state = if row.enabled { "" } else { "disabled" };
        let reached = if row.reached { "reached" } else { "" };
        table.row([
            &row.number.to_string(),
            &row.what,
            &format!("hit {}", row.hits),
            state,
            reached,
        ]);
    }
    or_else(table.print(), "no breakpoint\n")
}

pub fn effect(view: &EffectView) -> String {
    let mut text = view.sentences.join(" ");
    text.push('\n');
    text
}

fn or_else(text: String, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}
