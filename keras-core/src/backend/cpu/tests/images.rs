//! Pools, borders, upsampling and dropout of channels, against their definitions.

use super::numbers;
use crate::backend::cpu::threads::Threads;
use crate::backend::cpu::{channels, pad, pool, upsample};
use crate::backend::{Pad2d, Pool2d, Pooling, Stream, Upsample2d, Upsampling};

const N: usize = 3;

/// Many pools: all kinds of sizes, strides and borders, and all kinds of channels.
fn pools() -> Vec<Pool2d> {
    let mut pools = Vec::new();
    for pooling in [Pooling::Max, Pooling::Average] {
        for c in [1, 3, 8, 16, 32, 64, 67] {
            for (image, size, strides, before) in [
                ([4, 6], [2, 2], [2, 2], [0, 0]),
                ([5, 7], [2, 2], [2, 2], [0, 0]),
                ([5, 7], [2, 2], [2, 2], [0, 1]),
                ([5, 4], [3, 3], [2, 2], [1, 1]),
                ([4, 5], [2, 3], [1, 1], [0, 0]),
                ([9, 8], [2, 2], [3, 4], [0, 0]),
                ([4, 3], [4, 3], [1, 1], [0, 0]),
            ] {
                // As many places as there are with a border of the same width on the other side.
                let places = |i: usize| (image[i] + 2 * before[i] - size[i]) / strides[i] + 1;
                let output = [places(0), places(1)];
                pools.push(Pool2d { pooling, input: [image[0], image[1], c], output, size, strides, before });
            }
        }
    }
    pools
}

/// The places of the input that a place of the output is made from, in order.
fn window(p: &Pool2d, [oh, ow, c]: [usize; 3]) -> Vec<usize> {
    let ([height, width, channels], mut places) = (p.input, Vec::new());
    for kh in 0..p.size[0] {
        for kw in 0..p.size[1] {
            let (h, w) = (oh * p.strides[0] + kh, ow * p.strides[1] + kw);
            let (Some(h), Some(w)) = (h.checked_sub(p.before[0]), w.checked_sub(p.before[1])) else {
                continue;
            };
            if h < height && w < width {
                places.push((h * width + w) * channels + c);
            }
        }
    }
    places
}

#[test]
fn pools_are_as_defined() {
    let threads = Threads::new(1);
    for p in pools() {
        let (image, map, channels) = (p.image(), p.map(), p.input[2]);
        // Few different numbers, so that the largest one is often there twice.
        let x: Vec<f32> = numbers(1, N * image).iter().map(|v| (v * 4.0).round()).collect();
        let dy = numbers(2, N * map);
        let (mut y, mut dx, mut expected) = (vec![9.0; N * map], vec![9.0; N * image], vec![0.0; N * image]);
        pool::forward(&threads, &p, N, &x, &mut y);
        pool::back(&threads, &p, N, [&x, &y, &dy], &mut dx);
        for at in 0..N * map {
            let (n, place) = (at / map, at % map);
            let place = [place / channels / p.output[1], place / channels % p.output[1], place % channels];
            let window: Vec<usize> = window(&p, place).into_iter().map(|i| n * image + i).collect();
            match p.pooling {
                Pooling::Max => {
                    let largest = window.iter().map(|&i| x[i]).fold(f32::MIN, f32::max);
                    assert_eq!(y[at], largest, "{p:?} {at}");
                    expected[*window.iter().find(|&&i| x[i] == largest).unwrap()] += dy[at];
                }
                Pooling::Average => {
                    let share = 1.0 / window.len() as f32;
                    let mean = window.iter().map(|&i| x[i]).sum::<f32>() * share;
                    assert!((y[at] - mean).abs() < 1e-6, "{p:?} {at}");
                    window.iter().for_each(|&i| expected[i] += dy[at] * share);
                }
            }
        }
        let near = dx.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-5);
        assert!(near, "{p:?}: {dx:?} instead of {expected:?}");
    }
}

#[test]
fn a_border_is_put_there_and_taken_away() {
    let threads = Threads::new(1);
    for (input, padding) in
        [([2, 3, 4], [[1, 2], [0, 3]]), ([1, 1, 1], [[0, 0], [0, 0]]), ([3, 2, 5], [[0, 1], [2, 0]])]
    {
        let p = Pad2d { input, padding };
        let (x, [height, width, channels]) = (numbers(3, N * p.image()), input);
        let (mut y, mut back) = (vec![9.0; N * p.padded()], vec![9.0; N * p.image()]);
        pad::pad(&threads, &p, N, &x, &mut y);
        let row = p.padded_row() / channels;
        for (at, &y) in y.iter().enumerate() {
            let (n, pixel, c) = (at / p.padded(), at % p.padded() / channels, at % channels);
            let inside =
                |at: usize, before: usize, size: usize| at.checked_sub(before).filter(|&at| at < size);
            let h = inside(pixel / row, padding[0][0], height);
            let w = inside(pixel % row, padding[1][0], width);
            let expected = match (h, w) {
                (Some(h), Some(w)) => x[n * p.image() + (h * width + w) * channels + c],
                _ => 0.0,
            };
            assert_eq!(y, expected, "{p:?} {at}");
        }
        pad::crop(&threads, &p, N, &y, &mut back);
        assert_eq!(back, x);
    }
}

