//! Which slots of an object get a row, and how many are cut.
//!
//! Knows nothing of boxes or edges. Used twice, by the choice of objects and by the building of boxes, so that an
//! object is never chosen because of a row that is not drawn. Invariant: rows + cut + atoms = slots.

use super::facts::{Change, GraphOptions, Key, SlotFact, Target};
use super::index::Index;

/// Rows of a container's items before the rest is cut.
const ITEM_ROWS: usize = 5;
/// Rows of attributes and names before the rest is cut.
const NAME_ROWS: usize = 12;
/// Rows beyond the limit that are shown because something happened to them.
const EXTRA_ROWS: usize = 3;
/// Rows of a container that the reader opened.
const OPENED_ROWS: usize = 60;

/// The slots to draw, how many were cut for length, and how many plain values for room.
pub(super) struct Shown<'a> {
    /// With the flag that the slot belongs to the folded dict.
    pub slots: Vec<(&'a SlotFact, bool)>,
    pub cut: usize,
    pub atoms: usize,
}

pub(super) fn of_object<'a>(index: &Index<'a>, at: usize, options: &GraphOptions) -> Shown<'a> {
    let opened = options.opened.contains(&index.objects[at].key);
    shown(index.slots(at), opened, options)
}

pub(super) fn shown<'a>(
    slots: impl Iterator<Item = (&'a SlotFact, bool)>,
    opened: bool,
    options: &GraphOptions,
) -> Shown<'a> {
    let mut seen = Shown {
        slots: Vec::new(),
        cut: 0,
        atoms: 0,
    };
    let mut extra = 0;
    for (slot, in_dict) in slots {
        if !options.show_atoms
            && matches!(slot.target, Target::Atom(_))
            && slot.change == Change::Kept
        {
            seen.atoms += 1;
            continue;
        }
        let limit = match (opened, is_item(slot, in_dict)) {
            (true, _) => OPENED_ROWS,
            (false, true) => ITEM_ROWS,
            (false, false) => NAME_ROWS,
        };
        let wanted = slot.change != Change::Kept || points_at(slot, options.selected);
        if seen.slots.len() < limit {
            seen.slots.push((slot, in_dict));
        } else if wanted && extra < EXTRA_ROWS {
            extra += 1;
            seen.slots.push((slot, in_dict));
        } else {
            seen.cut += 1;
        }
    }
    seen
}

fn is_item(slot: &SlotFact, in_dict: bool) -> bool {
    !in_dict && (slot.label.starts_with('[') || slot.label == "key" || slot.label == "item")
}

fn points_at(slot: &SlotFact, key: Option<Key>) -> bool {
    matches!(slot.target, Target::Object(target) if Some(target) == key)
}
