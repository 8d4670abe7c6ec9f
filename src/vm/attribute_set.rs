//! Storing and deleting attributes (`PyObject_GenericSetAttr`).

use super::{Machine, PyResult};
use crate::heap::{NULL, Obj};

/// `tp_setattro` of most types.
pub fn generic_setattr(vm: &mut Machine, o: Obj, name: Obj, value: Obj) -> PyResult<()> {
    generic_setattr_in(vm, o, name, value, NULL)
}

/// The same with another dict in the place of the instance's; NULL means the instance's (`_PyObject_GenericSetAttrWithDict`).
pub fn generic_setattr_in(
    vm: &mut Machine,
    o: Obj,
    name: Obj,
    value: Obj,
    dict: Obj,
) -> PyResult<()> {
    if vm.heap.str(name).is_none() {
        let ty = vm.type_name(name);
        return vm.type_error(format!("attribute name must be string, not '{ty}'"));
    }
    let ty = vm.heap.ty(o);
    let descr = vm.type_lookup(ty, name);
    if !descr.is_null()
        && let Some(set) = vm.slots_of(descr).tp_descr_set
    {
        vm.hold_ref(descr);
        let result = set(vm, descr, o, value);
        vm.drop_held();
        return result;
    }
    if !dict.is_null() {
        return vm.set_in_instance_dict(o, dict, name, value);
    }
    match vm.heap.dict_slot(o) {
        Some(dict) => {
            let dict = *dict;
            vm.set_in_instance_dict(o, dict, name, value)
        }
        None => {
            let (ty, text) = (vm.type_name(o), vm.text(name));
            let message = if descr.is_null() {
                format!("'{ty}' object has no attribute '{text}'")
            } else {
                format!("'{ty}' object attribute '{text}' is read-only")
            };
            vm.raise(vm.types.attribute_error, message)
        }
    }
}

impl Machine {
    fn set_in_instance_dict(&mut self, o: Obj, dict: Obj, name: Obj, value: Obj) -> PyResult<()> {
        let dict = if dict.is_null() {
            // Deleting makes a dict too, and then finds nothing in it.
            let root = self.heap.class(self.heap.ty(o)).root;
            let made = if root.0 != 0 {
                self.new_split_dict(root)
            } else {
                self.new_dict()
            };
            self.set_inst_dict(o, made);
            made
        } else {
            dict
        };
        if value.is_null() {
            if !self.dict_delete_str(dict, name) {
                return self.plain_attribute_error(o, name);
            }
            return Ok(());
        }
        self.dict_set_str(dict, name, value);
        Ok(())
    }

    /// Deleting what is not there: the message is the name alone, as `PyErr_SetObject(PyExc_AttributeError, name)` leaves it.
    #[cold]
    fn plain_attribute_error(&mut self, _o: Obj, name: Obj) -> PyResult<()> {
        let text = self.text(name);
        self.raise(self.types.attribute_error, text)
    }
}
