//! What one core can multiply and add at most.

/// Floating-point operations of one round of [`multiply_add`] on one core: 24 sums, of 16 numbers each.
pub const MULTIPLY_ADD: usize = 2 * 16 * 24;

/// Rounds of multiply-adds in registers, in AVX-512; without it, nothing.
pub fn multiply_add(rounds: usize) {
    #[cfg(target_arch = "x86_64")]
    if rounds > 0 && is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has the instructions; only registers are used.
        unsafe { avx512(rounds) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = rounds;
}

/// # Safety
/// The processor must have AVX-512, and there must be a round.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512(rounds: usize) {
    macro_rules! sums {
        ($($sum:literal)*) => {
            // SAFETY: the registers are named as overwritten, and nothing else is changed.
            unsafe {
                core::arch::asm!(
                    "vpxord zmm30, zmm30, zmm30",
                    $(concat!("vpxord zmm", $sum, ", zmm", $sum, ", zmm", $sum),)*
                    "2:",
                    $(concat!("vfmadd231ps zmm", $sum, ", zmm30, zmm30"),)*
                    "dec {rounds}",
                    "jnz 2b",
                    rounds = inout(reg) rounds => _,
                    out("zmm0") _,
                    out("zmm1") _,
                    out("zmm2") _,
                    out("zmm3") _,
                    out("zmm4") _,
                    out("zmm5") _,
                    out("zmm6") _,
                    out("zmm7") _,
                    out("zmm8") _,
                    out("zmm9") _,
                    out("zmm10") _,
                    out("zmm11") _,
                    out("zmm12") _,
                    out("zmm13") _,
                    out("zmm14") _,
                    out("zmm15") _,
                    out("zmm16") _,
                    out("zmm17") _,
                    out("zmm18") _,
                    out("zmm19") _,
                    out("zmm20") _,
                    out("zmm21") _,
                    out("zmm22") _,
                    out("zmm23") _,
                    out("zmm30") _,
                    options(nomem, nostack),
                );
            }
        };
    }
    sums!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23);
}
