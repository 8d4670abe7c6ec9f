//! How an exception is shown: traceback, chained exceptions, the SyntaxError form, the last line (`PyErr_Display` of
//! `Python/pythonrun.c`, `PyTraceBack_Print` of `Python/traceback.c`).
//!
//! Source lines are read through the machine's own access to files, so that scripts cannot look elsewhere by it.

use super::{Machine, PyResult};
use crate::heap::{NULL, Obj, Payload};

/// `TB_RECURSIVE_CUTOFF`: so many equal lines are shown before they are folded.
const RECURSIVE_CUTOFF: usize = 3;

/// `PyTraceBack_LIMIT`
const TRACEBACK_LIMIT: i64 = 1000;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

impl Machine {
    /// Shows an exception on `sys.stderr`; what fails on the way is left out.
    pub fn print_exception(&mut self, exc: Obj) {
        if let Err(thrown) = self.display_exception(exc, NULL) {
            let interrupted = self.forgive(thrown).is_err();
            debug_assert!(!interrupted || self.interrupt.is_some());
        }
    }

    /// `sys.__excepthook__`: an exception without a traceback of its own gets the given one.
    pub fn display_exception(&mut self, exc: Obj, traceback: Obj) -> PyResult<()> {
        let file = self.dict_get_name(self.sys_dict, "stderr");
        if file.is_null() {
            self.write_raw_stderr("lost sys.stderr\n");
            return Ok(());
        }
        if file == self.none {
            return Ok(());
        }
        let is_tb =
            !traceback.is_null() && matches!(self.heap.payload(traceback), Payload::Traceback(_));
        if is_tb && self.is_exception(exc) && self.exc(exc).traceback.is_null() {
            self.set_traceback(exc, traceback);
        }
        self.hold_ref(file);
        let mut seen = Vec::new();
        let shown = self.write_chain(file, exc, &mut seen);
        self.let_go(shown)
    }

    /// Causes and contexts first (`print_exception_recursive`).
    fn write_chain(&mut self, file: Obj, exc: Obj, seen: &mut Vec<Obj>) -> PyResult<()> {
        seen.push(exc);
        if self.is_exception(exc) {
            let e = self.exc(exc);
            let (cause, context, suppress) = (e.cause, e.context, e.suppress_context);
            let (before, sentence) = if !cause.is_null() {
                (cause, CAUSE)
            } else if !context.is_null() && !suppress {
                (context, CONTEXT)
            } else {
                (NULL, "")
            };
            if !before.is_null() && !seen.contains(&before) {
                self.enter_recursive(" in traceback printing")?;
                let written = self.write_chain(file, before, seen);
                self.leave_recursive();
                written?;
                self.write_text(file, sentence)?;
            }
        }
        self.write_one(file, exc)
    }

    /// One exception without its chain (`print_exception`).
    fn write_one(&mut self, file: Obj, exc: Obj) -> PyResult<()> {
        if !self.is_exception(exc) {
            let name = self.type_name(exc);
            return self.write_text(
                file,
                &format!(
                    "TypeError: print_exception(): Exception expected for value, {name} found\n"
                ),
            );
        }
        let traceback = self.own_traceback(exc);
        self.write_traceback(file, traceback)?;
        let ty = self.heap.ty(exc);
        let mut message = None;
        if self
            .lookup_attr_str(exc, "print_file_and_line")?
            .map(|o| self.decref(o))
            .is_some()
            && let Some((place, text)) = self.syntax_error_parts(exc)?
        {
            self.write_text(file, &place)?;
            message = Some(text);
        }
        let name = self.exception_name(ty);
        self.write_text(file, &name)?;
        let text = match message {
            Some(message) => Some(message),
            None => self.exception_text(exc)?,
        };
        match text {
            None => self.write_text(file, ": <exception str() failed>")?,
            Some(text) if text.is_empty() => {}
            Some(text) => self.write_text(file, &format!(": {text}"))?,
        }
        if let Some(suggestion) = self.suggestion(exc)? {
            self.write_text(file, &format!(". Did you mean: '{suggestion}'?"))?;
        }
        self.write_text(file, "\n")
    }

    /// `str()` of an exception; `None` if that fails.
    pub(super) fn exception_text(&mut self, exc: Obj) -> PyResult<Option<String>> {
        match self.str_of(exc) {
            Ok(text) => {
                let shown = self.text_for_stderr(text);
                self.decref(text);
                Ok(Some(shown))
            }
            Err(thrown) => {
                self.forgive(thrown)?;
                Ok(None)
            }
        }
    }

