//! `_csv.reader`: an iterator over records.

use super::dialect::{Dialect, Quoting, check_given, of as dialect_of, of_call};
use super::{error, limit};
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Reader {
    input: Obj,
    dialect: Obj,
    line_num: u64,
}

impl Native for Reader {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("dialect"), self.dialect);
        f(Edge::Field("input_iter"), self.input);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.dialect, &mut self.input]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.\n",
    getset: &[
        GetSet::new("dialect", |vm, this| {
            let dialect = of(vm, this).dialect;
            Ok(vm.new_ref(dialect))
        }),
        GetSet::new("line_num", |vm, this| {
            let lines = of(vm, this).line_num;
            Ok(vm.new_int(lines as i64))
        }),
    ],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("_csv.reader")
};

fn of(vm: &Machine, this: Obj) -> &Reader {
    vm.heap.native(this).expect("a reader")
}

pub fn new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    check_given(vm, args)?;
    let iterable = args.get(vm, 0);
    let input = vm.get_iter(iterable)?;
    vm.with_held(input, |vm, input| {
        let dialect = of_call(vm, args.skip(1))?;
        let native = Reader {
            input: vm.new_ref(input),
            dialect,
            line_num: 0,
        };
        let class = vm.module_type(&SPEC);
        Ok(vm.new_native(class, native))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    InField,
    InQuoted,
    EscapeInQuoted,
    QuoteInQuoted,
    EatNewline,
    AfterEscapedNewline,
}

/// A record on its way; fields are held on the machine's stack.
struct Record {
    dialect: Dialect,
    state: State,
    field: Vec<u32>,
    numeric: bool,
    count: usize,
    limit: usize,
}

const NEWLINE: u32 = 10;
const RETURN: u32 = 13;

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (input, dialect) = (of(vm, this).input, of(vm, this).dialect);
    let mut record = Record {
        dialect: dialect_of(vm, dialect).clone(),
        state: State::StartRecord,
        field: Vec::new(),
        numeric: false,
        count: 0,
        limit: limit(vm),
    };
    let mark = vm.mark();
    match read(vm, this, input, &mut record) {
        Ok(true) => {
            let mut fields: Vec<Obj> = (0..record.count).map(|_| vm.unhold()).collect();
            fields.reverse();
            Ok(vm.new_list(fields))
        }
        Ok(false) => {
            vm.release(mark);
            Ok(NULL)
        }
        Err(thrown) => vm.releasing(mark, Err(thrown)),
    }
}

/// Lines up to the end of a record; false at the end of the input.
fn read(vm: &mut Machine, this: Obj, input: Obj, record: &mut Record) -> PyResult<bool> {
    loop {
        let line = vm.iter_next(input)?;
        if line.is_null() {
            if record.field.is_empty() && record.state != State::InQuoted {
                return Ok(false);
            }
            if record.dialect.strict {
                return error(vm, "unexpected end of data");
            }
            record.save(vm)?;
            return Ok(true);
        }
        let text = vm.heap.str(line).cloned();
        let kind = vm.type_name(line);
        vm.decref(line);
        let Some(text) = text else {
            return error(
                vm,
                &format!(
                    "iterator should return strings, not {kind} (the file should be opened in text mode)"
                ),
            );
        };
        if let Some(reader) = vm.heap.native_mut::<Reader>(this) {
            reader.line_num += 1;
        }
        for c in text.points() {
            if c == 0 {
                return error(vm, "line contains NUL");
            }
            record.take(vm, Some(c))?;
        }
        record.take(vm, None)?;
        if record.state == State::StartRecord {
            return Ok(true);
        }
    }
}

impl Record {
    fn add(&mut self, vm: &mut Machine, c: u32) -> PyResult<()> {
        if self.field.len() >= self.limit {
            let limit = self.limit;
            return error(vm, &format!("field larger than field limit ({limit})"));
        }
        self.field.push(c);
        Ok(())
    }

    /// The field is complete.
    fn save(&mut self, vm: &mut Machine) -> PyResult<()> {
        let text = StrObj::from_points(self.field.drain(..));
        let mut field = vm.new_str_obj(text);
        if std::mem::take(&mut self.numeric) {
            field = vm.with_held(field, |vm, field| vm.number_float(field))?;
        }
        vm.hold(field);
        self.count += 1;
        Ok(())
    }

