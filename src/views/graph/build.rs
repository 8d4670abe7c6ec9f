//! From facts to boxes, rows and edges.
//!
//! Knows what to say about an object, not where it will stand. Linear in the snapshot up to the choice of boxes; from
//! there on only what is shown counts. Start at `build`.

use std::collections::BTreeMap;

use petgraph::algo::kosaraju_scc;

use super::facts::{Change, GraphOptions, Key, RootFact, SlotFact, Snapshot, Target};
use super::index::{Index, NONE};
use super::model::{BoxId, BoxView, Edge, Fold, Model, Row, RowValue, State, Trend};
use super::select::{self, Chosen, Unit};
use super::text::clean;
use super::words::{Cut, foot, join_feet, label, note, state, thousands, trend};
use super::{isolates, rows, runs};

/// What to draw of this snapshot.
pub fn build(snapshot: &Snapshot, options: &GraphOptions) -> Model {
    let index = Index::new(snapshot, options);
    let runs = runs::find(&index, snapshot, options);
    let chosen = select::choose(&index, runs, snapshot, options);
    let mut builder = Builder {
        index: &index,
        options,
        chosen: &chosen,
        first_unit: 0,
        model: Model::default(),
    };
    builder.roots(snapshot);
    for unit in &chosen.units {
        builder.unit(unit);
    }
    let mut model = builder.model;
    mark_cycles(&mut model);
    count_owners(&mut model, &index, options);
    isolates::group(&mut model, &index);
    model.notes = notes(&chosen);
    model
}

struct Builder<'a> {
    index: &'a Index<'a>,
    options: &'a GraphOptions,
    chosen: &'a Chosen,
    /// The box of unit 0; roots come before it.
    first_unit: usize,
    model: Model,
}

