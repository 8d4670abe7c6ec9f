//! What kind of character a code point is, and its cases, as CPython 3.10 answers: Unicode 13.0.
//!
//! The standard library and `unicode-properties` know a newer Unicode. Characters assigned since (`NEWER`) count as unassigned
//! here, and what else CPython sees differently is in the small tables below; all of it was compared with the real 3.10, code point by
//! code point. Knows nothing of strings: a code point in, an answer out. Lone surrogates are asked about too.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Code points that Unicode assigned after version 13.
static NEWER: &[(u32, u32)] = &[
    (0x558, 0x558),
    (0x58b, 0x58c),
    (0x5c8, 0x5c9),
    (0x61d, 0x61d),
    (0x870, 0x891),
    (0x897, 0x89f),
    (0x8b5, 0x8b5),
    (0x8c8, 0x8d2),
    (0xb53, 0xb54),
    (0xc3c, 0xc3c),
    (0xc5c, 0xc5d),
    (0xcdc, 0xcdd),
    (0xcf3, 0xcf3),
    (0xece, 0xece),
    (0x170d, 0x170d),
    (0x1715, 0x1715),
    (0x171f, 0x171f),
    (0x180f, 0x180f),
    (0x1ac1, 0x1af0),
    (0x1b4c, 0x1b4c),
    (0x1b4e, 0x1b4f),
    (0x1b7d, 0x1b7f),
    (0x1c89, 0x1c8a),
    (0x1dfa, 0x1dfa),
    (0x208f, 0x208f),
    (0x209d, 0x209f),
    (0x20c0, 0x20c4),
    (0x2427, 0x2429),
    (0x2b96, 0x2b96),
    (0x2c2f, 0x2c2f),
    (0x2c5f, 0x2c5f),
    (0x2e53, 0x2e5d),
    (0x2e60, 0x2e63),
    (0x2ffc, 0x2fff),
    (0x31e4, 0x31e5),
    (0x31ef, 0x31ef),
    (0x9ffd, 0x9fff),
    (0xa7c0, 0xa7c1),
    (0xa7cb, 0xa7dd),
    (0xa7e2, 0xa7e2),
    (0xa7f1, 0xa7f4),
    (0xab6c, 0xab6d),
    (0xfbc2, 0xfbd2),
    (0xfd40, 0xfd4f),
    (0xfd90, 0xfd91),
    (0xfdc8, 0xfdcf),
    (0xfdfe, 0xfdff),
    (0x10570, 0x1057a),
    (0x1057c, 0x1058a),
    (0x1058c, 0x10592),
    (0x10594, 0x10595),
    (0x10597, 0x105a1),
    (0x105a3, 0x105b1),
    (0x105b3, 0x105b9),
    (0x105bb, 0x105bc),
    (0x105c0, 0x105f3),
    (0x10780, 0x10785),
    (0x10787, 0x107b0),
    (0x107b2, 0x107bf),
    (0x10940, 0x10959),
    (0x10d40, 0x10d65),
    (0x10d69, 0x10d85),
    (0x10d8e, 0x10d8f),
    (0x10ec2, 0x10ec7),
    (0x10ec9, 0x10eee),
    (0x10ef0, 0x10eff),
    (0x10f70, 0x10f89),
    (0x11070, 0x11075),
    (0x110c2, 0x110c2),
    (0x1123f, 0x11241),
    (0x11380, 0x11389),
    (0x1138b, 0x1138b),
    (0x1138e, 0x1138e),
    (0x11390, 0x113b5),
    (0x113b7, 0x113c0),
    (0x113c2, 0x113c2),
    (0x113c5, 0x113c5),
    (0x113c7, 0x113ca),
    (0x113cc, 0x113d5),
    (0x113d7, 0x113d8),
    (0x113e1, 0x113e2),
    (0x116b9, 0x116b9),
    (0x116d0, 0x116e3),
    (0x11740, 0x11746),
    (0x11ab0, 0x11abf),
    (0x11b00, 0x11b0a),
    (0x11b60, 0x11b67),
    (0x11bc0, 0x11be1),
    (0x11bf0, 0x11bf9),
    (0x11db0, 0x11ddb),
    (0x11de0, 0x11de9),
    (0x11df0, 0x11df1),
    (0x11f00, 0x11f10),
    (0x11f12, 0x11f3a),
    (0x11f3e, 0x11f5a),
    (0x1246f, 0x1246f),
    (0x12475, 0x1247f),
    (0x12550, 0x12686),
    (0x12f90, 0x12ff2),
    (0x1342f, 0x1342f),
    (0x13439, 0x13455),
    (0x13460, 0x143fa),
    (0x16100, 0x16139),
    (0x16a70, 0x16abe),
    (0x16ac0, 0x16ac9),
    (0x16d40, 0x16d79),
    (0x16ea0, 0x16eb8),
    (0x16ebb, 0x16ed3),
    (0x16ff2, 0x16ff6),
    (0x187f8, 0x187ff),
    (0x18cd6, 0x18cda),
    (0x18cff, 0x18cff),
    (0x18d09, 0x18d20),
    (0x18d80, 0x18df2),
    (0x18e00, 0x19191),
    (0x191a0, 0x191d2),
    (0x1aff0, 0x1aff3),
    (0x1aff5, 0x1affb),
    (0x1affd, 0x1affe),
    (0x1b11f, 0x1b128),
    (0x1b132, 0x1b132),
    (0x1b155, 0x1b155),
    (0x1b168, 0x1b168),
    (0x1cc00, 0x1ccfc),
    (0x1cd00, 0x1ceb3),
    (0x1ceba, 0x1ced0),
    (0x1ced2, 0x1ced4),
    (0x1cedd, 0x1cefd),
    (0x1cf00, 0x1cf2d),
    (0x1cf30, 0x1cf46),
    (0x1cf50, 0x1cfc3),
    (0x1d127, 0x1d128),
    (0x1d1e9, 0x1d1ff),
    (0x1d250, 0x1d281),
    (0x1d2c0, 0x1d2d3),
    (0x1d6a6, 0x1d6a6),
    (0x1db00, 0x1db1c),
    (0x1df00, 0x1df81),
    (0x1df90, 0x1df96),
    (0x1dfcd, 0x1dfff),
    (0x1e030, 0x1e06d),
    (0x1e08f, 0x1e08f),
    (0x1e290, 0x1e2ae),
    (0x1e4d0, 0x1e4f9),
    (0x1e5d0, 0x1e5fa),
    (0x1e5ff, 0x1e5ff),
    (0x1e6c0, 0x1e6de),
    (0x1e6e0, 0x1e6f5),
    (0x1e6fe, 0x1e6ff),
    (0x1e7e0, 0x1e7e6),
    (0x1e7e8, 0x1e7eb),
    (0x1e7ed, 0x1e7ee),
    (0x1e7f0, 0x1e7fe),
    (0x1f1ae, 0x1f1ae),
    (0x1f6d8, 0x1f6d9),
    (0x1f6dc, 0x1f6df),
    (0x1f774, 0x1f77f),
    (0x1f7d9, 0x1f7db),
    (0x1f7f0, 0x1f7ff),
    (0x1f8b2, 0x1f8bb),
    (0x1f8c0, 0x1f8c1),
    (0x1f8d0, 0x1f8d8),
    (0x1f979, 0x1f979),
    (0x1f9cc, 0x1f9cc),
    (0x1fa54, 0x1fa57),
    (0x1fa75, 0x1fa77),
    (0x1fa7b, 0x1fa7c),
    (0x1fa87, 0x1fa8f),
    (0x1faa9, 0x1faaf),
    (0x1fab7, 0x1fabf),
    (0x1fac3, 0x1fac6),
    (0x1fac8, 0x1fac8),
    (0x1facc, 0x1facf),
    (0x1fad7, 0x1fadd),
    (0x1fadf, 0x1faeb),
    (0x1faef, 0x1fafa),
    (0x1fbcb, 0x1fbef),
    (0x1fbfa, 0x1fbfa),
    (0x2a6de, 0x2a6df),
    (0x2b735, 0x2b73f),
    (0x2b81e, 0x2b81e),
    (0x2cea2, 0x2cead),
    (0x2ebf0, 0x2ee5d),
    (0x31350, 0x33479),
    (0x3d000, 0x3fc3f),
];

