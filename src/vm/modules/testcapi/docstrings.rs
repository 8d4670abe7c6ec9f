//! Functions that do nothing but have a documentation: with a signature, without, with one that is none.

use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub(super) static FUNCTIONS: &[Method] = &[
    Method::new("docstring_empty", Arity::Any, nothing),
    Method::new("docstring_no_signature", Arity::Any, nothing).doc("This docstring has no signature."),
    Method::new("docstring_with_invalid_signature", Arity::Any, nothing)
        .doc("docstring_with_invalid_signature($module, /, boo)\n\nThis docstring has an invalid signature."),
    Method::new("docstring_with_invalid_signature2", Arity::Any, nothing)
        .doc("docstring_with_invalid_signature2($module, /, boo)\n\n--\n\nThis docstring also has an invalid signature."),
    Method::new("docstring_with_signature", Arity::Any, nothing)
        .doc("docstring_with_signature($module, /, sig)\n--\n\nThis docstring has a valid signature."),
    Method::new("docstring_with_signature_and_extra_newlines", Arity::Any, nothing).doc(
        "docstring_with_signature_and_extra_newlines($module, /, parameter)\n--\n\n\n\
         This docstring has a valid signature and some extra newlines.",
    ),
    Method::new("docstring_with_signature_but_no_doc", Arity::Any, nothing)
        .doc("docstring_with_signature_but_no_doc($module, /, sig)\n--\n\n"),
    Method::new("docstring_with_signature_with_defaults", Arity::Any, nothing).doc(
        "docstring_with_signature_with_defaults(module, s='avocado',\n        b=b'bytes', d=3.14, i=35, n=None, t=True, f=False,\n        \
         local=the_number_three, sys=sys.maxsize,\n        exp=sys.maxsize - 1)\n--\n\n\n\n\
         This docstring has a valid signature with parameters,\nand the parameters take defaults of varying types.",
    ),
    Method::new("no_docstring", Arity::Any, nothing),
    Method::new("test_with_docstring", Arity::NoArgs, nothing).doc("This is a pretty normal docstring."),
];

fn nothing(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.new_none())
}