impl Builder<'_> {
    fn roots(&mut self, snapshot: &Snapshot) {
        let shown: Vec<&RootFact> = snapshot
            .roots
            .iter()
            .filter(|root| self.shows_root(root))
            .collect();
        self.first_unit = shown.len();
        for root in shown {
            self.root(root);
        }
    }

    /// Around a focus, only those roots matter that hold something shown.
    fn shows_root(&self, root: &RootFact) -> bool {
        self.options.focus.is_none() || root.rows.iter().any(|row| self.unit_of(row).is_some())
    }

    fn unit_of(&self, slot: &SlotFact) -> Option<usize> {
        let Target::Object(key) = slot.target else {
            return None;
        };
        let unit = self.chosen.unit_of[self.index.shown(key)?];
        (unit != NONE).then_some(unit as usize)
    }

    fn root(&mut self, root: &RootFact) {
        let (shown, hidden): (Vec<_>, Vec<_>) =
            root.rows.iter().partition(|row| self.shows_name(row));
        let names = rows::shown(
            shown.into_iter().map(|row| (row, false)),
            false,
            self.options,
        );
        let at = self.model.boxes.len();
        let rows = self.rows(at, &names);
        let hidden = hidden.len() + root.hidden;
        self.model.boxes.push(BoxView {
            id: BoxId::Root(root.key),
            title: clean(&root.title),
            short_title: clean(&root.title),
            count: String::new(),
            trend: Trend::Same,
            state: State::Plain,
            selected: false,
            note: Vec::new(),
            foot: foot(&[Cut::Atoms(names.atoms), Cut::Hidden(hidden)]),
            rows,
            isolate: None,
            members: Vec::new(),
        });
    }

    /// Names of modules, classes and functions are noise; around a focus, names that lead elsewhere are too.
    fn shows_name(&self, row: &SlotFact) -> bool {
        let Target::Object(key) = row.target else {
            return self.options.focus.is_none();
        };
        let shown = self.index.shown(key).is_some() && (self.options.show_noise || !row.noise);
        match self.options.focus {
            None => shown || row.change == Change::Removed,
            Some(_) => self.unit_of(row).is_some(),
        }
    }

    fn rows(&mut self, from: usize, shown: &rows::Shown) -> Vec<Row> {
        let mut rows = Vec::new();
        for (slot, in_dict) in &shown.slots {
            rows.push(self.row(from, rows.len(), slot, *in_dict));
        }
        if shown.cut > 0 {
            rows.push(Row {
                label: String::new(),
                value: RowValue::More(shown.cut),
                change: Change::Kept,
                target: None,
            });
        }
        rows
    }

    fn row(&mut self, from: usize, row: usize, slot: &SlotFact, in_dict: bool) -> Row {
        let label = clean(&label(&slot.label, in_dict));
        let target = match slot.target {
            Target::Object(key) => Some(key),
            Target::Atom(_) => None,
        };
        let value = match &slot.target {
            _ if slot.change == Change::Removed => RowValue::Gone,
            Target::Atom(text) => RowValue::Atom(clean(text)),
            Target::Object(key) => self.reference(from, row, slot, *key),
        };
        Row {
            label,
            value,
            change: slot.change,
            target,
        }
    }

    fn reference(&mut self, from: usize, row: usize, slot: &SlotFact, key: Key) -> RowValue {
        let Some(object) = self.index.find(key).map(|at| &self.index.objects[at]) else {
            return RowValue::Elsewhere("?".to_string());
        };
        let name = clean(&object.name);
        let Some(unit) = self.unit_of(slot) else {
            return match object.noise && !self.options.show_noise {
                true => RowValue::Atom(name),
                false => RowValue::Elsewhere(name),
            };
        };
        self.model.edges.push(Edge {
            from,
            row,
            to: self.first_unit + unit,
            target_name: name,
            weak: slot.weak,
            times: 1,
            cyclic: false,
            changed: matches!(slot.change, Change::Added | Change::Rebound),
        });
        RowValue::Edge(self.model.edges.len() - 1)
    }

    fn unit(&mut self, unit: &Unit) {
        let made = match unit.fold {
            None => self.object(unit.members[0] as usize),
            Some(fold) => self.fold(unit, fold),
        };
        self.model.boxes.push(made);
    }

    fn object(&mut self, at: usize) -> BoxView {
        let object = &self.index.objects[at];
        let shown = rows::of_object(self.index, at, self.options);
        let rows = self.rows(self.model.boxes.len(), &shown);
        BoxView {
            id: BoxId::Object(object.key),
            title: clean(&object.name),
            short_title: clean(&object.name),
            count: if object.ghost {
                "dead".to_string()
            } else {
                format!("rc {}", object.refcount)
            },
            trend: trend(object),
            state: state(object),
            selected: self.options.selected == Some(object.key),
            note: note(object),
            foot: foot(&[Cut::Atoms(shown.atoms)]),
            rows,
            isolate: None,
            members: vec![object.key],
        }
    }

    fn fold(&mut self, unit: &Unit, fold: Fold) -> BoxView {
        let objects = self.index.objects;
        let (first, last) = (
            unit.members[0] as usize,
            unit.members[unit.members.len() - 1] as usize,
        );
        let (first_name, last_name) = (&objects[first].name, &objects[last].name);
        let number = last_name.rsplit('.').next().unwrap_or(last_name);
        let (title, short) = match fold {
            Fold::Cycle => (
                format!("cycle of {}", objects[first].type_name),
                "cycle".to_string(),
            ),
            Fold::Run | Fold::Siblings => (
                format!("{first_name} … {last_name}"),
                format!("{first_name}–{number}"),
            ),
        };
        let at = self.model.boxes.len();
        let selected = unit
            .members
            .iter()
            .any(|&m| self.options.selected == Some(objects[m as usize].key));
        BoxView {
            id: BoxId::Fold(fold, objects[first].key),
            title: clean(&title),
            short_title: clean(&short),
            count: format!("({})", thousands(unit.members.len())),
            trend: Trend::Same,
            state: state(&objects[first]),
            selected,
            note: note(&objects[first]),
            foot: Vec::new(),
            rows: self.ways_out(at, unit),
            isolate: None,
            members: unit
                .members
                .iter()
                .map(|&m| objects[m as usize].key)
                .collect(),
        }
    }

    /// One row for each label and box that a fold's members refer to outside it.
    fn ways_out(&mut self, from: usize, unit: &Unit) -> Vec<Row> {
        let mut ways: BTreeMap<(String, usize), (&SlotFact, bool, usize)> = BTreeMap::new();
        let own = self.chosen.unit_of[unit.members[0] as usize] as usize;
        let index = self.index;
        for member in select::leading_out(unit) {
            for (slot, in_dict) in rows::of_object(index, member as usize, self.options).slots {
                if let Some(to) = self.unit_of(slot).filter(|&to| to != own) {
                    let way = ways.entry((label(&slot.label, in_dict), to));
                    way.or_insert((slot, in_dict, 0)).2 += 1;
                }
            }
        }
        let slots = ways.values().map(|&(slot, in_dict, _)| (slot, in_dict));
        let shown = rows::shown(slots, false, self.options);
        let mut rows = self.rows(from, &shown);
        for (row, &(slot, in_dict)) in rows.iter_mut().zip(&shown.slots) {
            let way = self
                .unit_of(slot)
                .map(|to| (label(&slot.label, in_dict), to));
            let times = way.and_then(|way| ways.get(&way)).map_or(1, |way| way.2);
            if let RowValue::Edge(edge) = row.value
                && times > 1
            {
                self.model.edges[edge].times = times;
                row.label = format!("{} ×{times}", row.label);
            }
        }
        rows
    }
}

