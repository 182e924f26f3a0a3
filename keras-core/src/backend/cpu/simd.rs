//! Which vector instructions there are, and how a kernel is compiled for each of them.

use std::sync::OnceLock;

/// Vector instructions that we have kernels for, the widest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What every processor of this kind has; plain code.
    Portable,
    /// NEON.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// AVX2 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 (F, VL, BW, DQ).
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The widest level of this processor.
#[inline]
pub fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| levels().last().copied().unwrap_or(Level::Portable))
}

/// All levels of this processor.
pub fn levels() -> Vec<Level> {
    #[allow(unused_mut, reason = "not every kind of processor has more")]
    let mut levels = vec![Level::Portable];
    #[cfg(target_arch = "aarch64")]
    levels.push(Level::Neon);
    #[cfg(target_arch = "x86_64")]
    {
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let avx512 = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq");
        if avx2 {
            levels.push(Level::Avx2);
        }
        if avx2 && avx512 {
            levels.push(Level::Avx512);
        }
    }
    levels
}

/// A loop that the compiler is to vectorise. `run` must be `#[inline(always)]`, with all that it
/// calls in its loops: then it is compiled once for each level.
pub trait Kernel {
    type Out;
    fn run(self) -> Self::Out;
}

/// Runs a kernel with the widest instructions that there are. Results do not depend on the level:
/// nothing here fuses or reorders what the kernel says.
#[inline]
pub fn run<K: Kernel>(kernel: K) -> K::Out {
    run_at(level(), kernel)
}

/// Runs a kernel with the instructions of `level`, which must be one of [`levels`].
#[inline]
pub fn run_at<K: Kernel>(level: Level, kernel: K) -> K::Out {
    match level {
        // SAFETY: a `Level` comes from `levels`, which has found these features on this processor.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { avx512(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { avx2(kernel) },
        _ => kernel.run(),
    }
}

/// # Safety
/// The processor must have AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn avx2<K: Kernel>(kernel: K) -> K::Out {
    kernel.run()
}

/// # Safety
/// The processor must have AVX-512 F, VL, BW and DQ.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512vl,avx512bw,avx512dq")]
unsafe fn avx512<K: Kernel>(kernel: K) -> K::Out {
    kernel.run()
}
