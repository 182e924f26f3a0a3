//! Mistakes of `tests/ui`, mended by a program that did what their messages say: see
//! `keras-macros/src/tests/corpus/mended.rs`, which writes this file. It must compile.
#![allow(dead_code, deprecated, missing_docs, unused_imports)]

mod arguments_swapped {
    use keras_core::prelude::*;

    sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1> > }
    sequential! { pub struct First< Dense<100, 64, Relu, use_bias = false>, Dense<64, 1> > }

    fn main() {}
}

mod arguments_too_few {
    use keras_core::prelude::*;

    sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<_, 10> > }
    sequential! { pub struct Bare< Input<4>, Dense<_, 64, Relu> > }
    sequential! { pub struct Empty< Input<4>, Dropout<0.5>, Activation<Relu> > }

    fn main() {}
}

mod channels {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net<
            Input<28, 28, 1>,
            Conv2D<1, 8, 3, Relu>,
            MaxPooling2D<2>,
            Conv2D<channels = 8, filters = 8, kernel_size = 3>,
            Flatten,
            Dense<968, 3>,
        >
    }

    fn main() {}
}

mod concatenate_axis {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Input<8, 8, 3>, Parallel<Concatenate<axis = -1>, [Conv2D<_, 4, 1>], []>, Flatten, Dense<_, 1> >
    }

    fn main() {}
}

mod concatenate_batch {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 4>, Parallel<Concatenate<axis = -1>, [Dense<_, 4>], []>, Dense<_, 1> >
    }

    fn main() {}
}

mod dot_axes {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let a = Dense<_, 8>(x);
            let b = Dense<_, 8>(x);
            let y = Dot<axes = -1>(a, b);
            output y;
        }
    }

    fn main() {}
}

mod empty {
    use keras_core::prelude::*;

    sequential! { pub struct Nothing<Dense<100, 64, Relu> > }
    sequential! { pub struct Inputs< Input<3>, Dense<_, 10> > }

    fn main() {
        let _ = sequential!(<Dense<100, 64, Relu> >)(7);
        let mut model = Nothing::<Cpu>::new(3);
        model.predict(&[[0.5; 100]; 2]).unwrap();
    }
}

mod flatten_forgotten {
    use keras_core::prelude::*;

    sequential! { pub struct Written< Input<26, 26, 8>, Flatten, Dense<5408, 10, Softmax> > }
    sequential! { pub struct Inferred< Input<26, 26, 8>, Dropout<0.5>, Flatten, Dense<_, 10, Softmax> > }
    sequential! { pub struct Steps< Input<10, 8>, Dense<8, 10>, Flatten, Dense<_, 3> > }
    sequential! { pub struct Film< Input<4, 10, 10, 3>, Flatten, Dense<1200, 10> > }

    fn main() {
        let mut model = Written::<Cpu>::new(7);
        model.predict(&[[[[0.5; 8]; 26]; 26]; 2]).unwrap();
    }
}

mod graph_block_unknown {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            block twice<F>(x) {
                let a = Dense<_, F, Relu>(x);
                output a;
            }
            input x: Input<100>;
            let h = twice<64>(x);
            output h;
        }
    }

    fn main() {}
}

mod graph_block_wrong_size {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            block twice<F>(x) {
                let a = Dense<_, F, Relu>(x);
                let b = Dense<64, 32>(a);
                output b;
            }
            input x: Input<100>;
            let h = twice<64>(x);
            let y = Dense<_, 1>(h);
            output y;
        }
    }

    fn main() {}
}

mod graph_channels {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input image: Input<28, 28, 1>;
            let h = Conv2D<1, 8, 3, Relu>(image);
            let k = MaxPooling2D<26>(h);
            output k;
        }
    }

    fn main() {}
}

mod graph_flatten_forgotten {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input image: Input<28, 28, 1>;
            let h = Conv2D<_, 8, 3, Relu>(image);
            let y = Dense<_, 10, Softmax>(Flatten(h));
            output y;
        }
    }

    fn main() {}
}

mod graph_flatten_forgotten_written {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input image: Input<28, 28, 1>;
            let y = Dense<784, 10, Softmax>(Flatten(image));
            output y;
        }
    }

    fn main() {}
}

mod graph_input_unknown {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x);
            output h;
        }
    }

    fn main() {}
}

