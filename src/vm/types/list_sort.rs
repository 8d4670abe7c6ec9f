//! `list.sort`: CPython's timsort (`Objects/listobject.c`, `Objects/listsort.txt`), comparison for comparison.
//!
//! User code sees which pairs are compared and in which order, so runs, binary insertion, galloping and merges are CPython's, with its
//! thresholds. The list is empty meanwhile. Invariant: every item and key is owned by the machine's stack until the list has its
//! items back; what is moved about here are borrowed copies, always a permutation of them.

use super::list::drop_last_first;
use super::sort_compare::Alike;
use crate::heap::{NULL, Obj};
use crate::vm::args::kw;
use crate::vm::{Args, Machine, PyResult};

/// Runs longer than this gallop (`MIN_GALLOP`).
const MIN_GALLOP: usize = 7;

/// Lists shorter than this are sorted by binary insertion alone.
const MAX_MINRUN: usize = 64;

/// What is compared, and the item that goes with it.
#[derive(Clone, Copy)]
struct Keyed {
    key: Obj,
    item: Obj,
}

/// A sorted stretch.
#[derive(Clone, Copy)]
struct Run {
    base: usize,
    len: usize,
}

struct Sorter {
    items: Vec<Keyed>,
    runs: Vec<Run>,
    min_gallop: usize,
    alike: Alike,
}

/// `list.sort(*, key=None, reverse=False)`
pub fn sort(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [key, reverse] = vm.unpack("sort", args, &[kw("key"), kw("reverse")])?;
    let reverse = if reverse.is_null() {
        false
    } else {
        let index = vm.number_index(reverse)?;
        let answer = vm.as_i64(index) != Some(0);
        vm.decref(index);
        answer
    };
    let key = if key == vm.none { NULL } else { key };
    sort_list(vm, this, key, reverse)?;
    Ok(vm.new_none())
}

/// Sorts a list in place; key NULL compares the items themselves (`list_sort_impl`).
pub fn sort_list(vm: &mut Machine, list: Obj, key: Obj, reverse: bool) -> PyResult<()> {
    let (items, room) = vm
        .heap
        .list_mut(list)
        .map(|own| own.lend())
        .unwrap_or_default();
    let mark = vm.mark();
    for item in &items {
        vm.hold(*item);
    }
    let n = items.len();
    let mut sorter = Sorter {
        items: Vec::with_capacity(n),
        runs: Vec::new(),
        min_gallop: MIN_GALLOP,
        alike: Alike::default(),
    };
    let mut result = sorter.add_keys(vm, &items, key);
    let has_keys = result.is_ok();
    if has_keys && n >= 2 {
        if reverse {
            sorter.items.reverse();
        }
        sorter.alike = Alike::of(vm, sorter.items.iter().map(|keyed| keyed.key));
        result = sorter.run(vm);
    }
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    // Keys are dropped in the order they have been sorted into, last to first if a key function failed.
    let keys: Vec<Obj> = match key.is_null() {
        true => Vec::new(),
        false => sorter.items.iter().map(|keyed| keyed.key).collect(),
    };
    if reverse && has_keys && n >= 2 {
        sorter.items.reverse();
    }
    if !has_keys {
        let saved = vm.take_exception();
        vm.release(mark + n);
        vm.restore_exception(saved);
    } else if !keys.is_empty() {
        let saved = vm.take_exception();
        vm.stack[mark + n..]
            .iter_mut()
            .take(keys.len())
            .for_each(|place| *place = NULL);
        vm.top = mark + n;
        vm.drop_all(keys);
        vm.restore_exception(saved);
    }
    let sorted = if has_keys {
        sorter.items.iter().map(|keyed| keyed.item).collect()
    } else {
        items
    };
    give_back(vm, list, (sorted, room), mark, result)
}

/// Puts the items back into the list; what somebody put there meanwhile goes.
fn give_back(
    vm: &mut Machine,
    list: Obj,
    (sorted, room): (Vec<Obj>, u32),
    mark: usize,
    result: PyResult<()>,
) -> PyResult<()> {
    let places = mark..mark + sorted.len();
    vm.stack[places].fill(NULL);
    vm.top = mark;
    let mut meanwhile = vm
        .heap
        .list_mut(list)
        .map(|own| own.give_back(sorted, room))
        .unwrap_or_default();
    let mut result = result;
    if meanwhile.allocated() >= 0 && result.is_ok() {
        result = vm.value_error("list modified during sort");
    }
    if !meanwhile.is_empty() {
        let saved = vm.take_exception();
        drop_last_first(vm, meanwhile.take());
        vm.restore_exception(saved);
    }
    result
}

