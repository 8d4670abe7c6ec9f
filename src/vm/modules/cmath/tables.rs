//! What complex functions are at infinities and NaNs (C99, annex G), seen from CPython.
//!
//! Rows by the real part, columns by the imaginary one: minus infinity, negative, -0, 0, positive, infinity, NaN.

use crate::vm::types::complex_arith::Complex;
use std::f64::consts::PI as P;

pub type Table = [[Complex; 7]; 7];

const P14: f64 = 0.25 * P;
const P12: f64 = 0.5 * P;
const P34: f64 = 0.75 * P;
const I: f64 = f64::INFINITY;
const N: f64 = f64::NAN;
/// Never looked up: both parts are finite.
const U: Complex = (N, N);
/// A domain error whatever the value is.
const E: Complex = (N, N);

pub static ACOS: Table = [
    [
        (P34, I),
        (P, I),
        (P, I),
        (P, -I),
        (P, -I),
        (P34, -I),
        (N, I),
    ],
    [(P12, I), U, U, U, U, (P12, -I), (N, N)],
    [(P12, I), U, U, U, U, (P12, -I), (P12, N)],
    [(P12, I), U, U, U, U, (P12, -I), (P12, N)],
    [(P12, I), U, U, U, U, (P12, -I), (N, N)],
    [
        (P14, I),
        (0.0, I),
        (0.0, I),
        (0.0, -I),
        (0.0, -I),
        (P14, -I),
        (N, I),
    ],
    [(N, I), (N, N), (N, N), (N, N), (N, N), (N, -I), (N, N)],
];

pub static ACOSH: Table = [
    [
        (I, -P34),
        (I, -P),
        (I, -P),
        (I, P),
        (I, P),
        (I, P34),
        (I, N),
    ],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [
        (I, -P14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, P14),
        (I, N),
    ],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

pub static ASINH: Table = [
    [
        (-I, -P14),
        (-I, -0.0),
        (-I, -0.0),
        (-I, 0.0),
        (-I, 0.0),
        (-I, P14),
        (-I, N),
    ],
    [(-I, -P12), U, U, U, U, (-I, P12), (N, N)],
    [(-I, -P12), U, U, U, U, (-I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [
        (I, -P14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, P14),
        (I, N),
    ],
    [(I, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (I, N), (N, N)],
];

pub static ATANH: Table = [
    [
        (-0.0, -P12),
        (-0.0, -P12),
        (-0.0, -P12),
        (-0.0, P12),
        (-0.0, P12),
        (-0.0, P12),
        (-0.0, N),
    ],
    [(-0.0, -P12), U, U, U, U, (-0.0, P12), (N, N)],
    [(-0.0, -P12), U, U, U, U, (-0.0, P12), (-0.0, N)],
    [(0.0, -P12), U, U, U, U, (0.0, P12), (0.0, N)],
    [(0.0, -P12), U, U, U, U, (0.0, P12), (N, N)],
    [
        (0.0, -P12),
        (0.0, -P12),
        (0.0, -P12),
        (0.0, P12),
        (0.0, P12),
        (0.0, P12),
        (0.0, N),
    ],
    [
        (0.0, -P12),
        (N, N),
        (N, N),
        (N, N),
        (N, N),
        (0.0, P12),
        (N, N),
    ],
];

pub static COSH: Table = [
    [E, (-I, I), (I, 0.0), (I, -0.0), (-I, -I), E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, 0.0)],
    [E, U, U, U, U, E, (N, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), E, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

pub static EXP: Table = [
    [
        (0.0, 0.0),
        (-0.0, -0.0),
        (0.0, -0.0),
        (0.0, 0.0),
        (-0.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
    ],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), E, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

pub static LOG: Table = [
    [
        (I, -P34),
        (I, -P),
        (I, -P),
        (I, P),
        (I, P),
        (I, P34),
        (I, N),
    ],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [
        (I, -P14),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, P14),
        (I, N),
    ],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

pub static SINH: Table = [
    [E, (I, -I), (-I, -0.0), (-I, 0.0), (I, I), E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (0.0, N)],
    [E, U, U, U, U, E, (0.0, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), E, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

pub static SQRT: Table = [
    [
        (I, -I),
        (0.0, -I),
        (0.0, -I),
        (0.0, I),
        (0.0, I),
        (I, I),
        (N, I),
    ],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [
        (I, -I),
        (I, -0.0),
        (I, -0.0),
        (I, 0.0),
        (I, 0.0),
        (I, I),
        (I, N),
    ],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
];

pub static TANH: Table = [
    [
        (-1.0, 0.0),
        (-1.0, 0.0),
        (-1.0, -0.0),
        (-1.0, 0.0),
        (-1.0, -0.0),
        (-1.0, 0.0),
        (-1.0, 0.0),
    ],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [
        (1.0, 0.0),
        (1.0, 0.0),
        (1.0, -0.0),
        (1.0, 0.0),
        (1.0, -0.0),
        (1.0, 0.0),
        (1.0, 0.0),
    ],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

pub static RECT: Table = [
    [E, (I, I), (-I, 0.0), (-I, -0.0), (I, -I), E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, (-I, -I), (I, -0.0), (I, 0.0), (-I, I), E, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];