    /// A str as `sys.stderr` writes it: what UTF-8 has no bytes for is escaped.
    pub(super) fn text_for_stderr(&self, o: Obj) -> String {
        let Some(text) = self.heap.str(o) else {
            return String::new();
        };
        let mut shown = String::new();
        for point in text.points() {
            match char::from_u32(point) {
                Some(c) => shown.push(c),
                None => shown.push_str(&format!("\\u{point:04x}")),
            }
        }
        shown
    }

    /// The class's qualified name with its module in front, unless that is `builtins`.
    pub(super) fn exception_name(&mut self, class: Obj) -> String {
        let short = self.class_qualname(class);
        match self.lookup_attr(class, self.names.__module__) {
            Ok(Some(module)) => {
                let text = self.heap.str(module).map(|s| s.lossy());
                self.decref(module);
                match text.as_deref() {
                    Some("builtins") => short,
                    Some(module) => format!("{module}.{short}"),
                    None => format!("<unknown>.{short}"),
                }
            }
            Ok(None) => format!("<unknown>{short}"),
            Err(_) => {
                if self.interrupt.is_none() {
                    self.clear_exception();
                }
                format!("<unknown>{short}")
            }
        }
    }

    /// All entries of a traceback, the outermost first; equal ones in a row are folded.
    pub fn write_traceback(&mut self, file: Obj, traceback: Obj) -> PyResult<()> {
        if traceback.is_null() || !matches!(self.heap.payload(traceback), Payload::Traceback(_)) {
            return Ok(());
        }
        let limit = self.dict_get_name(self.sys_dict, "tracebacklimit");
        let limit = if limit.is_null() || !self.is_int(limit) {
            TRACEBACK_LIMIT
        } else {
            self.as_i64(limit).unwrap_or(i64::MAX)
        };
        if limit <= 0 {
            return Ok(());
        }
        let entries = self.traceback_entries(traceback);
        let skip = entries.len().saturating_sub(limit as usize);
        self.write_text(file, "Traceback (most recent call last):\n")?;
        let mut last = None;
        let mut count = 0;
        for entry in &entries[skip..] {
            if last != Some(entry) {
                self.write_repeated(file, count)?;
                last = Some(entry);
                count = 0;
            }
            count += 1;
            if count <= RECURSIVE_CUTOFF {
                let (filename, line, name) = entry;
                self.write_text(
                    file,
                    &format!("  File \"{filename}\", line {line}, in {name}\n"),
                )?;
                if let Some(source) = self.source_line_to_show(filename, *line) {
                    let source = source.trim_start_matches([' ', '\t', '\x0c']).to_string();
                    self.write_text(file, &format!("    {source}\n"))?;
                }
            }
        }
        self.write_repeated(file, count)
    }

    fn write_repeated(&mut self, file: Obj, count: usize) -> PyResult<()> {
        if count <= RECURSIVE_CUTOFF {
            return Ok(());
        }
        let more = count - RECURSIVE_CUTOFF;
        let s = if more > 1 { "s" } else { "" };
        self.write_text(
            file,
            &format!("  [Previous line repeated {more} more time{s}]\n"),
        )
    }

    /// File, line and function name of each entry.
    pub fn traceback_entries(&self, traceback: Obj) -> Vec<(String, i32, String)> {
        let mut entries = Vec::new();
        let mut at = traceback;
        while !at.is_null() {
            let Payload::Traceback(tb) = self.heap.payload(at) else {
                break;
            };
            if let Payload::Frame(frame) = self.heap.payload(tb.frame) {
                let source = &frame.code.source;
                entries.push((
                    source.filename.to_string(),
                    tb.line,
                    source.name.to_string(),
                ));
            }
            at = tb.next;
        }
        entries
    }

    /// The same as long as CPython can import what it reads files with: not when modules are gone
    /// (`_Py_DisplaySourceLine`).
    pub fn source_line_to_show(&self, filename: &str, line: i32) -> Option<String> {
        let sys = self.dict_get_name(self.sys_modules, "sys");
        if self.finalizing && (sys.is_null() || sys == self.none) {
            return None;
        }
        self.source_line(filename, line)
    }

