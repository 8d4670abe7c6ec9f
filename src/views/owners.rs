//! Owners in few words: `["class of Person.1", "class of Person.2"]` becomes `class of Person.1, Person.2`.
//!
//! Only shortens what is given; who owns what is the session's answer. Invariant: no owner is lost, at worst it is counted
//! (`… 93 more`), and the figures add up to the number of owners.

use std::collections::HashMap;

/// Groups with more members than this are counted instead of listed.
const LISTED: usize = 4;
/// Counted only: their names say nothing.
const DESCRIPTOR: &str = "descriptor";

/// Owners joined with ` · `, those that share their words grouped, the order of first appearance kept.
pub fn brief(owners: &[String]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for owner in owners {
        let (kind, whose) = split(owner);
        match groups
            .iter_mut()
            .find(|(k, _)| *k == kind && !kind.is_empty())
        {
            Some((_, members)) => members.push(whose),
            None => groups.push((kind, vec![whose])),
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|(kind, members)| group(kind, members))
        .collect();
    parts.join(" · ")
}

fn group(kind: &str, members: &[&str]) -> String {
    if kind == DESCRIPTOR {
        let plural = if members.len() == 1 { "" } else { "s" };
        return format!("{} {kind}{plural}", members.len());
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for member in members {
        let place = *places.entry(*member).or_insert_with(|| {
            counted.push((*member, 0));
            counted.len() - 1
        });
        counted[place].1 += 1;
    }
    let shown: Vec<String> = counted
        .iter()
        .take(LISTED)
        .map(|(m, n)| {
            if *n == 1 {
                (*m).to_owned()
            } else {
                format!("{m} ×{n}")
            }
        })
        .collect();
    let rest: usize = counted.iter().skip(LISTED).map(|(_, n)| n).sum();
    let more = if rest > 0 {
        format!(" … {rest} more")
    } else {
        String::new()
    };
    let gap = if kind.is_empty() { "" } else { " " };
    format!("{kind}{gap}{}{more}", shown.join(", "))
}

/// The words that several owners share, and whose it is: `class of` + `Person.1`, `global` + `jane`.
fn split(owner: &str) -> (&str, &str) {
    // The attributes that a class has of its own: `<getset_descriptor>.__objclass__`.
    if owner.ends_with(".__objclass__") {
        return (DESCRIPTOR, "");
    }
    const KINDS: [&str; 11] = [
        "class of",
        "base of",
        "global",
        "cell",
        "closure of",
        "default of",
        "const of",
        "frame of",
        "bound method",
        "local",
        "its own",
    ];
    for kind in KINDS {
        if let Some(rest) = owner.strip_prefix(kind)
            && let Some(whose) = rest.strip_prefix(' ')
        {
            return (kind, whose);
        }
    }
    ("", owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(owners: &[&str]) -> Vec<String> {
        owners.iter().map(|o| (*o).to_owned()).collect()
    }

    #[test]
    fn owners_of_a_kind_are_grouped_and_none_is_lost() {
        let owners = strings(&[
            "global Person",
            "class of Person.1",
            "class of Person.2",
            "Person.2.friend",
        ]);
        assert_eq!(
            brief(&owners),
            "global Person · class of Person.1, Person.2 · Person.2.friend"
        );
        let many: Vec<String> = (1..=9).map(|n| format!("class of Node.{n}")).collect();
        assert_eq!(
            brief(&many),
            "class of Node.1, Node.2, Node.3, Node.4 … 5 more"
        );
        assert_eq!(brief(&strings(&["local x", "local x"])), "local x ×2");
    }
}
