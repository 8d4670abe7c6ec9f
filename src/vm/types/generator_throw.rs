//! Generators and coroutines that get an exception: `throw`, `close`, the finaliser (`_gen_throw`, `gen_close` of
//! `Objects/genobject.c`). How they run otherwise is in `generator.rs`.

use super::generator::{frame_object, frame_object_mut, gen_send, generator, generator_mut, step_result, word};
use crate::heap::payload::frame::FrameState;
use crate::heap::payload::generator::GenKind;
use crate::vm::exception::{Pending, PendingValue};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::frame::Cont;
use crate::vm::{Args, Event, Machine, PyResult, Thrown};

impl Machine {
    /// While `throw` works on what a generator delegates to, that generator's frame stands below, though it does not run. What it
    /// handles is not seen from there.
    fn enter_delegating(&mut self, this: Obj) {
        let frame = generator(self, this).frame;
        self.push_generator_frame(this, frame, NULL, Cont::Native);
        // It stands before its YIELD_FROM, and whoever is called next finds it there.
        self.pc = self.frames.last().map_or(0, |frame| frame.pc.saturating_sub(1));
        if let Some(handled) = self.handled.last_mut() {
            let exc = std::mem::replace(handled, [NULL; 3]);
            generator_mut(self, this).exc = exc;
        }
    }

    fn leave_delegating(&mut self, this: Obj) {
        let exc = std::mem::replace(&mut generator_mut(self, this).exc, [NULL; 3]);
        if let Some(handled) = self.handled.last_mut() {
            *handled = exc;
        }
        self.suspend_generator();
        self.return_to_caller();
    }
}

/// `throw(type[, value[, traceback]])` (`_gen_throw`)
pub fn throw(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (ty, value, tb) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    throw_into(vm, this, ty, value, tb, true)
}

pub fn throw_into(vm: &mut Machine, this: Obj, ty: Obj, value: Obj, tb: Obj, close_on_exit: bool) -> PyResult<Obj> {
    if let Some(delegate) = vm.delegate_of(this) {
        vm.hold_ref(delegate);
        let result = throw_into_delegate(vm, this, delegate, ty, value, tb, close_on_exit);
        if vm.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        let delegate = vm.unhold();
        vm.drop_keeping_exception(delegate);
        if let Some(result) = result {
            return result;
        }
    }
    set_thrown(vm, ty, value, tb)?;
    finish_throw(vm, this)
}

fn finish_throw(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let step = vm.generator_raise(this, false)?;
    step_result(vm, this, step)
}

/// The exception goes to what the generator delegates to. `None`: that has no `throw`, so it is raised here.
fn throw_into_delegate(vm: &mut Machine, this: Obj, delegate: Obj, ty: Obj, value: Obj, tb: Obj, close_on_exit: bool) -> Option<PyResult<Obj>> {
    let is_exit = |vm: &Machine| {
        let class = if vm.heap.is_class(ty) { ty } else { vm.heap.ty(ty) };
        vm.is_subtype(class, vm.types.generator_exit)
    };
    if is_exit(vm) && close_on_exit {
        let was_running = std::mem::replace(&mut generator_mut(vm, this).running, true);
        let closed = close_iterator(vm, delegate);
        generator_mut(vm, this).running = was_running;
        return match closed {
            Ok(()) => None,
            Err(_) => Some(finish_throw(vm, this)),
        };
    }
    let delegate_type = vm.heap.ty(delegate);
    let is_generator = delegate_type == vm.types.generator || delegate_type == vm.types.coroutine;
    let method = if is_generator {
        NULL
    } else {
        match vm.lookup_attr(delegate, vm.names.throw) {
            Ok(Some(method)) => method,
            Ok(None) => return None,
            Err(thrown) => return Some(Err(thrown)),
        }
    };
    let was_running = std::mem::replace(&mut generator_mut(vm, this).running, true);
    let result = if is_generator {
        vm.enter_delegating(this);
        let result = throw_into(vm, delegate, ty, value, tb, close_on_exit);
        if vm.interrupt.is_some() {
            return Some(Err(Thrown::Interrupt));
        }
        vm.leave_delegating(this);
        result
    } else {
        vm.hold(method);
        let args: Vec<Obj> = [ty, value, tb].into_iter().filter(|o| !o.is_null()).collect();
        let result = vm.call(method, &args);
        vm.let_go(result)
    };
    generator_mut(vm, this).running = was_running;
    Some(match result {
        Ok(value) => Ok(value),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(Thrown::Exception) => {
            // The delegate is over: this generator goes on behind its `yield from`.
            let frame = generator(vm, this).frame;
            let f = frame_object_mut(vm, frame);
            let receiver = f.values.pop();
            f.pc += 1;
            if let Some(receiver) = receiver {
                let saved = vm.take_exception();
                vm.decref(receiver);
                vm.restore_exception(saved);
            }
            if vm.pending_matches(vm.types.stop_iteration) {
                match vm.stop_iteration_value() {
                    Ok(value) => {
                        vm.hold(value);
                        let result = gen_send(vm, this, value);
                        vm.let_go(result)
                    }
                    Err(thrown) => Err(thrown),
                }
            } else {
                finish_throw(vm, this)
            }
        }
    })
}