/// `merge_compute_minrun`
fn minrun(mut n: usize) -> usize {
    let mut rest = 0;
    while n >= MAX_MINRUN {
        rest |= n & 1;
        n >>= 1;
    }
    n + rest
}

impl Sorter {
    /// Calls the key function on each item; the keys stay on the machine's stack.
    fn add_keys(&mut self, vm: &mut Machine, items: &[Obj], key: Obj) -> PyResult<()> {
        for item in items {
            let key = if key.is_null() {
                *item
            } else {
                let made = vm.call(key, &[*item])?;
                vm.hold(made)
            };
            self.items.push(Keyed { key, item: *item });
        }
        Ok(())
    }

    fn run(&mut self, vm: &mut Machine) -> PyResult<()> {
        let n = self.items.len();
        let minrun = minrun(n);
        let mut low = 0;
        while low < n {
            let mut len = self.count_run(vm, low, n)?;
            if len < minrun {
                let force = minrun.min(n - low);
                self.binary_sort(vm, low, low + force, low + len)?;
                len = force;
            }
            self.runs.push(Run { base: low, len });
            self.merge_collapse(vm)?;
            low += len;
        }
        self.merge_force_collapse(vm)
    }

    fn less_at(&self, vm: &mut Machine, i: usize, j: usize) -> PyResult<bool> {
        self.alike.less(vm, self.items[i].key, self.items[j].key)
    }

    /// Length of the run at `low`; a strictly descending one is turned round (`count_run`).
    fn count_run(&mut self, vm: &mut Machine, low: usize, high: usize) -> PyResult<usize> {
        if low + 1 == high {
            return Ok(1);
        }
        let descending = self.less_at(vm, low + 1, low)?;
        let mut at = low + 2;
        while at < high && self.less_at(vm, at, at - 1)? == descending {
            at += 1;
        }
        if descending {
            self.items[low..at].reverse();
        }
        Ok(at - low)
    }

    /// Sorts `low..high`, of which `low..start` is sorted (`binarysort`).
    fn binary_sort(
        &mut self,
        vm: &mut Machine,
        low: usize,
        high: usize,
        start: usize,
    ) -> PyResult<()> {
        for at in start.max(low + 1)..high {
            let pivot = self.items[at];
            let (mut left, mut right) = (low, at);
            while left < right {
                let middle = left + ((right - left) >> 1);
                if self.alike.less(vm, pivot.key, self.items[middle].key)? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.items[left..=at].rotate_right(1);
        }
        Ok(())
    }

    /// Keeps the pending runs' lengths growing towards the bottom (`merge_collapse`).
    fn merge_collapse(&mut self, vm: &mut Machine) -> PyResult<()> {
        while self.runs.len() > 1 {
            let len = |i: usize| self.runs[i].len;
            let mut n = self.runs.len() - 2;
            if (n > 0 && len(n - 1) <= len(n) + len(n + 1))
                || (n > 1 && len(n - 2) <= len(n - 1) + len(n))
            {
                if len(n - 1) < len(n + 1) {
                    n -= 1;
                }
            } else if len(n) > len(n + 1) {
                break;
            }
            self.merge_at(vm, n)?;
        }
        Ok(())
    }

    fn merge_force_collapse(&mut self, vm: &mut Machine) -> PyResult<()> {
        while self.runs.len() > 1 {
            let mut n = self.runs.len() - 2;
            if n > 0 && self.runs[n - 1].len < self.runs[n + 1].len {
                n -= 1;
            }
            self.merge_at(vm, n)?;
        }
        Ok(())
    }

    /// Merges the runs `i` and `i + 1` (`merge_at`).
    fn merge_at(&mut self, vm: &mut Machine, i: usize) -> PyResult<()> {
        let (a, b) = (self.runs[i], self.runs.remove(i + 1));
        self.runs[i].len = a.len + b.len;
        // What is in place at either end need not be merged.
        let skip = gallop_right(
            vm, self.alike,
            self.items[b.base].key,
            &self.items[a.base..a.base + a.len],
            0,
        )?;
        let (base, na) = (a.base + skip, a.len - skip);
        if na == 0 {
            return Ok(());
        }
        let nb = gallop_left(
            vm, self.alike,
            self.items[base + na - 1].key,
            &self.items[b.base..b.base + b.len],
            b.len - 1,
        )?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb {
            self.merge_low(vm, base, na, nb)
        } else {
            self.merge_high(vm, base, na, nb)
        }
    }

    /// Merges from the left, the first run set aside (`merge_lo`).
    fn merge_low(&mut self, vm: &mut Machine, base: usize, na: usize, nb: usize) -> PyResult<()> {
        let mut merge = Low {
            alike: self.alike,
            aside: self.items[base..base + na].to_vec(),
            a: 0,
            b: base + na,
            b_end: base + na + nb,
            dest: base,
        };
        let result = merge.run(vm, &mut self.items, &mut self.min_gallop);
        // What is left of the first run goes behind what is left of the second, or fills the gap if a comparison failed.
        if result.is_ok() {
            let rest = merge.b_end - merge.b;
            self.items.copy_within(merge.b..merge.b_end, merge.dest);
            merge.dest += rest;
        }
        let rest = &merge.aside[merge.a..];
        self.items[merge.dest..merge.dest + rest.len()].copy_from_slice(rest);
        result
    }

    /// Merges from the right, the second run set aside (`merge_hi`).
    fn merge_high(&mut self, vm: &mut Machine, base: usize, na: usize, nb: usize) -> PyResult<()> {
        let aside = self.items[base + na..base + na + nb].to_vec();
        let mut merge = High {
            alike: self.alike,
            aside,
            base,
            na,
            nb,
            dest: base + na + nb,
        };
        let result = merge.run(vm, &mut self.items, &mut self.min_gallop);
        if result.is_ok() {
            self.items
                .copy_within(base..base + merge.na, merge.dest - merge.na);
            merge.dest -= merge.na;
        }
        self.items[merge.dest - merge.nb..merge.dest].copy_from_slice(&merge.aside[..merge.nb]);
        result
    }
}

/// State of a merge from the left: the first run aside, its next item; the second run's next item and end; the next place.
struct Low {
    alike: Alike,
    aside: Vec<Keyed>,
    a: usize,
    b: usize,
    b_end: usize,
    dest: usize,
}

impl Low {
    fn take_a(&mut self, items: &mut [Keyed]) {
        items[self.dest] = self.aside[self.a];
        self.a += 1;
        self.dest += 1;
    }

