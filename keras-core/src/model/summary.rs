use core::fmt;

use super::{LayerInfo, Model};

/// A model's table: prints as Keras' `summary()` does, with FLOPs and bytes besides.
#[derive(Clone, Debug)]
pub struct Summary {
    name: &'static str,
    layers: &'static [LayerInfo],
    params: usize,
    trainable: usize,
    flops: usize,
    workspace_bytes: usize,
}

impl Summary {
    pub(crate) fn of<M: Model>(model: &M) -> Self {
        let learning = M::LAYERS.iter().filter(|layer| !model.store().frozen.is(layer));
        let trainable = learning.flat_map(|layer| layer.variables).filter(|v| v.trainable);
        Self {
            name: M::NAME,
            layers: M::LAYERS,
            params: M::LAYOUT.params(),
            trainable: trainable.map(|v| v.dims.numel()).sum(),
            flops: M::FLOPS,
            workspace_bytes: M::WORKSPACE_BYTES,
        }
    }
}

const HEADS: [&str; 4] = ["Layer", "Output Shape", "Param #", "FLOPs"];

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 4]> = self
            .layers
            .iter()
            .map(|layer| {
                let sizes = layer.output.sizes().iter().map(|s| format!(", {s}")).collect::<String>();
                [
                    format!("{} ({})", layer.name, layer.title),
                    format!("(n{sizes})"),
                    thousands(layer.params()),
                    thousands(layer.flops),
                ]
            })
            .collect();
        let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).chain([HEADS[i].len()]).max();
        let widths: [usize; 4] = core::array::from_fn(|i| width(i).unwrap_or_default());
        let line = |f: &mut fmt::Formatter<'_>, [left, middle, right]: [char; 3], fill: &str| {
            for (i, w) in widths.iter().enumerate() {
                write!(f, "{}{}", if i == 0 { left } else { middle }, fill.repeat(w + 2))?;
            }
            writeln!(f, "{right}")
        };
        let row = |f: &mut fmt::Formatter<'_>, cells: [&str; 4], bar: char| {
            let [a, b, c, d] = widths;
            writeln!(
                f,
                "{bar} {:<a$} {bar} {:<b$} {bar} {:>c$} {bar} {:>d$} {bar}",
                cells[0], cells[1], cells[2], cells[3]
            )
        };
        writeln!(f, "Model: \"{}\"", self.name)?;
        line(f, ['┏', '┳', '┓'], "━")?;
        row(f, HEADS, '┃')?;
        line(f, ['┡', '╇', '┩'], "━")?;
        for (i, cells) in rows.iter().enumerate() {
            if i > 0 {
                line(f, ['├', '┼', '┤'], "─")?;
            }
            row(f, cells.each_ref().map(String::as_str), '│')?;
        }
        line(f, ['└', '┴', '┘'], "─")?;
        writeln!(f, " Total params: {} ({})", thousands(self.params), bytes(4 * self.params))?;
        writeln!(f, " Trainable params: {} ({})", thousands(self.trainable), bytes(4 * self.trainable))?;
        let fixed = self.params - self.trainable;
        writeln!(f, " Non-trainable params: {} ({})", thousands(fixed), bytes(4 * fixed))?;
        writeln!(f, " FLOPs a sample: {} forward", thousands(self.flops))?;
        write!(f, " Training workspace: {} a sample", bytes(self.workspace_bytes))
    }
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn bytes(n: usize) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if n < 1024 {
        return format!("{n} B");
    }
    let mut value = n as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.2} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_keras() {
        assert_eq!(
            (thousands(0), thousands(999), thousands(1_234_567)),
            ("0".into(), "999".into(), "1,234,567".into())
        );
        assert_eq!(
            (bytes(100), bytes(6529 * 4), bytes(3 << 20)),
            ("100 B".into(), "25.50 KB".into(), "3.00 MB".into())
        );
    }
}
