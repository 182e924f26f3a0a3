//! How the axes of an ONNX value lie in the numbers of ours.

/// For each axis of a sample, the parts that it is made of: their sizes, and how far apart the elements lie in
/// our numbers, which stand row by row. Parts of size 1 are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub axes: Vec<Axis>,
}

/// The parts of an axis, the outermost first.
pub type Axis = Vec<(usize, usize)>;

fn size(axis: &Axis) -> usize {
    axis.iter().fold(1, |size, part| size.saturating_mul(part.0))
}

/// The parts without those of size 1, neighbours that lie behind one another as one.
fn joined(parts: impl IntoIterator<Item = (usize, usize)>) -> Axis {
    let mut all: Axis = Vec::new();
    for (size, stride) in parts {
        match all.last_mut() {
            _ if size == 1 => {}
            Some((outer, far)) if Some(*far) == size.checked_mul(stride) => {
                (*outer, *far) = (outer.saturating_mul(size), stride);
            }
            _ => all.push((size, stride)),
        }
    }
    all
}

impl View {
    /// Of numbers that stand as the sizes say, but for the order in which the axes are: `order[0]` is the axis
    /// that lies outermost.
    pub fn ordered(sizes: &[usize], order: &[usize]) -> Self {
        let mut axes = vec![Vec::new(); sizes.len()];
        let mut stride = 1;
        for axis in order.iter().rev() {
            axes[*axis] = joined([(sizes[*axis], stride)]);
            stride = stride.saturating_mul(sizes[*axis]);
        }
        Self { axes }
    }

    pub fn sizes(&self) -> Vec<usize> {
        self.axes.iter().map(size).collect()
    }

    pub fn numel(&self) -> usize {
        self.axes.iter().fold(1, |count, axis| count.saturating_mul(size(axis)))
    }

    /// Whether the axes in this order are our numbers as they stand.
    pub fn is(&self, order: &[usize]) -> bool {
        let parts = joined(order.iter().flat_map(|axis| self.axes[*axis].iter().copied()));
        parts.is_empty() || parts == [(self.numel(), 1)]
    }

    /// The first of these orders in which the numbers stand.
    pub fn order(&self) -> Option<Vec<usize>> {
        let rank = self.axes.len();
        let natural: Vec<usize> = (0..rank).collect();
        [natural, channels_last(rank)].into_iter().find(|order| self.is(order))
    }

    /// The same numbers in other sizes, in the same order.
    pub fn reshape(&self, sizes: &[usize]) -> Option<Self> {
        let mut parts = self.axes.iter().flatten().copied().collect::<Vec<_>>().into_iter();
        let mut open: Option<(usize, usize)> = None;
        let mut axes = Vec::new();
        for size in sizes {
            let (mut left, mut axis) = (*size, Vec::new());
            while left > 1 {
                let (here, stride) = match open.take() {
                    Some(part) => part,
                    None => parts.next()?,
                };
                if left % here == 0 {
                    axis.push((here, stride));
                    left /= here;
                } else if here % left == 0 {
                    let rest = here / left;
                    axis.push((left, stride.saturating_mul(rest)));
                    open = Some((rest, stride));
                    left = 1;
                } else {
                    return None;
                }
            }
            axes.push(joined(axis));
        }
        (open.is_none() && parts.next().is_none()).then_some(Self { axes })
    }

    /// All axes as one.
    pub fn flat(&self) -> Axis {
        joined(self.axes.iter().flatten().copied())
    }
}

/// Our place of each element of an axis.
pub fn places(axis: &Axis) -> Vec<usize> {
    axis.iter().fold(vec![0], |places, (size, stride)| {
        places.iter().flat_map(|place| (0..*size).map(move |i| place + i * stride)).collect()
    })
}

/// (channels, ..) as (.., channels).
pub fn channels_last(rank: usize) -> Vec<usize> {
    (1..rank).chain((rank > 0).then_some(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_flattened_with_its_channels_first() {
        // 2 channels, 2 rows, 3 columns; ours are (rows, columns, channels).
        let image = View::ordered(&[2, 2, 3], &channels_last(3));
        assert_eq!(image.axes, [vec![(2, 1)], vec![(2, 6)], vec![(3, 2)]]);
        assert!(image.is(&[1, 2, 0]) && !image.is(&[0, 1, 2]));
        let flat = image.reshape(&[12]).unwrap();
        assert_eq!(flat.axes, [vec![(2, 1), (6, 2)]]);
        assert_eq!(places(&flat.axes[0]), [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
        assert_eq!(flat.reshape(&[2, 2, 3]), Some(image));
    }

    #[test]
    fn sizes_of_1_are_anywhere() {
        let image = View::ordered(&[4, 4, 1], &[0, 1, 2]);
        let first = image.reshape(&[1, 4, 4]).unwrap();
        assert!(first.is(&[1, 2, 0]) && first.is(&[0, 1, 2]));
        assert_eq!(image.reshape(&[5, 3]), None);
        assert_eq!(View::ordered(&[6], &[0]).reshape(&[4, 2]), None);
    }
}
