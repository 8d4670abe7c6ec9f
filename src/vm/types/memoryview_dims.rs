//! A memoryview's dimensions: none, one, or as many as a cast to a shape made.
//!
//! Only casts make shapes, and only the first dimension can be sliced; so the rows below it always lie as C arrays do, and their
//! lengths say all of them. Invariant: `len * row_size()` bytes are looked at, `step` bytes from row to row.

use std::rc::Rc;

use super::memoryview::MemoryView;
use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};

/// `PyBUF_MAX_NDIM`
const MOST_DIMS: usize = 64;

/// What an item of a view's first dimension is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Inner {
    /// There is no dimension: the view is of one item, and `len` is 1.
    Nothing,
    /// An item of the format: one dimension.
    Item,
    /// A row with these dimensions.
    Rows(Rc<[usize]>),
}

impl MemoryView {
    fn rows(&self) -> &[usize] {
        match &self.inner {
            Inner::Rows(rows) => rows,
            _ => &[],
        }
    }

    /// Bytes of an item of the first dimension.
    pub fn row_size(&self) -> usize {
        self.rows().iter().product::<usize>() * self.item_size()
    }

    pub fn byte_len(&self) -> usize {
        self.len * self.row_size()
    }

    /// `shape`
    pub fn dims(&self) -> Vec<usize> {
        match self.inner {
            Inner::Nothing => Vec::new(),
            _ => std::iter::once(self.len).chain(self.rows().iter().copied()).collect(),
        }
    }

    pub fn strides(&self) -> Vec<isize> {
        if matches!(self.inner, Inner::Nothing) {
            return Vec::new();
        }
        let mut size = self.item_size() as isize;
        let mut strides = Vec::new();
        for n in self.rows().iter().rev() {
            strides.push(size);
            size *= *n as isize;
        }
        strides.push(self.step);
        strides.reverse();
        strides
    }

    /// `init_flags`, C's order: the last dimension lies closest.
    pub fn is_c_contiguous(&self) -> bool {
        self.lies_in(self.dims().into_iter().zip(self.strides()).rev())
    }

    /// `init_flags`, Fortran's order: the first dimension lies closest.
    pub fn is_f_contiguous(&self) -> bool {
        self.lies_in(self.dims().into_iter().zip(self.strides()))
    }

    /// Whether dimensions, closest first, follow each other without gaps; one of a single item lies as wanted.
    fn lies_in(&self, mut dims: impl Iterator<Item = (usize, isize)>) -> bool {
        if !matches!(self.inner, Inner::Item) && self.byte_len() == 0 {
            return true;
        }
        let mut size = self.item_size() as isize;
        dims.all(|(n, stride)| {
            let wanted = size;
            size *= n as isize;
            n == 1 || stride == wanted
        })
    }

    /// A view of the one item at a place.
    pub fn item_at(&self, place: isize) -> MemoryView {
        MemoryView {
            start: place,
            step: self.item_size() as isize,
            len: 1,
            inner: Inner::Item,
            ..self.clone()
        }
    }
}

pub fn c_contiguous(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let yes = vm.open_view(this)?.is_c_contiguous();
    Ok(vm.new_bool(yes))
}

pub fn f_contiguous(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let yes = vm.open_view(this)?.is_f_contiguous();
    Ok(vm.new_bool(yes))
}

/// Only a view with one dimension gives its items by one number.
pub fn refuse_rows(vm: &mut Machine, view: &MemoryView) -> PyResult<()> {
    match view.inner {
        Inner::Item => Ok(()),
        Inner::Nothing => vm.type_error("invalid indexing of 0-dim memory".to_string()),
        Inner::Rows(_) => vm.raise(
            vm.types.not_implemented_error,
            "multi-dimensional sub-views are not implemented".to_string(),
        ),
    }
}

/// The only key of a view without dimensions but for the ellipsis is the empty tuple.
pub fn check_scalar_key(vm: &mut Machine, key: Obj) -> PyResult<()> {
    if vm.heap.tuple(key).is_some_and(<[Obj]>::is_empty) {
        return Ok(());
    }
    vm.type_error("invalid indexing of 0-dim memory".to_string())
}

/// So many indices must lead to an item.
pub fn refuse_parts(vm: &mut Machine, view: &MemoryView, given: usize) -> PyResult<()> {
    if given >= view.dims().len() {
        return Ok(());
    }
    vm.raise(
        vm.types.not_implemented_error,
        "sub-views are not implemented".to_string(),
    )
}

/// `ptr_from_tuple`: where the item with these indices begins.
pub fn place(vm: &mut Machine, view: &MemoryView, indices: &[isize]) -> PyResult<isize> {
    let mut place = view.start;
    for (n, (index, (dim, stride))) in
        indices.iter().zip(view.dims().into_iter().zip(view.strides())).enumerate()
    {
        let dim = dim as isize;
        let index = if *index < 0 { index + dim } else { *index };
        if !(0..dim).contains(&index) {
            let text = format!("index out of bounds on dimension {}", n + 1);
            return vm.raise(vm.types.index_error, text);
        }
        place += index * stride;
    }
    Ok(place)
}

