use keras_core::prelude::*;

sequential! { pub struct Long< Input<8, 8, 8>, Conv2D<_, 8, (3, 3, 3)>, MaxPooling2D<strides = (1, 2, 2, 1)> > }
sequential! { pub struct Short< Input<8, 8, 8>, MaxPooling2D<(2)>, MaxPooling2D<()> > }
sequential! { pub struct Brackets< Input<8, 8, 8>, Conv2D<_, 8, [3, 5]> > }
sequential! { pub struct Parts< Input<8, 8, 8>, MaxPooling2D<(2, _)>, MaxPooling2D<(1.5, 2)>, MaxPooling2D<((1, 2), 3)> > }
sequential! { pub struct Sides< Input<8, 8, 8>, ZeroPadding2D<(1, 2, 3, 4)>, ZeroPadding2D<((1, 2), (3, 4, 5))> > }
sequential! { pub struct Sum< Input<8, 8, 8>, MaxPooling2D<(1 + 1, 2)> > }
sequential! { pub struct Shape< Input<(8, 8, 8)>, Flatten > }

fn main() {}

// mistakes: 12