    fn take_b(&mut self, items: &mut [Keyed]) {
        items[self.dest] = items[self.b];
        self.b += 1;
        self.dest += 1;
    }

    /// One item of the first run left: it belongs at the end.
    fn a_is_last(&self) -> bool {
        self.aside.len() - self.a == 1
    }

    fn b_is_empty(&self) -> bool {
        self.b == self.b_end
    }

    /// Ends when either run is all but used up; the caller copies the rest.
    fn run(
        &mut self,
        vm: &mut Machine,
        items: &mut [Keyed],
        min_gallop: &mut usize,
    ) -> PyResult<()> {
        self.take_b(items);
        if self.b_is_empty() || self.a_is_last() {
            return Ok(());
        }
        loop {
            let (mut acount, mut bcount) = (0, 0);
            while acount < *min_gallop && bcount < *min_gallop {
                if self.alike.less(vm, items[self.b].key, self.aside[self.a].key)? {
                    self.take_b(items);
                    (acount, bcount) = (0, bcount + 1);
                    if self.b_is_empty() {
                        return Ok(());
                    }
                } else {
                    self.take_a(items);
                    (acount, bcount) = (acount + 1, 0);
                    if self.a_is_last() {
                        return Ok(());
                    }
                }
            }
            *min_gallop += 1;
            if self.gallop(vm, items, min_gallop)? {
                return Ok(());
            }
            *min_gallop += 1;
        }
    }

    /// Galloping while it pays; true when the merge is done.
    fn gallop(
        &mut self,
        vm: &mut Machine,
        items: &mut [Keyed],
        min_gallop: &mut usize,
    ) -> PyResult<bool> {
        loop {
            *min_gallop -= usize::from(*min_gallop > 1);
            let acount = gallop_right(vm, self.alike, items[self.b].key, &self.aside[self.a..], 0)?;
            for _ in 0..acount {
                self.take_a(items);
            }
            if acount > 0 && self.aside.len() - self.a <= 1 {
                return Ok(true);
            }
            self.take_b(items);
            if self.b_is_empty() {
                return Ok(true);
            }
            let bcount = gallop_left(vm, self.alike, self.aside[self.a].key, &items[self.b..self.b_end], 0)?;
            for _ in 0..bcount {
                self.take_b(items);
            }
            if bcount > 0 && self.b_is_empty() {
                return Ok(true);
            }
            self.take_a(items);
            if self.a_is_last() {
                return Ok(true);
            }
            if acount < MIN_GALLOP && bcount < MIN_GALLOP {
                return Ok(false);
            }
        }
    }
}

/// State of a merge from the right: the second run aside, how much of each run is left, the place behind the next one to fill.
struct High {
    alike: Alike,
    aside: Vec<Keyed>,
    base: usize,
    na: usize,
    nb: usize,
    dest: usize,
}

impl High {
    fn take_a(&mut self, items: &mut [Keyed]) {
        self.na -= 1;
        self.dest -= 1;
        items[self.dest] = items[self.base + self.na];
    }

