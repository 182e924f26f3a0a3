use std::path::Path;

use plotters::element::{Rectangle, Text};
use plotters::style::{Color, IntoFont, RGBColor};

use super::{BLACK, GRAY, write};
use crate::error::{Error, Result};

/// A picture with a line of text below it.
#[derive(Clone, Debug)]
pub struct Image<'a> {
    /// The pixels, row by row; of each the channels: 1 for gray, 3 for red, green and blue.
    pub pixels: &'a [f32],
    /// Its height, width and channels.
    pub shape: [usize; 3],
    /// The text below.
    pub caption: String,
}

/// Which number is how bright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shades {
    /// 0 is black, 1 is white.
    #[default]
    Unit,
    /// The least number of an image is black, its greatest white: for learnt filters.
    OfEach,
}

/// Images are made at least this wide, in pixels of the screen.
const WIDTH: usize = 96;
/// Room around an image.
const GAP: i32 = 8;
/// Room below it for the text.
const TEXT: i32 = 18;

/// Draws images side by side, `columns` in a row, and writes an SVG file.
///
/// ```
/// use keras_core::plot::{Image, Shades, images};
/// let pixels = [0.0, 0.5, 1.0, 0.5];
/// let image = Image { pixels: &pixels, shape: [2, 2, 1], caption: "four pixels".into() };
/// let path = std::env::temp_dir().join("keras-core-doc-images.svg");
/// images(&[image], 1, Shades::Unit, &path)?;
/// # keras_core::Result::Ok(())
/// ```
///
/// # Errors
/// If there are no images or columns, an image has not as many pixels as its shape says or neither 1 nor 3
/// channels, or the file cannot be written.
pub fn images(images: &[Image<'_>], columns: usize, shades: Shades, path: impl AsRef<Path>) -> Result<()> {
    if images.is_empty() {
        return Err(Error::argument("images", "at least one", 0));
    }
    if columns == 0 {
        return Err(Error::argument("columns", "at least 1", 0));
    }
    for (i, image) in images.iter().enumerate() {
        let [height, width, channels] = image.shape;
        let name = || format!("image {i}");
        if !matches!(channels, 1 | 3) || height == 0 || width == 0 {
            let found = format!("({height}, {width}, {channels})");
            return Err(Error::argument(name(), "pixels of 1 or 3 channels", found));
        }
        if image.pixels.len() != height * width * channels {
            let expected = format!("{} numbers", height * width * channels);
            return Err(Error::argument(name(), expected, image.pixels.len()));
        }
    }
    let scale = |image: &Image<'_>| WIDTH.div_ceil(image.shape[1]).max(1);
    let wide = images.iter().map(|i| i.shape[1] * scale(i)).max().unwrap_or_default() as i32 + 2 * GAP;
    let high = images.iter().map(|i| i.shape[0] * scale(i)).max().unwrap_or_default() as i32 + 2 * GAP + TEXT;
    let (columns, rows) = (columns.min(images.len()), images.len().div_ceil(columns));
    let size = (wide as u32 * columns as u32, high as u32 * rows as u32);
    write(path.as_ref(), size, |area| {
        for (i, image) in images.iter().enumerate() {
            let corner = ((i % columns) as i32 * wide + GAP, (i / columns) as i32 * high + GAP);
            draw(area, image, shades, corner, scale(image) as i32).map_err(|e| e.to_string())?;
        }
        Ok(())
    })
}

type Area<'a> = plotters::drawing::DrawingArea<plotters::backend::SVGBackend<'a>, plotters::coord::Shift>;

fn draw(
    area: &Area<'_>,
    image: &Image<'_>,
    shades: Shades,
    (left, top): (i32, i32),
    scale: i32,
) -> core::result::Result<(), String> {
    let [height, width, channels] = image.shape;
    let (height, width) = (height as i32, width as i32);
    let colors = colors(image.pixels, channels, shades);
    let rectangle = |x: i32, y: i32, wide: i32, high: i32, color: RGBColor| {
        let corners =
            [(left + x * scale, top + y * scale), (left + (x + wide) * scale, top + (y + high) * scale)];
        area.draw(&Rectangle::new(corners, color.filled())).map_err(|e| e.to_string())
    };
    // The darkest colour lies below everything, and pixels of one colour are one rectangle.
    rectangle(0, 0, width, height, RGBColor(0, 0, 0))?;
    for y in 0..height {
        let row = &colors[(y * width) as usize..((y + 1) * width) as usize];
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] != RGBColor(0, 0, 0) {
                rectangle(x, y, run.len() as i32, 1, run[0])?;
            }
            x += run.len() as i32;
        }
    }
    let frame = [(left, top), (left + width * scale, top + height * scale)];
    area.draw(&Rectangle::new(frame, GRAY.stroke_width(1))).map_err(|e| e.to_string())?;
    let style = ("sans-serif", 13).into_font().color(&BLACK);
    let below = (left, top + height * scale + 3);
    area.draw(&Text::new(image.caption.as_str(), below, style)).map_err(|e| e.to_string())
}

