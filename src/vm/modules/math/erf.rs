//! The error functions, by the rational approximations of Sun's fdlibm.
//!
//! The intervals and coefficients are fdlibm's, as in every C library; polynomials are summed in pairs of terms, which is how glibc does
//! it: in Horner's order the last bit differs.
// Coefficients stand as they are published.
#![allow(clippy::excessive_precision)]

/// A quotient of two polynomials, constant terms first.
struct Rational {
    above: &'static [f64],
    below: &'static [f64],
}

impl Rational {
    fn at(&self, x: f64) -> f64 {
        by_pairs(self.above, x) / by_pairs(self.below, x)
    }
}

/// A polynomial, two terms at a time.
fn by_pairs(terms: &[f64], x: f64) -> f64 {
    let second = x * x;
    let fourth = second * second;
    let powers = [1.0, second, fourth, fourth * second, fourth * fourth];
    let mut sum = 0.0;
    for (n, pair) in terms.chunks(2).enumerate() {
        let value = match pair {
            [low, high] => low + x * high,
            _ => pair[0],
        };
        sum = if n == 0 {
            value
        } else {
            sum + powers[n] * value
        };
    }
    sum
}

/// `(erf(x) - x) / x` of the square of a small x.
static SMALL: Rational = Rational {
    above: &[
        1.283_791_670_955_125_585_61e-1,
        -3.250_421_072_470_014_993_70e-1,
        -2.848_174_957_559_851_047_66e-2,
        -5.770_270_296_489_441_591_57e-3,
        -2.376_301_665_665_016_260_84e-5,
    ],
    below: &[
        1.0,
        3.979_172_239_591_553_528_19e-1,
        6.502_224_998_876_729_444_85e-2,
        5.081_306_281_875_765_627_76e-3,
        1.324_947_380_043_216_445_26e-4,
        -3.960_228_278_775_368_123_20e-6,
    ],
};

/// `erf(1 + x) - AROUND_ONE` for x around 0.
static MIDDLE: Rational = Rational {
    above: &[
        -2.362_118_560_752_659_440_77e-3,
        4.148_561_186_837_483_316_66e-1,
        -3.722_078_760_357_013_238_47e-1,
        3.183_466_199_011_617_536_74e-1,
        -1.108_946_942_823_966_774_76e-1,
        3.547_830_432_561_823_593_71e-2,
        -2.166_375_594_868_790_843_00e-3,
    ],
    below: &[
        1.0,
        1.064_208_804_008_442_282_86e-1,
        5.403_979_177_021_710_489_37e-1,
        7.182_865_441_419_626_628_68e-2,
        1.261_712_198_087_616_421_12e-1,
        1.363_708_391_202_905_073_62e-2,
        1.198_449_984_679_910_741_70e-2,
    ],
};

/// The logarithm of x * erfc(x) * exp(x*x) of 1/(x*x), up to 1/0.35.
static LARGE: Rational = Rational {
    above: &[
        -9.864_944_034_847_148_227_05e-3,
        -6.938_585_727_071_817_643_72e-1,
        -1.055_862_622_532_329_098_14e1,
        -6.237_533_245_032_600_603_96e1,
        -1.623_966_694_625_734_703_55e2,
        -1.846_050_929_067_110_359_94e2,
        -8.128_743_550_630_659_342_46e1,
        -9.814_329_344_169_145_485_92e0,
    ],
    below: &[
        1.0,
        1.965_127_166_743_925_712_92e1,
        1.376_577_541_435_190_426_00e2,
        4.345_658_774_752_292_288_21e2,
        6.453_872_717_332_678_803_36e2,
        4.290_081_400_275_678_333_86e2,
        1.086_350_055_417_794_351_34e2,
        6.570_249_770_319_281_701_35e0,
        -6.042_441_521_485_809_874_38e-2,
    ],
};

/// The same from there on.
static HUGE: Rational = Rational {
    above: &[
        -9.864_942_924_700_099_285_97e-3,
        -7.992_832_376_805_230_065_74e-1,
        -1.775_795_491_775_475_198_89e1,
        -1.606_363_848_558_219_160_62e2,
        -6.375_664_433_683_896_277_22e2,
        -1.025_095_131_611_077_249_54e3,
        -4.835_191_916_086_513_970_19e2,
    ],
    below: &[
        1.0,
        3.033_806_074_348_245_829_24e1,
        3.257_925_129_965_739_188_26e2,
        1.536_729_586_084_436_959_94e3,
        3.199_858_219_508_595_539_08e3,
        2.553_050_406_433_164_425_83e3,
        4.745_285_412_069_553_672_15e2,
        -2.244_095_244_658_581_833_62e1,
    ],
};

/// erf(1), rounded so that little is lost when it is subtracted.
const AROUND_ONE: f64 = 8.450_629_115_104_675_292_97e-1;
/// Where one approximation ends and the next begins.
const SMALL_END: f64 = 0.84375;
const MIDDLE_END: f64 = 1.25;
/// 1/0.35, in the precision that fdlibm compares with.
const LARGE_END: u32 = 0x4006_DB6E;
const ERF_END: f64 = 6.0;
const ERFC_END: f64 = 28.0;
/// Below it erf is a multiple of its argument.
const LINEAR_END: f64 = 1.0 / 268_435_456.0;
const SLOPE_MINUS_ONE: f64 = 1.283_791_670_955_125_863_16e-1;

/// `erfc(size)` for size from 1.25 on; squares are taken of a number with few bits, so that they are exact.
fn tail(size: f64, end: u32) -> f64 {
    let s = 1.0 / (size * size);
    let table = if ((size.to_bits() >> 32) as u32) < end {
        &LARGE
    } else {
        &HUGE
    };
    let short = f64::from_bits(size.to_bits() & !0xffff_ffff);
    let r = (-short * short - 0.5625).exp() * ((short - size) * (short + size) + table.at(s)).exp();
    r / size
}

pub fn erf(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        return x;
    }
    let r = if size < LINEAR_END {
        return if size < f64::MIN_POSITIVE * 4.0 {
            0.0625 * (16.0 * x + (16.0 * SLOPE_MINUS_ONE) * x)
        } else {
            x + SLOPE_MINUS_ONE * x
        };
    } else if size < SMALL_END {
        return x + x * SMALL.at(x * x);
    } else if size < MIDDLE_END {
        AROUND_ONE + MIDDLE.at(size - 1.0)
    } else if size >= ERF_END {
        1.0
    } else {
        1.0 - tail(size, LARGE_END)
    };
    r.copysign(x)
}

pub fn erfc(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        return x;
    }
    if size < SMALL_END {
        if size < f64::EPSILON / 16.0 {
            return 1.0 - x;
        }
        let y = SMALL.at(x * x);
        return if x < 0.25 {
            1.0 - (x + x * y)
        } else {
            0.5 - (x * y + (x - 0.5))
        };
    }
    if size < MIDDLE_END {
        let y = MIDDLE.at(size - 1.0);
        return if x >= 0.0 {
            1.0 - AROUND_ONE - y
        } else {
            1.0 + (AROUND_ONE + y)
        };
    }
    if x <= -ERF_END {
        return 2.0;
    }
    if size >= ERFC_END {
        return 0.0;
    }
    let r = tail(size, LARGE_END - 1);
    if x > 0.0 { r } else { 2.0 - r }
}