/// Where the item begins that a tuple of indices names; `None` if the key is no such tuple.
pub fn multi_index(vm: &mut Machine, view: &MemoryView, key: Obj) -> PyResult<Option<isize>> {
    let Some(keys) = vm.heap.tuple(key).map(<[Obj]>::to_vec) else { return Ok(None) };
    if keys.iter().any(|key| vm.slots_of(*key).nb_index.is_none()) {
        return Ok(None);
    }
    refuse_parts(vm, view, keys.len())?;
    let (given, has) = (keys.len(), view.dims().len());
    if given > has {
        return vm.type_error(format!("cannot index {has}-dimension view with {given}-element tuple"));
    }
    let mut indices = Vec::new();
    for key in keys {
        indices.push(vm.index_clamped(key, vm.types.index_error)?);
    }
    place(vm, view, &indices).map(Some)
}

/// A tuple of slices, at least one.
pub fn is_multi_slice(vm: &Machine, key: Obj) -> bool {
    vm.heap.tuple(key).is_some_and(|keys| {
        let slice = |key: &Obj| matches!(vm.heap.payload(*key), Payload::Slice(_));
        !keys.is_empty() && keys.iter().all(slice)
    })
}

/// The items in lists as deep as there are dimensions; without any, the item.
pub fn nested_list(vm: &mut Machine, view: &MemoryView, dims: &[usize], data: &[u8]) -> PyResult<Obj> {
    let Some((len, rest)) = dims.split_first() else {
        return vm.view_item(view, data);
    };
    let size = rest.iter().product::<usize>() * view.item_size();
    let mark = vm.mark();
    for row in data.chunks(size.max(1)).take(*len) {
        match nested_list(vm, view, rest, row) {
            Ok(item) => vm.hold(item),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
    }
    let items = vm.take_held(mark);
    Ok(vm.new_list(items))
}

/// The items, given in C's order, so that the first index changes fastest.
pub fn in_fortran_order(view: &MemoryView, data: &[u8]) -> Vec<u8> {
    let (dims, size) = (view.dims(), view.item_size());
    let mut out = Vec::with_capacity(data.len());
    for n in 0..data.len() / size {
        let (mut rest, mut steps, mut at) = (n, dims.iter().product::<usize>(), 0);
        for dim in &dims {
            steps /= dim;
            at += rest % dim * steps;
            rest /= dim;
        }
        out.extend_from_slice(&data[at * size..(at + 1) * size]);
    }
    out
}

/// The objects in a cast's argument `shape`; `None` if it was not given.
pub fn shape_argument(vm: &mut Machine, view: &MemoryView, shape: Obj) -> PyResult<Option<Vec<Obj>>> {
    if shape.is_null() {
        return Ok(None);
    }
    let Some(items) = vm.heap.list(shape).map(Vec::as_slice).or(vm.heap.tuple(shape)).map(<[Obj]>::to_vec) else {
        return vm.type_error("shape must be a list or a tuple".to_string());
    };
    if items.len() > MOST_DIMS {
        return vm.value_error("memoryview: number of dimensions must not exceed 64");
    }
    if view.dims().len() != 1 && items.len() != 1 {
        return vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D".to_string());
    }
    Ok(Some(items))
}

/// `cast_to_ND`: the view with one dimension gets others, which must take up all of it.
pub fn cast_to_shape(vm: &mut Machine, flat: MemoryView, shape: &[Obj]) -> PyResult<MemoryView> {
    let mut dims = Vec::new();
    let mut product = 1isize;
    for item in shape {
        if vm.as_int(*item).is_none() {
            return vm.type_error("memoryview.cast(): elements of shape must be integers".to_string());
        }
        let n = vm.index_clamped(*item, vm.types.overflow_error)?;
        if n <= 0 {
            return vm.value_error("memoryview.cast(): elements of shape must be integers > 0");
        }
        match product.checked_mul(n) {
            Some(all) => product = all,
            None => return vm.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"),
        }
        dims.push(n as usize);
    }
    let size = flat.item_size();
    if product.checked_mul(size as isize) != Some(flat.byte_len() as isize) {
        return vm.type_error("memoryview: product(shape) * itemsize != buffer size".to_string());
    }
    let (len, inner) = match dims.split_first() {
        None => (1, Inner::Nothing),
        Some((len, [])) => (*len, Inner::Item),
        Some((len, rows)) => (*len, Inner::Rows(rows.into())),
    };
    let shaped = MemoryView { len, inner, ..flat };
    Ok(MemoryView { step: shaped.row_size() as isize, ..shaped })
}
