//! What an AttributeError or NameError is about: the name and the object that "Did you mean" needs.
//!
//! CPython 3.10 puts them on the exception where attribute access or a name look-up fails for good (`set_attribute_error_context`,
//! `format_exc_check_arg`), which makes the exception an object there and then.

use super::Machine;
use crate::heap::Obj;

impl Machine {
    /// Puts object and name on the AttributeError in flight, unless it has some already.
    pub fn remember_attribute(&mut self, o: Obj, name: Obj) {
        if !self.pending_matches(self.types.attribute_error) {
            return;
        }
        let Ok(exc) = self.normalize() else { return };
        if self.pending_matches(self.types.attribute_error)
            && self.exc_field(exc, 0).is_null()
            && self.exc_field(exc, 1).is_null()
        {
            self.set_exc_field(exc, 0, o);
            self.set_exc_field(exc, 1, name);
        }
    }

    /// Puts the name on the NameError in flight.
    pub fn remember_name(&mut self, name: Obj) {
        if !self.pending_matches(self.types.name_error) {
            return;
        }
        let Ok(exc) = self.normalize() else { return };
        if self.pending_matches(self.types.name_error) && self.exc_field(exc, 0).is_null() {
            self.set_exc_field(exc, 0, name);
        }
    }
}