/// Digits that are no decimals.
static DIGITS: &[(u32, u32)] = &[
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// Numeric characters outside the number categories: numerals among the ideographs.
static NUMERALS: &[(u32, u32)] = &[
    (0x3405, 0x3405),
    (0x3483, 0x3483),
    (0x382a, 0x382a),
    (0x3b4d, 0x3b4d),
    (0x4e00, 0x4e00),
    (0x4e03, 0x4e03),
    (0x4e07, 0x4e07),
    (0x4e09, 0x4e09),
    (0x4e5d, 0x4e5d),
    (0x4e8c, 0x4e8c),
    (0x4e94, 0x4e94),
    (0x4e96, 0x4e96),
    (0x4ebf, 0x4ec0),
    (0x4edf, 0x4edf),
    (0x4ee8, 0x4ee8),
    (0x4f0d, 0x4f0d),
    (0x4f70, 0x4f70),
    (0x5104, 0x5104),
    (0x5146, 0x5146),
    (0x5169, 0x5169),
    (0x516b, 0x516b),
    (0x516d, 0x516d),
    (0x5341, 0x5341),
    (0x5343, 0x5345),
    (0x534c, 0x534c),
    (0x53c1, 0x53c4),
    (0x56db, 0x56db),
    (0x58f1, 0x58f1),
    (0x58f9, 0x58f9),
    (0x5e7a, 0x5e7a),
    (0x5efe, 0x5eff),
    (0x5f0c, 0x5f0e),
    (0x5f10, 0x5f10),
    (0x62fe, 0x62fe),
    (0x634c, 0x634c),
    (0x67d2, 0x67d2),
    (0x6f06, 0x6f06),
    (0x7396, 0x7396),
    (0x767e, 0x767e),
    (0x8086, 0x8086),
    (0x842c, 0x842c),
    (0x8cae, 0x8cae),
    (0x8cb3, 0x8cb3),
    (0x8d30, 0x8d30),
    (0x9621, 0x9621),
    (0x9646, 0x9646),
    (0x964c, 0x964c),
    (0x9678, 0x9678),
    (0x96f6, 0x96f6),
    (0xf96b, 0xf96b),
    (0xf973, 0xf973),
    (0xf978, 0xf978),
    (0xf9b2, 0xf9b2),
    (0xf9d1, 0xf9d1),
    (0xf9d3, 0xf9d3),
    (0xf9fd, 0xf9fd),
    (0x20001, 0x20001),
    (0x20064, 0x20064),
    (0x200e2, 0x200e2),
    (0x20121, 0x20121),
    (0x2092a, 0x2092a),
    (0x20983, 0x20983),
    (0x2098c, 0x2098c),
    (0x2099c, 0x2099c),
    (0x20aea, 0x20aea),
    (0x20afd, 0x20afd),
    (0x20b19, 0x20b19),
    (0x22390, 0x22390),
    (0x22998, 0x22998),
    (0x23b1b, 0x23b1b),
    (0x2626d, 0x2626d),
    (0x2f890, 0x2f890),
];

/// Titlecase where it is not the uppercase. (Georgian, 0x10d0 to 0x10ff, is its own titlecase.)
static TITLE: &[(u32, &str)] = &[
    (0xdf, "\u{53}\u{73}"),
    (0x1c4, "\u{1c5}"),
    (0x1c5, "\u{1c5}"),
    (0x1c6, "\u{1c5}"),
    (0x1c7, "\u{1c8}"),
    (0x1c8, "\u{1c8}"),
    (0x1c9, "\u{1c8}"),
    (0x1ca, "\u{1cb}"),
    (0x1cb, "\u{1cb}"),
    (0x1cc, "\u{1cb}"),
    (0x1f1, "\u{1f2}"),
    (0x1f2, "\u{1f2}"),
    (0x1f3, "\u{1f2}"),
    (0x587, "\u{535}\u{582}"),
    (0x1f80, "\u{1f88}"),
    (0x1f81, "\u{1f89}"),
    (0x1f82, "\u{1f8a}"),
    (0x1f83, "\u{1f8b}"),
    (0x1f84, "\u{1f8c}"),
    (0x1f85, "\u{1f8d}"),
    (0x1f86, "\u{1f8e}"),
    (0x1f87, "\u{1f8f}"),
    (0x1f88, "\u{1f88}"),
    (0x1f89, "\u{1f89}"),
    (0x1f8a, "\u{1f8a}"),
    (0x1f8b, "\u{1f8b}"),
    (0x1f8c, "\u{1f8c}"),
    (0x1f8d, "\u{1f8d}"),
    (0x1f8e, "\u{1f8e}"),
    (0x1f8f, "\u{1f8f}"),
    (0x1f90, "\u{1f98}"),
    (0x1f91, "\u{1f99}"),
    (0x1f92, "\u{1f9a}"),
    (0x1f93, "\u{1f9b}"),
    (0x1f94, "\u{1f9c}"),
    (0x1f95, "\u{1f9d}"),
    (0x1f96, "\u{1f9e}"),
    (0x1f97, "\u{1f9f}"),
    (0x1f98, "\u{1f98}"),
    (0x1f99, "\u{1f99}"),
    (0x1f9a, "\u{1f9a}"),
    (0x1f9b, "\u{1f9b}"),
    (0x1f9c, "\u{1f9c}"),
    (0x1f9d, "\u{1f9d}"),
    (0x1f9e, "\u{1f9e}"),
    (0x1f9f, "\u{1f9f}"),
    (0x1fa0, "\u{1fa8}"),
    (0x1fa1, "\u{1fa9}"),
    (0x1fa2, "\u{1faa}"),
    (0x1fa3, "\u{1fab}"),
    (0x1fa4, "\u{1fac}"),
    (0x1fa5, "\u{1fad}"),
    (0x1fa6, "\u{1fae}"),
    (0x1fa7, "\u{1faf}"),
    (0x1fa8, "\u{1fa8}"),
    (0x1fa9, "\u{1fa9}"),
    (0x1faa, "\u{1faa}"),
    (0x1fab, "\u{1fab}"),
    (0x1fac, "\u{1fac}"),
    (0x1fad, "\u{1fad}"),
    (0x1fae, "\u{1fae}"),
    (0x1faf, "\u{1faf}"),
    (0x1fb2, "\u{1fba}\u{345}"),
    (0x1fb3, "\u{1fbc}"),
    (0x1fb4, "\u{386}\u{345}"),
    (0x1fb7, "\u{391}\u{342}\u{345}"),
    (0x1fbc, "\u{1fbc}"),
    (0x1fc2, "\u{1fca}\u{345}"),
    (0x1fc3, "\u{1fcc}"),
    (0x1fc4, "\u{389}\u{345}"),
    (0x1fc7, "\u{397}\u{342}\u{345}"),
    (0x1fcc, "\u{1fcc}"),
    (0x1ff2, "\u{1ffa}\u{345}"),
    (0x1ff3, "\u{1ffc}"),
    (0x1ff4, "\u{38f}\u{345}"),
    (0x1ff7, "\u{3a9}\u{342}\u{345}"),
    (0x1ffc, "\u{1ffc}"),
    (0xfb00, "\u{46}\u{66}"),
    (0xfb01, "\u{46}\u{69}"),
    (0xfb02, "\u{46}\u{6c}"),
    (0xfb03, "\u{46}\u{66}\u{69}"),
    (0xfb04, "\u{46}\u{66}\u{6c}"),
    (0xfb05, "\u{53}\u{74}"),
    (0xfb06, "\u{53}\u{74}"),
    (0xfb13, "\u{544}\u{576}"),
    (0xfb14, "\u{544}\u{565}"),
    (0xfb15, "\u{544}\u{56b}"),
    (0xfb16, "\u{54e}\u{576}"),
    (0xfb17, "\u{544}\u{56d}"),
];

/// Case folding where it is not the lowercase. (Cherokee folds to its upper case.)
static FOLD: &[(u32, &str)] = &[
    (0xb5, "\u{3bc}"),
    (0xdf, "\u{73}\u{73}"),
    (0x149, "\u{2bc}\u{6e}"),
    (0x17f, "\u{73}"),
    (0x1f0, "\u{6a}\u{30c}"),
    (0x345, "\u{3b9}"),
    (0x390, "\u{3b9}\u{308}\u{301}"),
    (0x3b0, "\u{3c5}\u{308}\u{301}"),
    (0x3c2, "\u{3c3}"),
    (0x3d0, "\u{3b2}"),
    (0x3d1, "\u{3b8}"),
    (0x3d5, "\u{3c6}"),
    (0x3d6, "\u{3c0}"),
    (0x3f0, "\u{3ba}"),
    (0x3f1, "\u{3c1}"),
    (0x3f5, "\u{3b5}"),
    (0x587, "\u{565}\u{582}"),
    (0x1c80, "\u{432}"),
    (0x1c81, "\u{434}"),
    (0x1c82, "\u{43e}"),
    (0x1c83, "\u{441}"),
    (0x1c84, "\u{442}"),
    (0x1c85, "\u{442}"),
    (0x1c86, "\u{44a}"),
    (0x1c87, "\u{463}"),
    (0x1c88, "\u{a64b}"),
    (0x1e96, "\u{68}\u{331}"),
    (0x1e97, "\u{74}\u{308}"),
    (0x1e98, "\u{77}\u{30a}"),
    (0x1e99, "\u{79}\u{30a}"),
    (0x1e9a, "\u{61}\u{2be}"),
    (0x1e9b, "\u{1e61}"),
    (0x1e9e, "\u{73}\u{73}"),
    (0x1f50, "\u{3c5}\u{313}"),
    (0x1f52, "\u{3c5}\u{313}\u{300}"),
    (0x1f54, "\u{3c5}\u{313}\u{301}"),
    (0x1f56, "\u{3c5}\u{313}\u{342}"),
    (0x1f80, "\u{1f00}\u{3b9}"),
    (0x1f81, "\u{1f01}\u{3b9}"),
    (0x1f82, "\u{1f02}\u{3b9}"),
    (0x1f83, "\u{1f03}\u{3b9}"),
    (0x1f84, "\u{1f04}\u{3b9}"),
    (0x1f85, "\u{1f05}\u{3b9}"),
    (0x1f86, "\u{1f06}\u{3b9}"),
    (0x1f87, "\u{1f07}\u{3b9}"),
    (0x1f88, "\u{1f00}\u{3b9}"),
    (0x1f89, "\u{1f01}\u{3b9}"),
    (0x1f8a, "\u{1f02}\u{3b9}"),
    (0x1f8b, "\u{1f03}\u{3b9}"),
    (0x1f8c, "\u{1f04}\u{3b9}"),
    (0x1f8d, "\u{1f05}\u{3b9}"),
    (0x1f8e, "\u{1f06}\u{3b9}"),
    (0x1f8f, "\u{1f07}\u{3b9}"),
    (0x1f90, "\u{1f20}\u{3b9}"),
    (0x1f91, "\u{1f21}\u{3b9}"),
    (0x1f92, "\u{1f22}\u{3b9}"),
    (0x1f93, "\u{1f23}\u{3b9}"),
    (0x1f94, "\u{1f24}\u{3b9}"),
    (0x1f95, "\u{1f25}\u{3b9}"),
    (0x1f96, "\u{1f26}\u{3b9}"),
    (0x1f97, "\u{1f27}\u{3b9}"),
    (0x1f98, "\u{1f20}\u{3b9}"),
    (0x1f99, "\u{1f21}\u{3b9}"),
    (0x1f9a, "\u{1f22}\u{3b9}"),
    (0x1f9b, "\u{1f23}\u{3b9}"),
    (0x1f9c, "\u{1f24}\u{3b9}"),
    (0x1f9d, "\u{1f25}\u{3b9}"),
    (0x1f9e, "\u{1f26}\u{3b9}"),
    (0x1f9f, "\u{1f27}\u{3b9}"),
    (0x1fa0, "\u{1f60}\u{3b9}"),
    (0x1fa1, "\u{1f61}\u{3b9}"),
    (0x1fa2, "\u{1f62}\u{3b9}"),
    (0x1fa3, "\u{1f63}\u{3b9}"),
    (0x1fa4, "\u{1f64}\u{3b9}"),
    (0x1fa5, "\u{1f65}\u{3b9}"),
    (0x1fa6, "\u{1f66}\u{3b9}"),
    (0x1fa7, "\u{1f67}\u{3b9}"),
    (0x1fa8, "\u{1f60}\u{3b9}"),
    (0x1fa9, "\u{1f61}\u{3b9}"),
    (0x1faa, "\u{1f62}\u{3b9}"),
    (0x1fab, "\u{1f63}\u{3b9}"),
    (0x1fac, "\u{1f64}\u{3b9}"),
    (0x1fad, "\u{1f65}\u{3b9}"),
    (0x1fae, "\u{1f66}\u{3b9}"),
    (0x1faf, "\u{1f67}\u{3b9}"),
    (0x1fb2, "\u{1f70}\u{3b9}"),
    (0x1fb3, "\u{3b1}\u{3b9}"),
    (0x1fb4, "\u{3ac}\u{3b9}"),
    (0x1fb6, "\u{3b1}\u{342}"),
    (0x1fb7, "\u{3b1}\u{342}\u{3b9}"),
    (0x1fbc, "\u{3b1}\u{3b9}"),
    (0x1fbe, "\u{3b9}"),
    (0x1fc2, "\u{1f74}\u{3b9}"),
    (0x1fc3, "\u{3b7}\u{3b9}"),
    (0x1fc4, "\u{3ae}\u{3b9}"),
    (0x1fc6, "\u{3b7}\u{342}"),
    (0x1fc7, "\u{3b7}\u{342}\u{3b9}"),
    (0x1fcc, "\u{3b7}\u{3b9}"),
    (0x1fd2, "\u{3b9}\u{308}\u{300}"),
    (0x1fd3, "\u{3b9}\u{308}\u{301}"),
    (0x1fd6, "\u{3b9}\u{342}"),
    (0x1fd7, "\u{3b9}\u{308}\u{342}"),
    (0x1fe2, "\u{3c5}\u{308}\u{300}"),
    (0x1fe3, "\u{3c5}\u{308}\u{301}"),
    (0x1fe4, "\u{3c1}\u{313}"),
    (0x1fe6, "\u{3c5}\u{342}"),
    (0x1fe7, "\u{3c5}\u{308}\u{342}"),
    (0x1ff2, "\u{1f7c}\u{3b9}"),
    (0x1ff3, "\u{3c9}\u{3b9}"),
    (0x1ff4, "\u{3ce}\u{3b9}"),
    (0x1ff6, "\u{3c9}\u{342}"),
    (0x1ff7, "\u{3c9}\u{342}\u{3b9}"),
    (0x1ffc, "\u{3c9}\u{3b9}"),
    (0xfb00, "\u{66}\u{66}"),
    (0xfb01, "\u{66}\u{69}"),
    (0xfb02, "\u{66}\u{6c}"),
    (0xfb03, "\u{66}\u{66}\u{69}"),
    (0xfb04, "\u{66}\u{66}\u{6c}"),
    (0xfb05, "\u{73}\u{74}"),
    (0xfb06, "\u{73}\u{74}"),
    (0xfb13, "\u{574}\u{576}"),
    (0xfb14, "\u{574}\u{565}"),
    (0xfb15, "\u{574}\u{56b}"),
    (0xfb16, "\u{57e}\u{576}"),
    (0xfb17, "\u{574}\u{56d}"),
];

fn in_ranges(ranges: &[(u32, u32)], c: u32) -> bool {
    ranges
        .binary_search_by(|r| {
            if r.1 < c {
                std::cmp::Ordering::Less
            } else if r.0 > c {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// The character, unless it is a surrogate or newer than Unicode 13.
fn known(c: u32) -> Option<char> {
    char::from_u32(c).filter(|_| c < 0x250 || !in_ranges(NEWER, c))
}

/// The general category.
pub fn category(c: u32) -> GeneralCategory {
    // Of another category in later versions.
    match c {
        0x295 => return GeneralCategory::LowercaseLetter,
        0x1734 | 0x1171e => return GeneralCategory::NonspacingMark,
        _ => {}
    }
    match known(c) {
        Some(known) => known.general_category(),
        None if (0xd800..0xe000).contains(&c) => GeneralCategory::Surrogate,
        None => GeneralCategory::Unassigned,
    }
}

/// `Py_UNICODE_ISALPHA`
pub fn is_alpha(c: u32) -> bool {
    if c < 0x80 {
        return (c as u8).is_ascii_alphabetic();
    }
    use GeneralCategory as G;
    matches!(
        category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
    )
}

/// `Py_UNICODE_ISDECIMAL`
pub fn is_decimal(c: u32) -> bool {
    if c < 0x80 {
        (c as u8).is_ascii_digit()
    } else {
        category(c) == GeneralCategory::DecimalNumber
    }
}

/// The value of a decimal digit of any script (`Py_UNICODE_TODECIMAL`). Decimal digits come in runs of ten, zero first.
pub fn decimal_value(c: u32) -> Option<u32> {
    if c < 0x80 {
        return (c as u8).is_ascii_digit().then(|| c - 0x30);
    }
    if !is_decimal(c) {
        return None;
    }
    // The five styles of mathematical digits follow each other without a gap, and do not begin at a multiple of ten.
    if (0x1d7ce..=0x1d7ff).contains(&c) {
        return Some((c - 0x1d7ce) % 10);
    }
    let zero = (0..10)
        .take_while(|n| is_decimal(c - n))
        .last()
        .unwrap_or(0);
    Some(zero)
}

/// `Py_UNICODE_ISDIGIT`
pub fn is_digit(c: u32) -> bool {
    is_decimal(c) || in_ranges(DIGITS, c)
}

/// `Py_UNICODE_ISNUMERIC`
pub fn is_numeric(c: u32) -> bool {
    use GeneralCategory as G;
    if c < 0x80 {
        return (c as u8).is_ascii_digit();
    }
    matches!(
        category(c),
        G::DecimalNumber | G::LetterNumber | G::OtherNumber
    ) || in_ranges(NUMERALS, c)
}

/// `Py_UNICODE_ISALNUM`
pub fn is_alnum(c: u32) -> bool {
    is_alpha(c) || is_decimal(c) || is_digit(c) || is_numeric(c)
}

/// `Py_UNICODE_ISLOWER`
pub fn is_lower(c: u32) -> bool {
    match c {
        0x295 => true,
        // Lowercase only since later versions.
        0x10fc | 0xab69 => false,
        _ => known(c).is_some_and(char::is_lowercase),
    }
}

/// `Py_UNICODE_ISUPPER`
pub fn is_upper(c: u32) -> bool {
    known(c).is_some_and(char::is_uppercase)
}

/// `Py_UNICODE_ISTITLE`
pub fn is_title(c: u32) -> bool {
    c >= 0x80 && category(c) == GeneralCategory::TitlecaseLetter
}

/// `_PyUnicode_IsCased`
pub fn is_cased(c: u32) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

/// `_PyUnicode_IsCaseIgnorable`
pub fn is_case_ignorable(c: u32) -> bool {
    use GeneralCategory as G;
    // The first are of word break property MidLetter, MidNumLet or Single_Quote.
    matches!(
        c,
        0x27 | 0x2e
            | 0x3a
            | 0xb7
            | 0x387
            | 0x55f
            | 0x5f4
            | 0x2018
            | 0x2019
            | 0x2024
            | 0x2027
            | 0xfe13
            | 0xfe52
            | 0xfe55
            | 0xff07
            | 0xff0e
            | 0xff1a
    ) || matches!(
        category(c),
        G::NonspacingMark | G::EnclosingMark | G::Format | G::ModifierLetter | G::ModifierSymbol
    )
}

/// `Py_UNICODE_ISSPACE`
pub fn is_space(c: u32) -> bool {
    if c < 0x80 {
        return matches!(c, 0x09..=0x0d | 0x1c..=0x20);
    }
    matches!(c, 0x1c..=0x1f) || char::from_u32(c).is_some_and(char::is_whitespace)
}

/// `Py_UNICODE_ISLINEBREAK`
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// `Py_UNICODE_ISPRINTABLE`
pub fn is_printable(c: u32) -> bool {
    use GeneralCategory as G;
    if c < 0x7f {
        return c >= 0x20;
    }
    !matches!(
        category(c),
        G::Control
            | G::Format
            | G::Surrogate
            | G::PrivateUse
            | G::Unassigned
            | G::LineSeparator
            | G::ParagraphSeparator
            | G::SpaceSeparator
    )
}

/// `_PyUnicode_IsXidStart`, and the underscore.
pub fn is_identifier_start(c: u32) -> bool {
    c == 0x5f || known(c).is_some_and(unicode_ident::is_xid_start)
}

/// `_PyUnicode_IsXidContinue`
pub fn is_identifier_continue(c: u32) -> bool {
    // These four only since later versions.
    !matches!(c, 0x200c | 0x200d | 0x30fb | 0xff65)
        && known(c).is_some_and(unicode_ident::is_xid_continue)
}

/// Calls `push` with each code point of the mapping, unless it leads to a character that Unicode 13 does not have.
fn push_mapped(c: u32, mapped: impl Iterator<Item = char> + Clone, push: &mut impl FnMut(u32)) {
    if mapped.clone().any(|m| in_ranges(NEWER, m as u32)) {
        push(c);
    } else {
        mapped.for_each(|m| push(m as u32));
    }
}

/// `_PyUnicode_ToUpperFull`: up to three code points.
pub fn to_upper(c: u32, push: &mut impl FnMut(u32)) {
    match known(c) {
        Some(known) => push_mapped(c, known.to_uppercase(), push),
        None => push(c),
    }
}

/// `_PyUnicode_ToLowerFull`, without the rule for the final sigma.
pub fn to_lower(c: u32, push: &mut impl FnMut(u32)) {
    match known(c) {
        Some(known) => push_mapped(c, known.to_lowercase(), push),
        None => push(c),
    }
}

/// `_PyUnicode_ToTitleFull`
pub fn to_title(c: u32, push: &mut impl FnMut(u32)) {
    if (0x10d0..=0x10ff).contains(&c) {
        return push(c);
    }
    match TITLE.binary_search_by_key(&c, |row| row.0) {
        Ok(at) => TITLE[at].1.chars().for_each(|m| push(m as u32)),
        Err(_) => to_upper(c, push),
    }
}

/// `_PyUnicode_ToFoldedFull`
pub fn to_folded(c: u32, push: &mut impl FnMut(u32)) {
    match c {
        0x13a0..=0x13f5 => push(c),
        0x13f8..=0x13fd => push(c - 8),
        0xab70..=0xabbf => push(c - 0xab70 + 0x13a0),
        _ => match FOLD.binary_search_by_key(&c, |row| row.0) {
            Ok(at) => FOLD[at].1.chars().for_each(|m| push(m as u32)),
            Err(_) => to_lower(c, push),
        },
    }
}