/// Puts what `throw` was given in flight, as an instance. What the caller handles does not become its context; an exception
/// that comes up while it is made is thrown instead.
pub(in crate::vm) fn set_thrown(vm: &mut Machine, ty: Obj, value: Obj, tb: Obj) -> PyResult<()> {
    let tb = if tb == vm.none { NULL } else { tb };
    if !tb.is_null() && !matches!(vm.heap.payload(tb), Payload::Traceback(_)) {
        return vm.type_error("throw() third argument must be a traceback object".to_string());
    }
    let value = if value == vm.none { NULL } else { value };
    let (class, value, traceback) = if vm.is_exception_class(ty) {
        let value = match value {
            NULL => PendingValue::None,
            o if vm.is_exception(o) && vm.is_subtype(vm.heap.ty(o), ty) => PendingValue::Instance(o),
            o => PendingValue::Arguments(o),
        };
        (ty, value, tb)
    } else if vm.is_exception(ty) {
        if !value.is_null() {
            return vm.type_error("instance exception may not have a separate value".to_string());
        }
        let own = vm.own_traceback(ty);
        (vm.heap.ty(ty), PendingValue::Instance(ty), if tb.is_null() { own } else { tb })
    } else {
        let name = vm.type_name(ty);
        return vm.type_error(format!("exceptions must be classes or instances deriving from BaseException, not {name}"));
    };
    vm.clear_exception();
    vm.heap.incref(class);
    if let PendingValue::Instance(o) | PendingValue::Arguments(o) = value {
        vm.heap.incref(o);
    }
    vm.xincref(traceback);
    vm.pending = Some(Box::new(Pending { ty: class, value, traceback }));
    vm.normalize()?;
    vm.event(Event::Raise);
    Ok(())
}

pub(super) fn close(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    close_generator(vm, this)?;
    Ok(vm.new_none())
}

/// `gen_close`: raises GeneratorExit inside; the generator must end.
pub fn close_generator(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let mut failed = false;
    if let Some(delegate) = vm.delegate_of(this) {
        vm.hold_ref(delegate);
        let was_running = std::mem::replace(&mut generator_mut(vm, this).running, true);
        let closed = close_iterator(vm, delegate);
        generator_mut(vm, this).running = was_running;
        failed = vm.let_go(closed).is_err();
    }
    if vm.interrupt.is_some() {
        return Err(Thrown::Interrupt);
    }
    if !failed {
        let raised: PyResult<()> = vm.raise_bare(vm.types.generator_exit);
        if raised == Err(Thrown::Interrupt) {
            return raised;
        }
    }
    match vm.generator_raise(this, true) {
        Ok((value, true)) => {
            vm.decref(value);
            Ok(())
        }
        Ok((value, false)) => {
            vm.decref(value);
            let what = word(generator(vm, this).kind);
            vm.raise(vm.types.runtime_error, format!("{what} ignored GeneratorExit"))
        }
        Err(_) if vm.pending_matches(vm.types.stop_iteration) || vm.pending_matches(vm.types.generator_exit) => {
            vm.clear_exception();
            Ok(())
        }
        Err(thrown) => Err(thrown),
    }
}