mod graph_layer_unknown {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x);
            let y = Dense<_, 10>(h);
            output y;
        }
    }

    fn main() {}
}

mod graph_no_input {
    use keras_core::prelude::*;

    model! {
        pub struct Net { input x: Input<100>;
            let h = Dense<100, 64, Relu>(x);
            output h;
        }
    }

    fn main() {}
}

mod graph_no_output {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x);
        output h; }
    }

    fn main() {}
}

mod graph_nothing_given {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x);
            output h;
        }
    }

    fn main() {}
}

mod graph_output_unknown {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let hidden = Dense<_, 64, Relu>(x);
            output hidden;
        }
    }

    fn main() {}
}

mod graph_semicolon_missing {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x)
            ; output h;
        }
    }

    fn main() {}
}

mod graph_shared_not_applied {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            layer embed: Dense<_, 64, Relu>;
            let a = Dense<_, 3>(embed(x));
            output a;
        }
    }

    fn main() {}
}

mod graph_unknown_value {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input image: Input<28, 28, 1>;
            let flat = Flatten(image);
            let y = Dense<_, 10>(flat);
            output y;
        }
    }

    fn main() {}
}

mod graph_wrong_size {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let h = Dense<_, 64, Relu>(x);
            let side = Dense<_, 32>(x);
            let y = Dense<64, 1>(h);
            output y, side;
        }
    }

    fn main() {}
}

mod groups {
    use keras_core::prelude::*;

    sequential! { pub struct Channels< Input<8, 8, 8>, Conv2D<_, 12, 3, groups = 2> > }
    sequential! { pub struct Filters< Input<8, 8, 8>, Conv2D<8, 9, 3, groups = 1> > }
    sequential! { pub struct None< Input<8, 8, 8>, Conv2D<8, 8, 3, groups = 1> > }

    fn main() {}
}

mod image_flatten_forgotten {
    use keras_core::prelude::*;

    sequential! { pub struct Inferred< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Flatten, Dense<_, 10, Softmax> > }
    sequential! { pub struct Written< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Flatten, Dense<1352, 10, Softmax> > }
    sequential! { pub struct Wrong< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Flatten, Dense<1352, 10, Softmax> > }

    fn main() {}
}

mod image_input_missing {
    use keras_core::prelude::*;

    sequential! { pub struct Conv< Input<28, 28, 1>, Conv2D<1, 32, 3, Relu>, Flatten, Dense<_, 10> > }
    sequential! { pub struct Colours< Input<32, 32, 3>, Conv2D<3, 32, 3, Relu>, Flatten, Dense<_, 10> > }
    sequential! { pub struct Pool< Input<28, 28, 1>, MaxPooling2D<2>, Flatten, Dense<_, 10> > }

    fn main() {}
}

mod image_layer_unknown {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net<
            Input<32, 32, 3>,
            Conv2D<_, 8, 3>,
            MaxPooling2D<2>,
            AveragePooling2D,
            BatchNormalization,
            SpatialDropout2D<0.5>,
            MaxPooling2D,
            GlobalAveragePooling2D,
            Dense<8, 3>,
        >
    }

    fn main() {}
}

mod long_walk {
    use keras_core::prelude::*;

    const HIDDEN: usize = 7;

    sequential! {
        pub struct Net<
            Input<28, 28, 1>,
            Flatten,
            Dense<_, 128, Relu>,
            Dropout<0.5>,
            Dense<_, HIDDEN, Relu>,
            Dropout<0.5>,
            Dense<_, 32, Relu>,
            Reshape<4, 8>,
            Flatten,
            Dense<32, 10, Softmax>,
        >
    }

    fn main() {}
}

mod merge_unknown {
    use keras_core::prelude::*;

    model! {
        pub struct Net {
            input x: Input<100>;
            let a = Dense<_, 8>(x);
            let b = Dense<_, 8>(x);
            let both = Concatenate(a, b);
            let y = Dense<_, 1>(both);
            output y;
        }
    }

    fn main() {}
}

mod parallel_without_lists {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 16, Relu>, Parallel<Concatenate, [Dense<_, 8, Relu>], [Dense<_, 4>]>, Dense<_, 1> >
    }

    fn main() {}
}

mod parallel_wrong_size {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 16, Relu>, Parallel<Concatenate, [Dense<16, 8>], [Dense<_, 4>]>, Dense<12, 1> >
    }

    fn main() {}
}

