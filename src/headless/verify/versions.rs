//! What is expected to differ when the CPython compared with is not a 3.10.

/// From this release on (or, with `until`, up to it), and what a script can see of it.
struct Note {
    from: (u32, u32),
    until: (u32, u32),
    what: &'static str,
}

const FOREVER: (u32, u32) = (u32::MAX, 0);

const NOTES: [Note; 10] = [
    Note {
        from: (0, 0),
        until: (3, 8),
        what: "gc.collect() counts what its finalisers bring back; `python SCRIPT` keeps a relative __file__",
    },
    Note {
        from: (0, 0),
        until: (3, 9),
        what: "`match`, `zip(strict=)`, `int.bit_count` and parenthesised `with` are missing; line events and error messages differ",
    },
    Note {
        from: (3, 11),
        until: FOREVER,
        what: "instance dicts are no objects until asked for: gc.collect() counts fewer, get_referents() lists the values",
    },
    Note {
        from: (3, 11),
        until: FOREVER,
        what: "a call level adds 1 to an argument's count, not 2: arguments move into the callee's frame",
    },
    Note {
        from: (3, 11),
        until: FOREVER,
        what: "frames are no objects until asked for; tracebacks underline columns; error messages differ",
    },
    Note {
        from: (3, 12),
        until: FOREVER,
        what: "None, True, small ints and other constants are immortal: their counts are huge and do not move",
    },
    Note {
        from: (3, 12),
        until: FOREVER,
        what: "automatic collections run between instructions, not inside an allocation: finalisers come later",
    },
    Note {
        from: (3, 12),
        until: FOREVER,
        what: "comprehensions run in the frame around them: no frame, no function object of their own",
    },
    Note {
        from: (3, 13),
        until: FOREVER,
        what: "locals() in a function gives a fresh dict each time; docstrings lose their indentation",
    },
    Note {
        from: (3, 14),
        until: FOREVER,
        what: "locals are put on the stack without counting: sys.getrefcount(x) gives one less",
    },
];

/// The differences that a release is expected to show; none for 3.10.
pub fn expected(release: (u32, u32)) -> impl Iterator<Item = &'static str> {
    NOTES
        .iter()
        .filter(move |note| note.from <= release && release <= note.until)
        .map(|note| note.what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_expected_to_differ_from_3_10() {
        assert_eq!(expected((3, 10)).count(), 0);
        assert_eq!(expected((3, 8)).count(), 2);
        assert_eq!(expected((3, 11)).count(), 3);
        assert!(expected((3, 14)).count() > expected((3, 12)).count());
    }
}
