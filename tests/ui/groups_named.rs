use keras_core::prelude::*;

const GROUPS: usize = 3;
const FILTERS: usize = 9;
const NONE: usize = 0;
sequential! { pub struct Channels< Input<8, 8, 8>, Conv2D<_, 12, 3, groups = GROUPS>, Flatten, Dense<_, 3> > }
sequential! { pub struct Filters< Input<8, 8, 8>, Conv2D<8, FILTERS, 3, groups = 2> > }
sequential! { pub struct Unknown< Input<8, 8, FILTERS>, Conv2D<_, 8, 3, groups = 4> > }
sequential! { pub struct None< Input<8, 8, 8>, Conv2D<8, 8, 3, groups = NONE> > }

fn main() {}

// mistakes: 4