mod path_of_the_core {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net<
            keras_core::layers::Dense<4, 5, keras_core::activations::Relu>,
            ::keras_core::prelude::Dense<5, 2>,
        >
    }

    fn main() {}
}

mod repeat_of_a_mistake {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 16, Relu>, Repeat<3, Dense<_, 16, Relu>>, Dense<_, 1> >
    }

    fn main() {}
}

mod repeat_without_a_number {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 16, Relu>, Repeat<3, Dense<_, 64, Relu>>, Dense<_, 1> >
    }

    fn main() {}
}

mod residual_empty {
    use keras_core::prelude::*;

    sequential! {
        pub struct Net< Dense<8, 16, Relu>, Residual<Dense<_, 16, Relu>>, Dense<_, 1> >
    }

    fn main() {}
}

mod strict {
    use keras_core::prelude::*;

    sequential! { pub struct Pool< Input<28, 27, 1>, Conv2D<_, 8, 2>, ZeroPadding2D<((0, 1), (0, 0))>, MaxPooling2D<2, strict = true>, Flatten, Dense<_, 3> > }
    sequential! { pub struct Conv< Input<28, 28, 1>, ZeroPadding2D<((0, 0), (0, 1))>, Conv2D<_, 8, 3, strides = (1, 2), strict = true> > }
    sequential! { pub struct Padded< Input<28, 28, 1>, ZeroPadding2D<((0, 2), (0, 2))>, Conv2D<_, 8, 3, strides = 3, padding = Same, strict = true> > }
    sequential! { pub struct Bare< Input<27, 28, 1>, ZeroPadding2D<((0, 1), (0, 0))>, MaxPooling2D<strict = true> > }

    fn main() {}
}

mod width {
    use keras_core::prelude::*;

    sequential! {
        pub struct Mlp<
            Dense<100, 64, Relu>,
            Dropout<0.5>,
            Dense<64, 1, Linear>,
        >
    }

    fn main() {
        let mut model = Mlp::<Cpu>::new(7);
        let y: Tensor<Rank1<1>> = model.predict(&[[0.5; 100]; 2]).unwrap();
        const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);
        const _: () = assert!(Mlp::<Cpu>::LAYERS.len() == 3);
        println!("{model:?} {:?}", y.to_vec());
    }
}

mod width_swapped {
    use keras_core::prelude::*;

    sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> > }

    fn main() {}
}

mod window_too_large {
    use keras_core::prelude::*;

    sequential! { pub struct Kernel< Input<28, 28, 1>, MaxPooling2D<8>, Conv2D<_, 8, 3, Relu>, Flatten, Dense<_, 3> > }
    sequential! { pub struct Pair< Input<28, 8, 1>, Conv2D<1, 8, (3, 8)> > }
    sequential! { pub struct Dilated< Input<8, 8, 1>, Conv2D<1, 8, 4, dilation_rate = 2> > }
    sequential! { pub struct Pool< Input<1, 1, 4>, MaxPooling2D<1> > }
    sequential! { pub struct Named< Input<4, 4, 4>, AveragePooling2D<pool_size = 4, strides = 1> > }

    fn main() {}
}

mod window_zero {
    use keras_core::prelude::*;

    sequential! { pub struct Conv< Input<8, 8, 8>, Conv2D<_, 8, 3, strides = 1>, Conv2D<_, 1, 3>, Conv2D<1, 8, 3>, Flatten, Dense<_, 3> > }
    sequential! { pub struct Kernel< Input<8, 8, 8>, Conv2D<_, 8, (3, 1)>, Conv2D<_, 8, 3, dilation_rate = 1> > }
    sequential! { pub struct Pool< Input<8, 8, 8>, MaxPooling2D<1>, AveragePooling2D<strides = (1, 1)>, UpSampling2D<1> > }

    fn main() {}
}

mod zero {
    use keras_core::prelude::*;

    sequential! { pub struct Mlp< Dense<100, 1, Relu>, Dense<1, 1> > }
    sequential! { pub struct Image< Input<28, 1, 1>, Flatten, Dense<_, 1> > }
    sequential! { pub struct Reshaped< Input<28>, Dense<28, 28>, Reshape<7, _> > }

    fn main() {}
}
