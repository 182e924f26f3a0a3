//! Graphs: what is used twice, layers in two places, all ways of joining.

use keras_core::prelude::*;
use proptest::prelude::*;

use super::layers::{check, numbers};

macro_rules! graphs {
    ($($test:ident: $numbers:ident, { $($model:tt)* })*) => {$(
        mod $test {
            use super::*;
            model! { pub struct Net { $($model)* } }
            proptest! {
                #![proptest_config(ProptestConfig::with_cases(12))]
                #[test]
                fn gradients(numbers in $numbers::<Net<Cpu<f64>>>(1..4)) {
                    check::<Net<Cpu<f64>>>(&numbers, true)?;
                    check::<Net<Cpu<f64>>>(&numbers, false)?;
                }
            }
        }
    )*};
}

graphs! {
    a_sum_of_what_is_used_elsewhere: numbers, {
        input x: Input<4>;
        let a = Dense<_, 5, Tanh>(x);
        let b = Dense<_, 5, Tanh>(a);
        let sum = Add(b, a);
        let c = Dense<_, 5, Tanh>(sum);
        let all = Add(a, c, sum);
        let y = Dense<_, 3>(all);
        output y;
    }
    the_input_in_three_places: numbers, {
        input x: Input<4>;
        let a = Dense<_, 4, Tanh>(x);
        let sum = Add(x, a, x);
        let y = Multiply(sum, x);
        output y;
    }
    views_of_one_value: numbers, {
        input x: Input<2, 3>;
        let a = Dense<3, 4, Tanh>(x);
        let flat = Flatten(a);
        let square = Reshape<4, 2>(a);
        let b = Dense<_, 2>(flat);
        let c = Dense<2, 1, Tanh>(square);
        let y = Concatenate(b, Flatten(c), flat);
        output y;
    }
    one_layer_in_three_places: numbers, {
        input x: Input<4>;
        layer turn: Dense<_, 4, Tanh>;
        let a = turn(x);
        let b = turn(a);
        let c = turn(Multiply(a, b));
        let y = Dense<_, 2>(c);
        output y;
    }
    blocks: numbers, {
        block twice<F>(v) {
            let a = Dense<_, F, Tanh>(v);
            let b = Dense<_, F, Tanh>(a);
            output b;
        }
        input x: Input<3>;
        let h = twice<4>(x);
        let g = twice<{ 2 * 2 }>(Add(h, h));
        let y = Subtract(h, g);
        output y;
    }
    one_number_for_all: numbers, {
        input x: Input<2, 3>;
        let gate = Dense<3, 1, Sigmoid>(x);
        let scaled = Multiply(x, gate);
        let column = Reshape<1, 3>(Dense<_, 3>(Flatten(scaled)));
        let mean = Average(scaled, column, x);
        let less = Subtract(column, mean);
        output less;
    }
    the_largest_and_the_smallest: numbers, {
        input x: Input<4>;
        // Between 0.1 and 0.9, its square and its cube: never as large as each other.
        let a = Activation<Sigmoid>(x);
        let b = Multiply(a, a);
        let c = Multiply(b, a);
        let top = Maximum(c, a, b);
        let low = Minimum(b, c);
        let y = Concatenate(top, low, Maximum(Reshape<4>(b), c));
        output y;
    }
    along_the_first_axis: numbers, {
        input x: Input<2, 3>;
        let a = Dense<3, 3, Tanh>(x);
        let both = Concatenate<axis = 1>(a, x, a);
        let y = Dense<3, 2>(both);
        output y;
    }
    dots: numbers, {
        input x: Input<3, 4>;
        let a = Dense<4, 4, Tanh>(x);
        let scores = Dot<axes = 2>(a, x);
        let mixed = Dot<axes = (2, 1)>(scores, a);
        let cosine = Dot<axes = (-1, 2), normalize = true>(mixed, x);
        output cosine;
    }
    images: numbers, {
        input x: Input<6, 6, 2>;
        let a = Conv2D<_, 3, 3, Tanh, padding = Same>(x);
        let b = Conv2D<_, 3, 3, padding = Same>(a);
        let sum = Add(a, b);
        let small = Conv2D<_, 2, 1, strides = 2>(sum);
        let half = AveragePooling2D<2>(sum);
        let both = Concatenate(small, half);
        let y = Dense<_, 2>(GlobalAveragePooling2D(both));
        output y;
    }
    normalized: numbers, {
        input x: Input<3>;
        let a = Dense<_, 4, Tanh>(x);
        let b = BatchNormalization(a);
        let sum = Add(a, b);
        let y = Dense<_, 2>(BatchNormalization(sum));
        output y;
    }
}

mod in_a_chain {
    use super::*;
    sequential! {
        pub struct Net<
            Input<4>,
            Residual<Dense<_, 6, Tanh>, Dense<_, 4>>,
            Repeat<2, Dense<_, 4, Tanh>, Residual<Dense<_, 4, Tanh>>>,
            Parallel<Concatenate, [Dense<_, 2, Tanh>], []>,
            Dense<6, 2>,
        >
    }
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn gradients(numbers in numbers::<Net<Cpu<f64>>>(1..4)) {
            check::<Net<Cpu<f64>>>(&numbers, true)?;
        }
    }
}
