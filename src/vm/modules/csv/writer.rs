//! `_csv.writer`: records to a file, or anything with a method `write`.

use super::dialect::{Dialect, Quoting, check_given, of as dialect_of, of_call};
use super::error;
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Writer {
    write: Obj,
    dialect: Obj,
}

impl Native for Writer {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("dialect"), self.dialect);
        f(Edge::Field("write"), self.write);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.dialect, &mut self.write]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.\n",
    methods: &[
        Method::new("writerow", Arity::One, |vm, this, args| {
            let row = args.get(vm, 0);
            writerow(vm, this, row)
        })
        .doc("writerow(iterable)\n\nConstruct and write a CSV record from an iterable of fields."),
        Method::new("writerows", Arity::One, |vm, this, args| {
            let rows = args.get(vm, 0);
            vm.each_item(rows, |vm, row| {
                let result = writerow(vm, this, row)?;
                vm.decref(result);
                Ok(true)
            })?;
            Ok(vm.new_none())
        })
        .doc("writerows(iterable of iterables)\n\nConstruct and write a series of iterables to a csv file."),
    ],
    getset: &[GetSet::new("dialect", |vm, this| {
        let dialect = of(vm, this).dialect;
        Ok(vm.new_ref(dialect))
    })],
    ..TypeSpec::new("_csv.writer")
};

fn of(vm: &Machine, this: Obj) -> &Writer {
    vm.heap.native(this).expect("a writer")
}

pub fn new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    check_given(vm, args)?;
    let file = args.get(vm, 0);
    let dialect = of_call(vm, args.skip(1))?;
    vm.with_held(dialect, |vm, dialect| {
        let found = vm.lookup_attr_str(file, "write")?;
        let write = match found {
            Some(write) if vm.slots_of(write).tp_call.is_some() => write,
            other => {
                if let Some(o) = other {
                    vm.decref(o);
                }
                return vm.type_error("argument 1 must have a \"write\" method".to_string());
            }
        };
        let native = Writer {
            write,
            dialect: vm.new_ref(dialect),
        };
        let class = vm.module_type(&SPEC);
        Ok(vm.new_native(class, native))
    })
}

fn is_number(vm: &Machine, o: Obj) -> bool {
    let slots = vm.slots_of(o);
    slots.nb_index.is_some()
        || slots.nb_int.is_some()
        || slots.nb_float.is_some()
        || matches!(vm.heap.base(o), crate::heap::Payload::Complex(_))
}

fn writerow(vm: &mut Machine, this: Obj, row: Obj) -> PyResult<Obj> {
    let (write, dialect) = (of(vm, this).write, of(vm, this).dialect);
    let dialect = dialect_of(vm, dialect).clone();
    let fields = match vm.get_iter(row) {
        Ok(fields) => fields,
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            let kind = vm.type_name(row);
            return error(vm, &format!("iterable expected, not {kind}"));
        }
        Err(thrown) => return Err(thrown),
    };
    let mut line = Line {
        dialect,
        out: Vec::new(),
        count: 0,
    };
    vm.with_held(fields, |vm, fields| {
        vm.each_item(fields, |vm, field| line.field(vm, field).map(|()| true))
    })?;
    if line.count > 0 && line.out.is_empty() {
        if line.dialect.quoting == Quoting::Never {
            return error(vm, "single empty field record must be quoted");
        }
        line.count -= 1;
        line.append(vm, &[], true)?;
    }
    line.out.extend(line.dialect.lineterminator.points());
    let text = vm.new_str_obj(StrObj::from_points(line.out));
    vm.call_one(write, text)
}

/// A record on its way out.
struct Line {
    dialect: Dialect,
    out: Vec<u32>,
    count: usize,
}

impl Line {
    fn field(&mut self, vm: &mut Machine, field: Obj) -> PyResult<()> {
        let quoted = match self.dialect.quoting {
            Quoting::All => true,
            Quoting::NonNumeric => !is_number(vm, field),
            _ => false,
        };
        if field == vm.none {
            return self.append(vm, &[], quoted);
        }
        let text = vm.str_of(field)?;
        let points: Vec<u32> = vm
            .heap
            .str(text)
            .map(|t| t.points().collect())
            .unwrap_or_default();
        vm.decref(text);
        self.append(vm, &points, quoted)
    }

    fn append(&mut self, vm: &mut Machine, points: &[u32], quoted: bool) -> PyResult<()> {
        let mut quoted = quoted;
        let mut text = Vec::with_capacity(points.len() + 2);
        let d = &self.dialect;
        for c in points.iter().copied() {
            let is_special = c == d.delimiter
                || d.escapechar == Some(c)
                || d.quotechar == Some(c)
                || d.lineterminator.points().any(|t| t == c);
            if is_special {
                let mut escape = d.quoting == Quoting::Never;
                if !escape {
                    if d.quotechar == Some(c) {
                        if d.doublequote {
                            text.push(c);
                        } else {
                            escape = true;
                        }
                    } else if d.escapechar == Some(c) {
                        escape = true;
                    }
                    if !escape {
                        quoted = true;
                    }
                }
                if escape {
                    let Some(escapechar) = d.escapechar else {
                        return error(vm, "need to escape, but no escapechar set");
                    };
                    text.push(escapechar);
                }
            }
            text.push(c);
        }
        if self.count > 0 {
            self.out.push(self.dialect.delimiter);
        }
        let quote = self.dialect.quotechar.filter(|_| quoted);
        self.out.extend(quote);
        self.out.append(&mut text);
        self.out.extend(quote);
        self.count += 1;
        Ok(())
    }
}
