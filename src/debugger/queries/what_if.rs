//! What a statement would free, tried on a fork: the machine itself never knows.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::heap::Obj;
use crate::vm::{Event, Flow, Machine, Observer};

use super::super::command::{ObjectName, WhatIf};
use super::super::error::Error;
use super::super::evaluate;
use super::super::look;
use super::super::outcome::WhatIfReport;
use super::super::stop::Cause;
use super::owners::{Names, Part};
use super::references::{self, Holder};
use super::why;

/// Notes what dies, of the objects that there were before.
struct Deaths {
    /// Serials from here on belong to what the statement itself makes.
    known: u32,
    deaths: Rc<RefCell<Vec<String>>>,
}

impl Observer for Deaths {
    fn instruction(&mut self, _: &Machine) -> Flow {
        Flow::Go
    }

    fn event(&mut self, vm: &Machine, event: &Event) -> Flow {
        if let Event::Death(o) = event
            && vm.heap.births.of(*o).serial < self.known
            && let Some(name) = look::name_of(vm, *o)
        {
            self.deaths.borrow_mut().push(name.to_string());
        }
        Flow::Go
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

pub fn report(
    vm: &Machine,
    labels: &BTreeMap<String, ObjectName>,
    tried: &WhatIf,
) -> Result<WhatIfReport, Error> {
    let (shown, statement) = match tried {
        WhatIf::Statement(text) => (text.clone(), text.clone()),
        WhatIf::Cut(text) => (format!("cut {text}"), format!("del {text}")),
    };
    let mut fork = evaluate::fork(vm);
    let statement = evaluate::substitute(&mut fork, &statement, labels)?;
    let deaths = Rc::new(RefCell::new(Vec::new()));
    fork.watch.observer = Some(Box::new(Deaths {
        known: vm.heap.births.next_serial(),
        deaths: deaths.clone(),
    }));
    fork.watch.on = true;
    let mark = fork.output.len();
    let raised = evaluate::statements(&mut fork, &statement)?.err();
    let output = fork
        .output
        .since(mark)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    Ok(WhatIfReport {
        tried: shown,
        deaths: deaths.take(),
        isolated: newly_isolated(vm, &fork),
        output,
        raised,
    })
}

/// Objects that a root led to before, and none leads to now, oldest first.
fn newly_isolated(before: &Machine, after: &Machine) -> Vec<String> {
    let was = why::reachable(before);
    let is = why::reachable(after);
    let known = before.heap.births.next_serial();
    let mut lost: Vec<(u32, String)> = Vec::new();
    for o in after.heap.objects() {
        let birth = after.heap.births.of(o);
        let here_before = birth.ordinal > 0 && birth.serial < known && was.contains(o);
        if here_before && !is.contains(o) {
            lost.extend(look::name_of(after, o).map(|name| (birth.serial, name.to_string())));
        }
    }
    lost.sort();
    lost.into_iter().map(|(_, name)| name).collect()
}

/// What held an object just before the instruction that freed it, outermost first: up from owner to owner as long as each is
/// held by one other object only.
pub fn owners_that_went(vm: &Machine, o: Obj, cause: &Cause) -> Vec<String> {
    const MAX_CASCADE: usize = 20;
    let names = Names::new(vm);
    let mut chain = Vec::new();
    let mut at = o;
    while chain.len() < MAX_CASCADE {
        let held = references::to(vm, at);
        let [reference] = held[..] else {
            let all: Vec<String> = held.iter().map(|reference| names.text(reference)).collect();
            if !all.is_empty() {
                chain.push(all.join(", "));
            }
            break;
        };
        let Holder::Object(holder, edge) = reference.holder else {
            chain.push(names.text(&reference));
            break;
        };
        // An instance's dict goes without saying.
        let is_own_dict = edge == crate::heap::Edge::Dict;
        if !is_own_dict {
            chain.push(names.text(&reference));
        }
        if holder == vm.main_dict || matches!(cause, Cause::Gc { .. } | Cause::Exit) {
            break;
        }
        at = match names.part(holder) {
            Part::DictOf(owner) => owner,
            _ => holder,
        };
    }
    chain.reverse();
    chain
}
