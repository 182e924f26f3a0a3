use std::path::Path;

use plotters::chart::{ChartBuilder, SeriesLabelPosition};
use plotters::element::PathElement;
use plotters::series::LineSeries;
use plotters::style::{Color, RGBColor};

use super::{BLACK, GRAY, write};
use crate::error::{Error, Result};
use crate::training::History;

/// Colours that are told apart without red and green.
const TRAINING: RGBColor = RGBColor(0x1F, 0x77, 0xB4);
const VALIDATION: RGBColor = RGBColor(0xFF, 0x7F, 0x0E);

/// Width and height of one figure's panel, in pixels.
const PANEL: (u32, u32) = (480, 300);

/// Draws a training: a panel for the loss and one for each metric, in each the figure of the training
/// and, if there was one, of the validation, over the epochs. Writes an SVG file.
///
/// ```
/// use keras_core::training::{History, Logs};
/// let mut history = History::default();
/// history.push(0, &Logs::from_iter([("loss", 0.9), ("val_loss", 1.0)]));
/// history.push(1, &Logs::from_iter([("loss", 0.5), ("val_loss", 0.7)]));
/// let path = std::env::temp_dir().join("keras-core-doc-curves.svg");
/// keras_core::plot::curves(&history, &path)?;
/// assert!(std::fs::read_to_string(&path)?.contains("val_loss"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the history is empty, or the file cannot be written.
pub fn curves(history: &History, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let names: Vec<&str> = history.names().filter(|name| !name.starts_with("val_")).collect();
    if names.is_empty() || history.epochs().is_empty() {
        return Err(Error::argument("history", "at least one epoch", "none"));
    }
    let size = (PANEL.0, PANEL.1 * names.len() as u32);
    write(path, size, |area| {
        for (panel, name) in area.split_evenly((names.len(), 1)).iter().zip(&names) {
            let validation = format!("val_{name}");
            let lines = [(*name, TRAINING), (validation.as_str(), VALIDATION)];
            panel_of(panel, history, &lines).map_err(|e| e.to_string())?;
        }
        Ok(())
    })
}

type Area<'a> = plotters::drawing::DrawingArea<plotters::backend::SVGBackend<'a>, plotters::coord::Shift>;

/// A figure's name, colour and points.
type Line<'a> = (&'a str, RGBColor, Vec<(f64, f64)>);

fn panel_of(
    panel: &Area<'_>,
    history: &History,
    lines: &[(&str, RGBColor)],
) -> core::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let shown: Vec<Line<'_>> = lines
        .iter()
        .filter_map(|&(name, color)| Some((name, color, points(history, history.get(name)?))))
        .collect();
    let (across, up) = (range(&shown, |p| p.0), range(&shown, |p| p.1));
    let mut chart = ChartBuilder::on(panel)
        .margin(12)
        .x_label_area_size(28)
        .y_label_area_size(52)
        .build_cartesian_2d(across.0..across.1, up.0..up.1)
        .map_err(|e| e.to_string())?;
    chart
        .configure_mesh()
        .light_line_style(GRAY.mix(0.0))
        .bold_line_style(GRAY.mix(0.3))
        .axis_style(BLACK)
        .x_labels(history.epochs().len().clamp(2, 10))
        .x_label_formatter(&|epoch| format!("{epoch:.0}"))
        .x_desc("epoch")
        .draw()
        .map_err(|e| e.to_string())?;
    // The legend stands where the lines do not end.
    let middle = f64::midpoint(up.0, up.1);
    let rising = shown.iter().filter_map(|(_, _, points)| points.last()).any(|(_, value)| *value > middle);
    let corner = if rising { SeriesLabelPosition::LowerRight } else { SeriesLabelPosition::UpperRight };
    for (name, color, points) in shown {
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)).point_size(2))
            .map_err(|e| e.to_string())?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(corner)
        .border_style(GRAY)
        .background_style(plotters::style::WHITE.mix(0.8))
        .draw()
        .map_err(|e| e.to_string())?;
    Ok(())
}

/// A figure over the epochs, counted from 1. A figure that is not there in each epoch, as that of a
/// validation now and then, ends with the last one. What is not finite cannot be drawn.
fn points(history: &History, values: &[f64]) -> Vec<(f64, f64)> {
    let epochs = history.epochs();
    let late = epochs.len() - values.len().min(epochs.len());
    let every = if values.is_empty() { 1 } else { (epochs.len() / values.len()).max(1) };
    let place = |i: usize| epochs[(late + i).min((i + 1) * every - 1).min(epochs.len() - 1)];
    let points = values.iter().enumerate().map(|(i, &value)| ((place(i) + 1) as f64, value));
    points.filter(|(_, value)| value.is_finite()).collect()
}

/// From the least to the greatest, with some room; never empty.
fn range(shown: &[Line<'_>], of: impl Fn(&(f64, f64)) -> f64) -> (f64, f64) {
    let all = || shown.iter().flat_map(|(_, _, points)| points).map(&of);
    let (least, greatest) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    if least > greatest {
        return (0.0, 1.0);
    }
    let room = if greatest > least { 0.05 * (greatest - least) } else { 0.5 * greatest.abs().max(1.0) };
    (least - room, greatest + room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Logs;

    #[test]
    fn a_panel_for_each_figure() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("curves.svg");
        let mut history = History::default();
        for epoch in 0..4 {
            let loss = 1.0 / (epoch + 1) as f64;
            let logs = [("loss", loss), ("accuracy", 1.0 - loss), ("val_loss", loss * 1.2)];
            history.push(epoch, &Logs::from_iter(logs));
        }
        curves(&history, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for name in ["loss", "val_loss", "accuracy", "epoch"] {
            assert!(text.contains(&format!("\n{name}\n")), "{name}");
        }
        assert!(!text.contains("NaN"));
        // Three lines of four points.
        let lines = text
            .lines()
            .filter(|line| line.contains("stroke=\"#1F77B4\"") || line.contains("stroke=\"#FF7F0E\""));
        assert_eq!(lines.filter(|line| line.matches(',').count() == 4).count(), 3, "{text}");
    }

    #[test]
    fn nothing_cannot_be_drawn_but_what_is_not_finite_is_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("curves.svg");
        let error = curves(&History::default(), &path).unwrap_err();
        assert_eq!(error.to_string(), "history: expected at least one epoch, but found none");
        let mut history = History::default();
        history.push(0, &Logs::from_iter([("loss", f64::NAN)]));
        curves(&history, &path).unwrap();
        assert!(!std::fs::read_to_string(&path).unwrap().contains("NaN"));
        assert!(curves(&history, dir.path().join("no/such/folder.svg")).is_err());
    }
}