    /// The field ends with a newline, or with the line (`None`).
    fn end_line(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        self.save(vm)?;
        self.state = match c {
            None => State::StartRecord,
            Some(_) => State::EatNewline,
        };
        Ok(())
    }

    /// One character; `None` is the end of the line.
    fn take(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        let is_end = matches!(c, None | Some(NEWLINE | RETURN));
        match self.state {
            State::StartRecord => match c {
                None => Ok(()),
                Some(_) if is_end => {
                    self.state = State::EatNewline;
                    Ok(())
                }
                Some(_) => self.start_field(vm, c),
            },
            State::StartField => self.start_field(vm, c),
            State::Escaped if is_end && c.is_some() => {
                self.state = State::AfterEscapedNewline;
                self.add(vm, c.unwrap_or(NEWLINE))
            }
            State::Escaped => {
                self.state = State::InField;
                self.add(vm, c.unwrap_or(NEWLINE))
            }
            State::AfterEscapedNewline if c.is_none() => Ok(()),
            State::AfterEscapedNewline | State::InField => self.in_field(vm, c),
            State::InQuoted => self.in_quoted(vm, c),
            State::EscapeInQuoted => {
                self.state = State::InQuoted;
                self.add(vm, c.unwrap_or(NEWLINE))
            }
            State::QuoteInQuoted => self.after_quote(vm, c),
            State::EatNewline => match c {
                None => {
                    self.state = State::StartRecord;
                    Ok(())
                }
                Some(_) if is_end => Ok(()),
                Some(_) => error(
                    vm,
                    "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?",
                ),
            },
        }
    }

    fn quotes(&self, c: u32) -> bool {
        self.dialect.quotechar == Some(c) && self.dialect.quoting != Quoting::Never
    }

    fn start_field(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        let Some(c) = c.filter(|c| !matches!(*c, NEWLINE | RETURN)) else {
            return self.end_line(vm, c);
        };
        if self.quotes(c) {
            self.state = State::InQuoted;
        } else if self.dialect.escapechar == Some(c) {
            self.state = State::Escaped;
        } else if c == u32::from(b' ') && self.dialect.skipinitialspace {
            self.state = State::StartField;
        } else if c == self.dialect.delimiter {
            self.state = State::StartField;
            return self.save(vm);
        } else {
            self.numeric = self.dialect.quoting == Quoting::NonNumeric;
            self.state = State::InField;
            return self.add(vm, c);
        }
        Ok(())
    }

    fn in_field(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        let Some(c) = c.filter(|c| !matches!(*c, NEWLINE | RETURN)) else {
            return self.end_line(vm, c);
        };
        // (Behind an escaped newline the state stays: the end of the line does not end the record then, as in CPython.)
        if self.dialect.escapechar == Some(c) {
            self.state = State::Escaped;
        } else if c == self.dialect.delimiter {
            self.state = State::StartField;
            return self.save(vm);
        } else {
            return self.add(vm, c);
        }
        Ok(())
    }

    fn in_quoted(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        let Some(c) = c else { return Ok(()) };
        if self.dialect.escapechar == Some(c) {
            self.state = State::EscapeInQuoted;
        } else if self.quotes(c) {
            self.state = if self.dialect.doublequote {
                State::QuoteInQuoted
            } else {
                State::InField
            };
        } else {
            return self.add(vm, c);
        }
        Ok(())
    }

    fn after_quote(&mut self, vm: &mut Machine, c: Option<u32>) -> PyResult<()> {
        let Some(c) = c.filter(|c| !matches!(*c, NEWLINE | RETURN)) else {
            return self.end_line(vm, c);
        };
        if self.quotes(c) {
            self.state = State::InQuoted;
            return self.add(vm, c);
        }
        if c == self.dialect.delimiter {
            self.state = State::StartField;
            return self.save(vm);
        }
        if !self.dialect.strict {
            self.state = State::InField;
            return self.add(vm, c);
        }
        let show = |c: u32| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER);
        let delimiter = show(self.dialect.delimiter);
        let quote = show(self.dialect.quotechar.unwrap_or(0));
        error(vm, &format!("'{delimiter}' expected after '{quote}'"))
    }
}