/// What is not a number is black.
fn colors(pixels: &[f32], channels: usize, shades: Shades) -> Vec<RGBColor> {
    let finite = || pixels.iter().copied().filter(|v| v.is_finite());
    let (least, greatest) = match shades {
        Shades::Unit => (0.0, 1.0),
        Shades::OfEach => {
            (finite().fold(f32::INFINITY, f32::min), finite().fold(f32::NEG_INFINITY, f32::max))
        }
    };
    let range = if greatest > least { greatest - least } else { 1.0 };
    // A cast keeps what it can: NaN is 0, and too bright is white.
    let byte = |v: f32| ((v - least) / range * 255.0).round() as u8;
    let color = |p: &[f32]| match p {
        [r, g, b] => RGBColor(byte(*r), byte(*g), byte(*b)),
        [gray, ..] => RGBColor(byte(*gray), byte(*gray), byte(*gray)),
        [] => RGBColor(0, 0, 0),
    };
    pixels.chunks(channels).map(color).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_of_one_colour_are_one_rectangle() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("images.svg");
        let pixels = [0.0, 1.0, 1.0, 0.5, 0.0, 0.0];
        let image = Image { pixels: &pixels, shape: [2, 3, 1], caption: "says 5, is 6".into() };
        images(&[image.clone(), image], 2, Shades::Unit, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches("says 5, is 6").count(), 2);
        assert_eq!(text.matches("#808080").count(), 2, "{text}");
        // The page, and of each image the ground, two runs of pixels and the frame.
        assert_eq!(text.matches("<rect").count(), 1 + 2 * 4, "{text}");
    }

    #[test]
    fn shades_of_each_image() {
        assert_eq!(
            colors(&[-2.0, 0.0, 2.0, f32::NAN], 1, Shades::OfEach),
            [0, 128, 255, 0].map(|v| RGBColor(v, v, v))
        );
        assert_eq!(colors(&[1.0, 0.0, 2.0], 3, Shades::Unit), [RGBColor(255, 0, 255)]);
        assert_eq!(colors(&[3.0, 3.0], 1, Shades::OfEach), [RGBColor(0, 0, 0); 2]);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let path = std::env::temp_dir().join("never-written.svg");
        let image = |shape| Image { pixels: &[0.0; 4], shape, caption: String::new() };
        let problem =
            |all: &[Image<'_>], columns| images(all, columns, Shades::Unit, &path).unwrap_err().to_string();
        assert_eq!(problem(&[], 1), "images: expected at least one, but found 0");
        assert_eq!(problem(&[image([2, 2, 1])], 0), "columns: expected at least 1, but found 0");
        assert_eq!(problem(&[image([2, 3, 1])], 1), "image 0: expected 6 numbers, but found 4");
        let two = problem(&[image([2, 1, 2])], 1);
        assert_eq!(two, "image 0: expected pixels of 1 or 3 channels, but found (2, 1, 2)");
        assert!(!path.exists());
    }
}