    fn take_b(&mut self, items: &mut [Keyed]) {
        self.nb -= 1;
        self.dest -= 1;
        items[self.dest] = self.aside[self.nb];
    }

    fn run(
        &mut self,
        vm: &mut Machine,
        items: &mut [Keyed],
        min_gallop: &mut usize,
    ) -> PyResult<()> {
        self.take_a(items);
        if self.na == 0 || self.nb == 1 {
            return Ok(());
        }
        loop {
            let (mut acount, mut bcount) = (0, 0);
            while acount < *min_gallop && bcount < *min_gallop {
                if self.alike.less(vm,
                    self.aside[self.nb - 1].key,
                    items[self.base + self.na - 1].key,
                )? {
                    self.take_a(items);
                    (acount, bcount) = (acount + 1, 0);
                    if self.na == 0 {
                        return Ok(());
                    }
                } else {
                    self.take_b(items);
                    (acount, bcount) = (0, bcount + 1);
                    if self.nb == 1 {
                        return Ok(());
                    }
                }
            }
            *min_gallop += 1;
            if self.gallop(vm, items, min_gallop)? {
                return Ok(());
            }
            *min_gallop += 1;
        }
    }

    fn gallop(
        &mut self,
        vm: &mut Machine,
        items: &mut [Keyed],
        min_gallop: &mut usize,
    ) -> PyResult<bool> {
        loop {
            *min_gallop -= usize::from(*min_gallop > 1);
            let run = &items[self.base..self.base + self.na];
            let acount = self.na - gallop_right(vm, self.alike, self.aside[self.nb - 1].key, run, self.na - 1)?;
            for _ in 0..acount {
                self.take_a(items);
            }
            if acount > 0 && self.na == 0 {
                return Ok(true);
            }
            self.take_b(items);
            if self.nb == 1 {
                return Ok(true);
            }
            let last = items[self.base + self.na - 1].key;
            let bcount = self.nb - gallop_left(vm, self.alike, last, &self.aside[..self.nb], self.nb - 1)?;
            for _ in 0..bcount {
                self.take_b(items);
            }
            if bcount > 0 && self.nb <= 1 {
                return Ok(true);
            }
            self.take_a(items);
            if self.na == 0 {
                return Ok(true);
            }
            if acount < MIN_GALLOP && bcount < MIN_GALLOP {
                return Ok(false);
            }
        }
    }
}

/// Doubles a distance from the hint until `goes_on` says no or the end is reached: the last distance that went on, and one that did not.
fn gallop(
    max: usize,
    mut goes_on: impl FnMut(usize) -> PyResult<bool>,
) -> PyResult<(usize, usize)> {
    let (mut last, mut offset) = (0, 1);
    while offset < max && goes_on(offset)? {
        last = offset;
        offset = (offset << 1) + 1;
    }
    Ok((last, offset.min(max)))
}

/// Where the key belongs in a sorted run, before equal ones (`gallop_left`).
fn gallop_left(vm: &mut Machine, alike: Alike, key: Obj, run: &[Keyed], hint: usize) -> PyResult<usize> {
    let (mut low, mut high) = if alike.less(vm, run[hint].key, key)? {
        let (last, offset) = gallop(run.len() - hint, |offset| {
            alike.less(vm, run[hint + offset].key, key)
        })?;
        (hint + last + 1, hint + offset)
    } else {
        let (last, offset) = gallop(hint + 1, |offset| {
            Ok(!alike.less(vm, run[hint - offset].key, key)?)
        })?;
        (hint + 1 - offset, hint - last)
    };
    while low < high {
        let middle = low + ((high - low) >> 1);
        if alike.less(vm, run[middle].key, key)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// Where the key belongs in a sorted run, behind equal ones (`gallop_right`).
fn gallop_right(vm: &mut Machine, alike: Alike, key: Obj, run: &[Keyed], hint: usize) -> PyResult<usize> {
    let (mut low, mut high) = if alike.less(vm, key, run[hint].key)? {
        let (last, offset) = gallop(hint + 1, |offset| alike.less(vm, key, run[hint - offset].key))?;
        (hint + 1 - offset, hint - last)
    } else {
        let (last, offset) = gallop(run.len() - hint, |offset| {
            Ok(!alike.less(vm, key, run[hint + offset].key)?)
        })?;
        (hint + last + 1, hint + offset)
    };
    while low < high {
        let middle = low + ((high - low) >> 1);
        if alike.less(vm, key, run[middle].key)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}
