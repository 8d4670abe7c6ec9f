//! Signatures of built-in functions, methods and classes, as `__text_signature__` gives them, for rows without one of their own.
//!
//! `signatures.txt` has a line for each, sorted by name: `len`, `math.sqrt`, `list.append`, `class enumerate`; a tab; the
//! signature, with line breaks as `\\n`.

/// All lines.
const TABLE: &str = include_str!("signatures.txt");

/// The signature of what is so named; a module's accelerator is known by the underscore in front.
pub fn find(name: &str) -> Option<String> {
    line_of(name).or_else(|| line_of(&format!("_{name}")))
}

fn line_of(name: &str) -> Option<String> {
    let found = TABLE.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    found.map(|signature| signature.replace("\\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        let names: Vec<&str> = TABLE.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(find("len").as_deref(), Some("($module, obj, /)"));
        assert_eq!(find("list.append").as_deref(), Some("($self, object, /)"));
    }
}