#[test]
fn upsampling_is_as_defined_and_its_gradient_is_its_transpose() {
    let threads = Threads::new(1);
    for upsampling in [Upsampling::Nearest, Upsampling::Bilinear] {
        for (input, size) in
            [([2, 3, 4], [2, 2]), ([4, 1, 17], [3, 2]), ([1, 1, 1], [2, 5]), ([3, 3, 2], [1, 1])]
        {
            let u = Upsample2d { upsampling, input, size };
            let (x, dy) = (numbers(4, N * u.image()), numbers(5, N * u.map()));
            let (mut y, mut dx) = (vec![9.0; N * u.map()], vec![9.0; N * u.image()]);
            upsample::forward(&threads, &u, N, &x, &mut y);
            upsample::back(&threads, &u, N, &dy, &mut dx);
            let [height, width, channels] = input;
            for (at, &y) in y.iter().enumerate() {
                let (n, pixel, c) = (at / u.map(), at % u.map() / channels, at % channels);
                let (oh, ow) = (pixel / (width * size[1]), pixel % (width * size[1]));
                let x = |h: usize, w: usize| f64::from(x[n * u.image() + (h * width + w) * channels + c]);
                let expected = match upsampling {
                    Upsampling::Nearest => x(oh / size[0], ow / size[1]),
                    // Every pixel weighs by how near it is, on an image that goes on at its edges.
                    Upsampling::Bilinear => {
                        let centre = |o: usize, size: usize, n: usize| {
                            ((o as f64 + 0.5) / size as f64 - 0.5).clamp(0.0, n as f64 - 1.0)
                        };
                        let weight = |i: usize, at: f64| (1.0 - (i as f64 - at).abs()).max(0.0);
                        let (at_h, at_w) = (centre(oh, size[0], height), centre(ow, size[1], width));
                        let all = (0..height).flat_map(|h| (0..width).map(move |w| (h, w)));
                        all.map(|(h, w)| weight(h, at_h) * weight(w, at_w) * x(h, w)).sum()
                    }
                };
                assert!((f64::from(y) - expected).abs() < 1e-6, "{u:?} {at}: {y} instead of {expected}");
            }
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
            assert!((dot(&y, &dy) - dot(&x, &dx)).abs() < 1e-5 * (1.0 + dot(&dy, &dy)), "{u:?}");
        }
    }
}

#[test]
fn whole_channels_fall_by_their_number() {
    let (threads, stream, rate) = (Threads::new(1), Stream::new(7, 3), 0.4);
    for (pixels, c, first) in [(4, 3, 0), (5, 64, 3), (2, 130, 1), (1, 1, 2)] {
        let x = vec![1.0_f32; N * pixels * c];
        let mut y = vec![9.0; x.len()];
        channels::dropout(&threads, stream, first, rate, [pixels, c], &x, &mut y);
        for (at, &y) in y.iter().enumerate() {
            let index = first + at / (pixels * c) * c + at % c;
            let falls = f64::from(stream.block((index / 4) as u32)[index % 4]) < rate * 4_294_967_296.0;
            assert_eq!(y, if falls { 0.0 } else { 1.0 / 0.6 }, "{pixels} {c} {first} {at}");
        }
        // The second image is the same wherever its piece of the batch begins.
        let mut piece = vec![9.0; pixels * c];
        channels::dropout(
            &threads,
            stream,
            first + c,
            rate,
            [pixels, c],
            &x[pixels * c..2 * pixels * c],
            &mut piece,
        );
        assert_eq!(piece, y[pixels * c..2 * pixels * c]);
    }
}

#[test]
fn the_bits_do_not_depend_on_the_threads() {
    let all = |threads: usize| {
        let threads = Threads::new(threads);
        pools()
            .iter()
            .map(|p| {
                let (x, dy) = (numbers(1, N * p.image()), numbers(2, N * p.map()));
                let (mut y, mut dx) = (vec![9.0; N * p.map()], vec![9.0; N * p.image()]);
                threads.run(usize::MAX, || {
                    pool::forward(&threads, p, N, &x, &mut y);
                    pool::back(&threads, p, N, [&x, &y, &dy], &mut dx);
                });
                (y, dx)
            })
            .collect::<Vec<_>>()
    };
    assert!(all(1) == all(3));
}
