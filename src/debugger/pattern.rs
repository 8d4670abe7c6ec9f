//! `[..]` in an expected output: it matches anything within a line.
//!
//! Invariant: everything else matches itself, and the whole text must match. A missing newline at the very end of either
//! side is no difference, because nobody sees it.

/// Whether the text is what the pattern says.
pub fn matches(pattern: &str, text: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.split('\n').map(str::to_owned).collect()
    };
    let (pattern, text) = (lines(pattern), lines(text));
    pattern.len() == text.len()
        && pattern
            .iter()
            .zip(&text)
            .all(|(pattern, line)| line_matches(pattern, line))
}

fn line_matches(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split("[..]");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn dots_match_within_a_line_only() {
        assert!(matches("a [..] c", "a b b c\n"));
        assert!(matches("[..]", "anything"));
        assert!(!matches("a[..]d", "a\nd"));
        assert!(!matches("a", "a\nb"));
        assert!(matches("x[..]x[..]x", "x1x2x"));
        assert!(!matches("ab[..]bc", "abc"));
        assert!(matches("", ""));
    }
}
