//! What has happened so far, in order: finalisers, deaths, resurrections, collections. Gathered by one replay.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::vm::{Event, Machine};

use super::super::command::ObjectName;
use super::super::drive::Drive;
use super::super::hunt::{Context, Hit, Hunt, Point, Range};
use super::super::look;
use super::super::stop::Moment;

/// The order of what has happened up to a moment.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub until: Moment,
    /// Objects whose finaliser has begun, in order; one that is just about to begin is not among them.
    pub dels: Vec<ObjectName>,
    /// Instances of the script's own classes that were freed, in order. Their dicts and other built-in objects are left out:
    /// there are many, and nobody asks for them by order.
    pub deaths: Vec<ObjectName>,
    pub resurrected: BTreeSet<ObjectName>,
    /// What all collections before the interpreter's exit have found.
    pub collected: u64,
}

struct LedgerHunt {
    ledger: Rc<RefCell<Ledger>>,
}

impl Hunt for LedgerHunt {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Inside(event) = point else {
            return None;
        };
        if context.counts {
            self.ledger.borrow_mut().note(vm, event, context.moment);
        }
        None
    }
}

impl Ledger {
    fn note(&mut self, vm: &Machine, event: &Event, moment: Moment) {
        match event {
            Event::Finalize(o) if moment < self.until => self.dels.extend(look::name_of(vm, *o)),
            Event::Death(o) if vm.heap.class(vm.heap.ty(*o)).flags.heap_type => {
                self.deaths.extend(look::name_of(vm, *o));
            }
            Event::Resurrect(o) => self.resurrected.extend(look::name_of(vm, *o)),
            Event::GcEnd {
                collected,
                uncollectable,
            } if !vm.finalizing => self.collected += (*collected + *uncollectable) as u64,
            _ => {}
        }
    }

    /// By a replay from the start.
    pub fn gather(drive: &mut Drive, until: Moment) -> Ledger {
        let ledger = Rc::new(RefCell::new(Ledger {
            until,
            ..Ledger::default()
        }));
        let hunt = Box::new(LedgerHunt {
            ledger: ledger.clone(),
        });
        // What happens at this very moment has happened.
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
        ledger.take()
    }
}
