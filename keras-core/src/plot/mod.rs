//! Pictures: the curves of a training, and images side by side. Cargo feature `plot`.
//!
//! Pictures are SVG files: any browser shows them.

mod curves;
mod images;

use std::path::Path;

use plotters::style::RGBColor;

pub use curves::curves;
pub use images::{Image, Shades, images};

use crate::error::{Error, Result};
use crate::saving::atomically;

const BLACK: RGBColor = RGBColor(0x22, 0x22, 0x22);
const GRAY: RGBColor = RGBColor(0x99, 0x99, 0x99);

/// Draws a picture of this size and writes it: all of it or nothing.
fn write(
    path: &Path,
    size: (u32, u32),
    draw: impl FnOnce(
        &plotters::drawing::DrawingArea<plotters::backend::SVGBackend<'_>, plotters::coord::Shift>,
    ) -> core::result::Result<(), String>,
) -> Result<()> {
    use plotters::drawing::IntoDrawingArea;

    let mut text = String::new();
    {
        let area = plotters::backend::SVGBackend::with_string(&mut text, size).into_drawing_area();
        area.fill(&plotters::style::WHITE).map_err(|e| Error::file(path, e.to_string()))?;
        draw(&area).map_err(|problem| Error::file(path, problem))?;
        area.present().map_err(|e| Error::file(path, e.to_string()))?;
    }
    atomically(path, text.as_bytes())
}
