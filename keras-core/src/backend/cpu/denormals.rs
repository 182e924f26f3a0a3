//! Denormal numbers make a step several times slower: the moments of a dead unit decay into them. So
//! they count as zero while a model computes.

/// Denormals count as zero on this thread until this is dropped; then as before.
pub struct FlushToZero {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    before: Control,
}

#[cfg(target_arch = "x86_64")]
type Control = u32;
#[cfg(target_arch = "aarch64")]
type Control = u64;

/// Flush to zero (bit 15) and denormals are zero (bit 6) of MXCSR.
#[cfg(target_arch = "x86_64")]
const ON: Control = 1 << 15 | 1 << 6;
/// Flush to zero (bit 24) of FPCR.
#[cfg(target_arch = "aarch64")]
const ON: Control = 1 << 24;

impl FlushToZero {
    #[inline]
    pub fn new() -> Self {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        {
            let before = read();
            if before & ON != ON {
                write(before | ON);
            }
            Self { before }
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        Self {}
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
impl Drop for FlushToZero {
    #[inline]
    fn drop(&mut self) {
        if self.before & ON != ON {
            // Only our own bits: exceptions raised meanwhile stay visible.
            write(read() & !ON | self.before & ON);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn read() -> Control {
    let mut control: Control = 0;
    // SAFETY: stores the control register into a local; every x86-64 processor has it.
    unsafe {
        core::arch::asm!("stmxcsr [{}]", in(reg) &raw mut control, options(nostack, preserves_flags));
    }
    control
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn write(control: Control) {
    // SAFETY: the value is the register's own but for the two flush bits, which only change how
    // denormals are rounded; no reserved bit is set.
    unsafe {
        core::arch::asm!("ldmxcsr [{}]", in(reg) &raw const control, options(nostack, preserves_flags));
    }
}

#[cfg(target_arch = "aarch64")]
#[inline]
fn read() -> Control {
    let control: Control;
    // SAFETY: reads the floating-point control register.
    unsafe {
        core::arch::asm!("mrs {}, fpcr", out(reg) control, options(nomem, nostack, preserves_flags));
    }
    control
}

#[cfg(target_arch = "aarch64")]
#[inline]
fn write(control: Control) {
    // SAFETY: the value is the register's own but for the flush bit.
    unsafe {
        core::arch::asm!("msr fpcr, {}", in(reg) control, options(nomem, nostack, preserves_flags));
    }
}

#[cfg(all(test, any(target_arch = "x86_64", target_arch = "aarch64")))]
mod tests {
    use super::*;
    use core::hint::black_box;

    #[test]
    fn flushes_while_it_lives_and_restores_after() {
        let tiny = || black_box(f32::MIN_POSITIVE) * black_box(0.5);
        assert!(tiny() > 0.0);
        {
            let _outer = FlushToZero::new();
            assert_eq!(tiny(), 0.0);
            {
                let _inner = FlushToZero::new();
                assert_eq!(tiny(), 0.0);
            }
            assert_eq!(tiny(), 0.0, "an inner guard must not switch the outer one off");
        }
        assert!(tiny() > 0.0);
    }
}