/// `gen_close_iter`: closes what a generator delegates to.
fn close_iterator(vm: &mut Machine, o: Obj) -> PyResult<()> {
    let ty = vm.heap.ty(o);
    if ty == vm.types.generator || ty == vm.types.coroutine {
        return close_generator(vm, o);
    }
    let method = match vm.lookup_attr(o, vm.names.close) {
        Ok(Some(method)) => method,
        Ok(None) => return Ok(()),
        Err(_) => {
            vm.write_unraisable(o, None);
            return Ok(());
        }
    };
    vm.hold(method);
    let result = vm.call(method, &[]);
    vm.drop_held();
    let result = result?;
    vm.decref(result);
    Ok(())
}

/// `_PyGen_Finalize`: a generator that waits is closed; a coroutine that never ran warns.
pub fn finalize(vm: &mut Machine, this: Obj) {
    let g = generator(vm, this);
    let (kind, frame) = (g.kind, g.frame);
    if frame.is_null() || g.running {
        return;
    }
    if kind == GenKind::AsyncGenerator && super::async_generator::finalize_by_hook(vm, this) {
        return;
    }
    let saved = vm.take_exception();
    if kind == GenKind::Coroutine && frame_object(vm, frame).state == FrameState::Created {
        warn_unawaited(vm, this);
        // It never began: nothing to close, its arguments go with the frame.
    } else if close_generator(vm, this).is_err() {
        vm.write_unraisable(this, None);
    }
    vm.restore_exception(saved);
}

/// `_PyErr_WarnUnawaitedCoroutine`: by the function of `warnings` that may be replaced; without it, or if it fails, natively.
fn warn_unawaited(vm: &mut Machine, this: Obj) {
    let warned = match ask_warnings(vm, this) {
        Ok(warned) => warned,
        Err(Thrown::Interrupt) => return,
        Err(Thrown::Exception) => {
            let warned = vm.pending_matches(vm.types.runtime_warning);
            vm.write_unraisable(this, None);
            warned
        }
    };
    if warned || vm.interrupt.is_some() {
        return;
    }
    let name = vm.text(generator(vm, this).qualname);
    if vm.warn(vm.types.runtime_warning, &format!("coroutine '{name}' was never awaited"), 1).is_err() {
        vm.write_unraisable(this, None);
    }
}

/// Whether the function was there and did warn. Towards the end of the program the module is not imported any more.
fn ask_warnings(vm: &mut Machine, this: Obj) -> PyResult<bool> {
    let loaded = vm.dict_get_name(vm.sys_modules, "warnings");
    let module = match loaded.some() {
        Some(module) => {
            if !vm.finalizing {
                // It is imported again: the call of `__import__` has five arguments, of which one is an empty list.
                vm.heap.births.quiet += 1;
                let list = vm.new_list(Vec::new());
                vm.heap.births.quiet -= 1;
                vm.hold(list);
                vm.count_tuple(5);
                vm.drop_held();
            }
            vm.new_ref(module)
        }
        None if !vm.finalizing => vm.import_module("warnings")?,
        None => return Ok(false),
    };
    let function = vm.with_held(module, |vm, module| vm.lookup_attr_str(module, "_warn_unawaited_coroutine"))?;
    let Some(function) = function else { return Ok(false) };
    let result = vm.with_held(function, |vm, function| vm.call(function, &[this]))?;
    vm.decref(result);
    Ok(true)
}
