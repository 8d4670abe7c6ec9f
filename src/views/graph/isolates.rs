//! Which boxes hold only each other: the unreachable ones, grouped by what connects them.
//!
//! Relies on the session's word for "unreachable" and knows nothing of cells. Invariant: a box is in one isolate at
//! most, and folded dicts are counted with their instances, as `gc.collect()` counts them.

use petgraph::unionfind::UnionFind;

use super::index::Index;
use super::model::{Isolate, Model};

pub(super) fn group(model: &mut Model, index: &Index) {
    let unreachable: Vec<bool> = model
        .boxes
        .iter()
        .map(|view| objects(view, index).any(|o| o.unreachable))
        .collect();
    let mut groups = UnionFind::<usize>::new(model.boxes.len());
    for edge in &model.edges {
        if unreachable[edge.from] && unreachable[edge.to] {
            groups.union(edge.from, edge.to);
        }
    }
    let mut numbers = vec![None; model.boxes.len()];
    let mut members: Vec<Vec<usize>> = Vec::new();
    for at in (0..model.boxes.len()).filter(|&at| unreachable[at]) {
        let number = *numbers[groups.find(at)].get_or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[number].push(at);
        model.boxes[at].isolate = Some(number);
    }
    model.isolates = members
        .into_iter()
        .map(|boxes| describe(model, index, boxes))
        .collect();
}

fn objects<'a>(
    view: &'a super::model::BoxView,
    index: &'a Index,
) -> impl Iterator<Item = &'a super::facts::ObjectFact> + use<'a> {
    view.members
        .iter()
        .filter_map(|&key| index.find(key))
        .map(|at| &index.objects[at])
}

fn describe(model: &Model, index: &Index, boxes: Vec<usize>) -> Isolate {
    let mut count = 0;
    let mut since = None;
    let mut agree = true;
    for key in boxes.iter().flat_map(|&b| &model.boxes[b].members) {
        let Some(at) = index.find(*key) else { continue };
        count += 1 + usize::from(index.dict_of(at).is_some());
        let theirs = index.objects[at].unreachable_since.as_deref();
        agree &= since.is_none_or(|s| Some(s) == theirs);
        since = theirs;
    }
    let since = since.filter(|_| agree).map(super::text::clean);
    Isolate::new(boxes, count, since.as_deref())
}
