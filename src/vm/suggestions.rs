//! "Did you mean": names close to the one that was not found (`Python/suggestions.c` of CPython 3.10).

use super::{Machine, PyResult};
use crate::heap::{NULL, Obj, Payload};

/// More candidates than this are not searched.
const MAX_CANDIDATES: usize = 750;
/// Longer names are not compared.
const MAX_LENGTH: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

impl Machine {
    /// A name like the one that an AttributeError or NameError is about.
    pub(super) fn suggestion(&mut self, exc: Obj) -> PyResult<Option<String>> {
        let ty = self.heap.ty(exc);
        if ty == self.types.attribute_error {
            return self.suggest_attribute(exc);
        }
        if ty == self.types.name_error {
            self.suggest_name(exc)
        } else {
            Ok(None)
        }
    }

    fn suggest_attribute(&mut self, exc: Obj) -> PyResult<Option<String>> {
        let (object, name) = (self.exc_field(exc, 0), self.exc_field(exc, 1));
        if name.is_null() || object.is_null() || self.heap.str(name).is_none() {
            return Ok(None);
        }
        match self.dir_of(object) {
            Ok(list) => {
                let names = self.heap.list(list).cloned().unwrap_or_default();
                let found = self.closest(&names, name);
                self.decref(list);
                Ok(found)
            }
            Err(thrown) => {
                self.forgive(thrown)?;
                Ok(None)
            }
        }
    }

    /// Looks among local variables, globals, builtins of the frame that raised it.
    fn suggest_name(&mut self, exc: Obj) -> PyResult<Option<String>> {
        let name = self.exc_field(exc, 0);
        let mut traceback = self.own_traceback(exc);
        if name.is_null() || traceback.is_null() || self.heap.str(name).is_none() {
            return Ok(None);
        }
        let mut frame = NULL;
        while let Some(tb) = traceback.some() {
            let Payload::Traceback(tb) = self.heap.payload(tb) else {
                break;
            };
            frame = tb.frame;
            traceback = tb.next;
        }
        let Payload::Frame(frame) = self.heap.payload(frame) else {
            return Ok(None);
        };
        let (locals, globals, builtins) =
            (frame.code.varnames.clone(), frame.globals, frame.builtins);
        let keys = |vm: &Machine, dict: Obj| -> Vec<Obj> {
            vm.heap.dict_items(dict).into_iter().map(|i| i.0).collect()
        };
        let found = self.closest(&locals, name);
        let found = found.or_else(|| self.closest(&keys(self, globals), name));
        Ok(found.or_else(|| self.closest(&keys(self, builtins), name)))
    }

    /// The first of the closest candidates (`calculate_suggestions`).
    fn closest(&self, candidates: &[Obj], name: Obj) -> Option<String> {
        if candidates.len() >= MAX_CANDIDATES {
            return None;
        }
        let name = self.text(name);
        let mut best = usize::MAX;
        let mut found = None;
        for candidate in candidates {
            let text = self.heap.str(*candidate)?.lossy();
            if text == name {
                continue;
            }
            let allowed = ((name.len() + text.len() + 3) * MOVE_COST / 6).min(best - 1);
            let cost = distance(name.as_bytes(), text.as_bytes(), allowed);
            if cost <= allowed && cost < best {
                best = cost;
                found = Some(text);
                if best == 0 {
                    break;
                }
            }
        }
        found
    }
}

fn substitution_cost(a: u8, b: u8) -> usize {
    if a & 31 != b & 31 {
        MOVE_COST
    } else if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// The cost of turning one name into the other; anything above `max` if it is more than that (`levenshtein_distance`).
fn distance(a: &[u8], b: &[u8], max: usize) -> usize {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return max + 1;
    }
    let (a, b) = if b.len() < a.len() { (b, a) } else { (a, b) };
    if (b.len() - a.len()) * MOVE_COST > max {
        return max + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE_COST).collect();
    let mut result = 0;
    for (i, code) in b.iter().enumerate() {
        let mut before = i * MOVE_COST;
        result = before;
        let mut least = usize::MAX;
        for (j, other) in a.iter().enumerate() {
            let substitute = before + substitution_cost(*code, *other);
            before = row[j];
            result = (result.min(before) + MOVE_COST).min(substitute);
            row[j] = result;
            least = least.min(result);
        }
        if least > max {
            return max + 1;
        }
    }
    result
}
