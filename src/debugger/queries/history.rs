//! Every change of one object's count, with the owners that came and went. Gathered by one replay from the start.

use std::cell::RefCell;
use std::rc::Rc;

use crate::heap::Obj;
use crate::vm::{Event, Machine};

use super::super::command::ObjectName;
use super::super::drive::Drive;
use super::super::goals::CountChange;
use super::super::hunt::{Context, Hit, Hunt, Point, Range};
use super::super::look;
use super::super::outcome::Change;
use super::super::stop::Moment;
use super::owners;

/// Naming owners looks at the whole heap; after so many changes only the instruction is told.
const MAX_NAMED: usize = 500;
/// More changes than this are not kept; the first ones go.
const MAX_CHANGES: usize = 100_000;

#[derive(Default)]
struct Story {
    changes: Vec<Change>,
    owners: Vec<String>,
    /// The instruction that runs: its name and line.
    running: (String, Option<u32>),
}

struct HistoryHunt {
    counts: CountChange,
    story: Rc<RefCell<Story>>,
}

impl Hunt for HistoryHunt {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let change = self.counts.change(vm, point);
        let mut story = self.story.borrow_mut();
        if let Some((before, after)) = change
            && context.counts
        {
            let dead = matches!(point, Point::Inside(Event::Death(_))) && after == 0;
            let o = if dead {
                None
            } else {
                look::find(vm, &self.counts.name)
            };
            story.note(vm, o, (before, after), context);
        }
        if let Point::Before(_) = point {
            story.running = running(vm, context);
        }
        None
    }
}

fn running(vm: &Machine, context: &Context) -> (String, Option<u32>) {
    let op = vm.frames.last().map_or_else(String::new, |frame| {
        frame.code.ins[vm.pc as usize].op.name().to_owned()
    });
    (op, look::place(vm, &context.script).0)
}

impl Story {
    fn note(
        &mut self,
        vm: &Machine,
        o: Option<Obj>,
        (before, after): (u64, u64),
        context: &Context,
    ) {
        let named = self.changes.len() < MAX_NAMED;
        let cause = match o {
            None => "freed".to_owned(),
            Some(_) if before == 0 => "born".to_owned(),
            Some(o) if named => {
                let now = owners::of(vm, o);
                let said = difference(&self.owners, &now);
                self.owners = now;
                said.unwrap_or_else(|| self.running.0.clone())
            }
            Some(_) => self.running.0.clone(),
        };
        if self.changes.len() == MAX_CHANGES {
            self.changes.remove(0);
        }
        self.changes.push(Change {
            moment: context.moment,
            line: self.running.1,
            before,
            after,
            cause,
        });
    }
}

/// `+global a -stack 0 in <module>`
fn difference(before: &[String], now: &[String]) -> Option<String> {
    let mut gone: Vec<&String> = before.iter().collect();
    let mut said = Vec::new();
    for owner in now {
        match gone.iter().position(|old| *old == owner) {
            Some(at) => {
                gone.remove(at);
            }
            None => said.push(format!("+ {owner}")),
        }
    }
    said.extend(gone.into_iter().map(|owner| format!("- {owner}")));
    (!said.is_empty()).then(|| said.join(", "))
}

/// The changes up to a moment, oldest first.
pub fn changes(drive: &mut Drive, name: &ObjectName, until: Moment) -> Vec<Change> {
    let story = Rc::new(RefCell::new(Story::default()));
    let hunt = Box::new(HistoryHunt {
        counts: CountChange::new(name.clone()),
        story: story.clone(),
    });
    let end = Moment {
        event: until.event + 1,
        ..until
    };
    drive.from_start(
        hunt,
        Range::LastBefore {
            after: None,
            end,
            keep: 0,
        },
    );
    story.take().changes
}