    /// A line of a source file, without its newline; `None` if the file or the line is not there.
    pub fn source_line(&self, filename: &str, line: i32) -> Option<String> {
        let number = usize::try_from(line).ok()?.checked_sub(1)?;
        let text = self.source_file(filename)?;
        let text = crate::syntax::Source::readable(&text);
        text.split('\n')
            .nth(number)
            .map(|l| l.strip_suffix('\r').unwrap_or(l).to_string())
    }

    /// A field of a SyntaxError by attribute access; None for `None`. Owned.
    fn syntax_field(&mut self, exc: Obj, name: &str) -> PyResult<Option<Obj>> {
        let value = self.lookup_attr_str(exc, name)?;
        match value {
            Some(o) if o == self.none => {
                self.decref(o);
                Ok(None)
            }
            other => Ok(other),
        }
    }

    fn syntax_number(&mut self, exc: Obj, name: &str) -> PyResult<Option<i64>> {
        let Some(o) = self.syntax_field(exc, name)? else {
            return Ok(None);
        };
        let number = self.as_i64(o);
        self.decref(o);
        Ok(number)
    }

    fn syntax_text(&mut self, exc: Obj, name: &str) -> PyResult<Option<String>> {
        let Some(o) = self.syntax_field(exc, name)? else {
            return Ok(None);
        };
        let text = self.with_held(o, |vm, o| vm.str_of(o))?;
        let shown = self.text(text);
        self.decref(text);
        Ok(Some(shown))
    }

    /// The place with the source line and its carets, and the message; `None` if the exception is not filled in
    /// (`parse_syntax_error`).
    fn syntax_error_parts(&mut self, exc: Obj) -> PyResult<Option<(String, String)>> {
        let message = self
            .syntax_text(exc, "msg")?
            .unwrap_or_else(|| "None".to_string());
        let filename = self
            .syntax_text(exc, "filename")?
            .unwrap_or_else(|| "<string>".to_string());
        let Some(line) = self.syntax_number(exc, "lineno")? else {
            return Ok(None);
        };
        let offset = self.syntax_number(exc, "offset")?.unwrap_or(-1);
        let end_line = self.syntax_number(exc, "end_lineno")?.unwrap_or(line);
        let end_offset = self.syntax_number(exc, "end_offset")?.unwrap_or(-1);
        let mut out = format!("  File \"{filename}\", line {line}\n");
        if let Some(text) = self.syntax_text(exc, "text")? {
            let carets = match end_line <= line {
                _ if self.heap.ty(exc) != self.types.syntax_error => Carets::One,
                true => Carets::Until(end_offset),
                false => Carets::UntilLineEnd,
            };
            out.push_str(&source_line_with_carets(&text, offset, carets));
        }
        Ok(Some((out, message)))
    }
}

/// How far the carets below a source line go. Subclasses of SyntaxError show where they begin only.
#[derive(Clone, Copy, Debug)]
pub enum Carets {
    One,
    /// A column counted from 1, behind the last caret.
    Until(i64),
    UntilLineEnd,
}

/// A source line with carets below the columns from `offset` on, counted from 1; the line is measured in bytes, as there
/// (`print_error_text`).
pub fn source_line_with_carets(text: &str, offset: i64, carets: Carets) -> String {
    // Beyond the line's end there is one caret at most.
    let size = text.len() as i64;
    let end_offset = match carets {
        Carets::One => 0,
        Carets::Until(end_offset) => end_offset.min(size + 1),
        Carets::UntilLineEnd => size,
    };
    let carets = if end_offset > 0 && end_offset > offset {
        end_offset - offset
    } else {
        1
    };
    let mut rest = text.trim_start_matches([' ', '\t', '\x0c']);
    let mut offset = offset - 1 - (text.len() - rest.len()) as i64;
    rest = rest.strip_suffix('\n').unwrap_or(rest);
    offset = offset.min(rest.len() as i64);
    while let Some(newline) = rest.find('\n') {
        if newline as i64 >= offset {
            break;
        }
        rest = &rest[newline + 1..];
        offset -= newline as i64 + 1;
    }
    let mut out = format!("    {rest}\n");
    if offset >= 0 {
        let blank = " ".repeat(offset as usize);
        let marks = "^".repeat(carets as usize);
        out.push_str(&format!("    {blank}{marks}\n"));
    }
    out
}