/// An edge between boxes of one strongly connected component, or from a box to itself, is part of a cycle.
fn mark_cycles(model: &mut Model) {
    let mut component = vec![0; model.boxes.len()];
    for (id, nodes) in kosaraju_scc(&model.graph()).into_iter().enumerate() {
        for node in nodes {
            component[node.index()] = id;
        }
    }
    for edge in &mut model.edges {
        edge.cyclic = !edge.weak && component[edge.from] == component[edge.to];
    }
}

/// Says in each box's foot how many of its owners have no edge here, by name where the session gave one.
fn count_owners(model: &mut Model, index: &Index, options: &GraphOptions) {
    let mut drawn = vec![0u64; model.boxes.len()];
    for edge in model.edges.iter().filter(|edge| !edge.weak) {
        drawn[edge.to] += edge.times as u64;
    }
    for (view, drawn) in model.boxes.iter_mut().zip(drawn) {
        let BoxId::Object(key) = view.id else {
            continue;
        };
        let Some(object) = index.find(key).map(|at| &index.objects[at]) else {
            continue;
        };
        let missing = object.refcount.saturating_sub(drawn);
        if missing == 0 || object.ghost || (object.noise && options.show_noise) {
            continue;
        }
        let mut words = Vec::new();
        if object.other_owners.len() as u64 == missing {
            words.push(format!("+ {}", clean(&object.other_owners.join(", "))));
        }
        let plural = if missing == 1 { "" } else { "s" };
        words.push(format!("+{missing} owner{plural} not shown"));
        words.push(format!("+{missing} owner{plural}"));
        words.push(format!("+{missing}"));
        view.foot = join_feet(&view.foot, &words);
    }
}

fn notes(chosen: &Chosen) -> Vec<String> {
    let mut notes = Vec::new();
    if chosen.left_out > 0 {
        let plural = if chosen.left_out == 1 { "" } else { "s" };
        notes.push(format!(
            "+ {} more object{plural} not shown",
            thousands(chosen.left_out)
        ));
    }
    if chosen.changed_left_out > 0 {
        notes.push(format!(
            "{} of them changed",
            thousands(chosen.changed_left_out)
        ));
    }
    notes
}
