//! The one table of keys: what a key does, what it does with Shift, and how help says it.
//!
//! Knows no session: most keys are lines of the command language. Invariant: a key that is not a row here does nothing, and no two
//! rows share a key. Dispatch, the `?` panel, the line at the bottom and the README's table all come from [`KEYS`]. A file that
//! overrides keys will hand [`Keys`] other letters for the same rows.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::panes::{Knob, Motion};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A line of the command language.
    Run(&'static str),
    /// The same with the selected object's name behind it.
    RunSelected(&'static str),
    Breakpoint,
    RunToCursor,
    Focus,
    NextPane,
    PreviousPane,
    Zoom,
    Picture(Knob),
    Search,
    Prompt,
    Mark,
    Jump,
    Help,
    Quit,
    Move(Motion),
    /// Stops what is running, closes what is open.
    Cancel,
    Redraw,
    Suspend,
}

/// A row of the table.
pub struct Key {
    /// `n`, `F10`, `Ctrl-L`; several, separated by blanks, do the same.
    pub names: &'static str,
    pub action: Action,
    /// The same with Shift: `N`, and what it does.
    pub shifted: Option<(&'static str, Action)>,
    pub help: &'static str,
    /// A word for the line at the bottom, where there is room for some.
    pub hint: &'static str,
}

const fn key(names: &'static str, action: Action, help: &'static str, hint: &'static str) -> Key {
    Key {
        names,
        action,
        shifted: None,
        help,
        hint,
    }
}

const fn both(
    names: &'static str,
    action: Action,
    shifted: (&'static str, Action),
    help: &'static str,
    hint: &'static str,
) -> Key {
    Key {
        names,
        action,
        shifted: Some(shifted),
        help,
        hint,
    }
}

use Action::{Move, Run, RunSelected};

#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    both("n F10", Run("step line"), ("N Shift-F10", Run("back line")), "one line, over calls", "line"),
    both("s F11", Run("step into"), ("S Shift-F11", Run("back into")), "one line, into calls and finalisers", "into"),
    both("i", Run("step instr"), ("I", Run("back instr")), "one instruction", "instr"),
    both("o", Run("step over"), ("O", Run("back over")), "one instruction, over calls", "over"),
    both("f", Run("step out"), ("F", Run("back out")), "out of this function", "out"),
    both("e", Run("step event"), ("E", Run("back event")), "to the next birth, count change or death", "event"),
    both("x", Run("step death"), ("X", Run("back death")), "to the next death or finaliser", "death"),
    both("p", Run("step phase"), ("P", Run("back phase")), "to the next phase of the collector", "phase"),
    both("c F5", Run("continue"), ("C Shift-F5", Run("reverse")), "to the next breakpoint", "go"),
    key("g", Run("goto start"), "to the start", ""),
    key("G", Run("goto end"), "to the end", ""),
    key("l", RunSelected("last"), "back to the last change of the selected object's count", ""),
    key("w", RunSelected("why"), "why the selected object is alive, or how it died", "why"),
    key("b F9", Action::Breakpoint, "breakpoint on the cursor's line, on and off", "break"),
    key("t", Action::RunToCursor, "run to the cursor's line", ""),
    key("u", Run("frame up"), "look at the calling frame", ""),
    key("d", Run("frame down"), "look at the called frame", ""),
    key("1 2 3 4 5 6 7 8 9 0", Action::Focus, "focus the pane of that number", ""),
    both("Tab", Action::NextPane, ("Shift-Tab", Action::PreviousPane), "focus the next pane", ""),
    key("z", Action::Zoom, "the focused pane on the whole screen, and back", ""),
    both("+", Action::Picture(Knob::Deeper), ("-", Action::Picture(Knob::Shallower)), "picture: references further away, or nearer only", ""),
    key("a", Action::Picture(Knob::Dicts), "picture: instances and their dicts apart, or as one", ""),
    key("v", Action::Picture(Knob::Noise), "picture: classes, modules, functions too", ""),
    key(".", Action::Picture(Knob::Around), "picture: around the selected object, or from the roots", ""),
    key("/", Action::Search, "search in the focused pane; Enter alone repeats", ""),
    key(":", Action::Prompt, "a command; Tab completes, help lists them", "command"),
    key("m", Action::Mark, "mark this moment with the letter that follows", ""),
    key("'", Action::Jump, "to the moment marked with the letter that follows", ""),
    key("Up k", Move(Motion::Up), "up in the pane", ""),
    key("Down j", Move(Motion::Down), "down in the pane", ""),
    key("Left", Move(Motion::Left), "left in the pane", ""),
    key("Right", Move(Motion::Right), "right in the pane", ""),
    key("PgUp", Move(Motion::PageUp), "a page up", ""),
    key("PgDn", Move(Motion::PageDown), "a page down", ""),
    key("Home", Move(Motion::Home), "to the first row", ""),
    key("End", Move(Motion::End), "to the last row", ""),
    key("Enter", Move(Motion::Choose), "what the row is for: its owners, its frame, its moment, its fold", ""),
    key("Esc Ctrl-C", Action::Cancel, "stop what is running; close what is open", ""),
    key("Ctrl-L", Action::Redraw, "draw the screen anew", ""),
    key("Ctrl-Z", Action::Suspend, "to the shell; fg comes back", ""),
    key("?", Action::Help, "this help", "help"),
    key("q", Action::Quit, "quit", "quit"),
];

/// The keys as they are in force.
pub struct Keys {
    bindings: Vec<(KeyCode, KeyModifiers, Action)>,
}

impl Default for Keys {
    fn default() -> Keys {
        let mut bindings = Vec::new();
        let mut bind = |names: &str, action: Action| {
            for name in names.split(' ') {
                let (code, modifiers) = parse(name).expect("the table names keys that exist");
                bindings.push((code, modifiers, action));
            }
        };
        for row in KEYS {
            bind(row.names, row.action);
            if let Some((names, action)) = row.shifted {
                bind(names, action);
            }
        }
        Keys { bindings }
    }
}

impl Keys {
    pub fn action(&self, event: KeyEvent) -> Option<Action> {
        let wanted = normal(event.code, event.modifiers);
        let found = self
            .bindings
            .iter()
            .find(|(code, modifiers, _)| (*code, *modifiers) == wanted);
        found.map(|(.., action)| *action)
    }
}

/// Shift is part of a letter already, and of `BackTab`.
fn normal(code: KeyCode, modifiers: KeyModifiers) -> (KeyCode, KeyModifiers) {
    let kept = modifiers & (KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT);
    match code {
        KeyCode::Char(c) if kept.contains(KeyModifiers::CONTROL) => {
            (KeyCode::Char(c.to_ascii_lowercase()), KeyModifiers::CONTROL)
        }
        KeyCode::Char(_) | KeyCode::BackTab => (code, kept - KeyModifiers::SHIFT),
        _ => (code, kept),
    }
}

/// A key by its name in the table; `None` for a name that is no key.
pub fn parse(name: &str) -> Option<(KeyCode, KeyModifiers)> {
    if let Some(rest) = name.strip_prefix("Ctrl-") {
        let (code, _) = parse(&rest.to_lowercase())?;
        return Some((code, KeyModifiers::CONTROL));
    }
    if name == "Shift-Tab" {
        return Some((KeyCode::BackTab, KeyModifiers::NONE));
    }
    if let Some(rest) = name.strip_prefix("Shift-") {
        return Some((parse(rest)?.0, KeyModifiers::SHIFT));
    }
    let mut chars = name.chars();
    let code = match (name, chars.next(), chars.next()) {
        ("Tab", ..) => KeyCode::Tab,
        ("Up", ..) => KeyCode::Up,
        ("Down", ..) => KeyCode::Down,
        ("Left", ..) => KeyCode::Left,
        ("Right", ..) => KeyCode::Right,
        ("PgUp", ..) => KeyCode::PageUp,
        ("PgDn", ..) => KeyCode::PageDown,
        ("Home", ..) => KeyCode::Home,
        ("End", ..) => KeyCode::End,
        ("Enter", ..) => KeyCode::Enter,
        ("Esc", ..) => KeyCode::Esc,
        (_, Some(c), None) => KeyCode::Char(c),
        (_, Some('F'), Some(_)) => KeyCode::F(name[1..].parse().ok()?),
        _ => return None,
    };
    Some((code, KeyModifiers::NONE))
}

/// The lines of the `?` panel: keys, keys for the other direction, meaning.
pub fn help() -> Vec<String> {
    let back = |row: &Key| {
        row.shifted
            .map_or(String::new(), |(names, _)| names.to_owned())
    };
    let line = |row: &Key| format!("{:<20} {:<13} {}", row.names, back(row), row.help);
    let mut lines = vec![format!("{:<20} {:<13} ", "key", "backwards")];
    lines.extend(KEYS.iter().map(line));
    lines
}

/// The README's table of keys.
pub fn markdown_table() -> String {
    let code = |names: &str| {
        let names: Vec<String> = names.split(' ').map(|n| format!("`{n}`")).collect();
        names.join(" ")
    };
    let mut text = "| key | backwards | does |\n| --- | --- | --- |\n".to_owned();
    for row in KEYS {
        let back = row.shifted.map_or(String::new(), |(names, _)| code(names));
        text.push_str(&format!(
            "| {} | {back} | {} |\n",
            code(row.names),
            row.help
        ));
    }
    text
}

/// `n N line  s S into  …`: as many as fit in `width` columns.
pub fn hints(width: usize) -> Vec<(String, &'static str)> {
    // What a newcomer needs first stands first; the table's order is that of the help.
    const ORDER: [&str; 11] = [
        "line", "into", "event", "go", "why", "help", "quit", "over", "instr", "out", "command",
    ];
    let mut hints = Vec::new();
    let mut used = 1;
    for word in ORDER {
        let row = KEYS
            .iter()
            .find(|row| row.hint == word)
            .expect("every hint has a row");
        let first = |names: &'static str| names.split(' ').next().unwrap_or("");
        let keys = match row.shifted {
            Some((shifted, _)) => format!("{} {}", first(row.names), first(shifted)),
            None => first(row.names).to_owned(),
        };
        used += keys.len() + 1 + word.len() + 2;
        if used > width {
            break;
        }
        hints.push((keys, word));
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rows_share_a_key() {
        let keys = Keys::default();
        for (index, (code, modifiers, _)) in keys.bindings.iter().enumerate() {
            let again = keys.bindings[index + 1..]
                .iter()
                .any(|(c, m, _)| (c, m) == (code, modifiers));
            assert!(!again, "{code:?} {modifiers:?} is in the table twice");
        }
    }

    #[test]
    fn shift_is_the_same_thing_backwards() {
        for row in KEYS {
            if let (Run(forward), Some((_, Run(backward)))) = (row.action, row.shifted) {
                let turned = forward
                    .replace("step", "back")
                    .replace("continue", "reverse");
                assert_eq!(turned, backward);
            }
        }
    }
}
