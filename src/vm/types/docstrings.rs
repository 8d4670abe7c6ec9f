//! Documentation of built-in functions, methods and classes that is CPython's to the letter, for scripts that print `__doc__`.
//!
//! `docstrings.txt` has a line for each, sorted by name: `len`, `str.upper`, `class KeyError`; a tab; the text without its signature,
//! line breaks as `\n` and backslashes doubled. What has no line there is documented where it is defined.

use std::collections::HashMap;
use std::sync::LazyLock;

static ROWS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("docstrings.txt").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// The documentation of what is so named.
pub fn find(name: &str) -> Option<String> {
    let escaped = ROWS.get(name)?;
    let mut text = String::with_capacity(escaped.len());
    let mut points = escaped.chars();
    while let Some(point) = points.next() {
        match (point, point == '\\') {
            (_, true) if points.next() == Some('n') => text.push('\n'),
            (_, true) => text.push('\\'),
            _ => text.push(point),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_and_backslashes_are_spelt_out() {
        let doc = find("class KeyError");
        assert_eq!(doc.as_deref(), Some("Mapping key not found."));
        assert!(find("print").is_some_and(|doc| doc.contains("\\n") && doc.contains('\n')));
        assert_eq!(find("class NoSuchThing"), None);
    }
}
