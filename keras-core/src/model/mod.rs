//! Models: what the macros make, and how their memory is laid out.

mod activity;
mod anchor;
mod architecture;
mod asked;
mod block;
mod frozen;
mod guard;
mod known;
mod merge;
mod node;
mod one_to_one;
mod outcome;
mod place;
mod plan;
pub(crate) mod ruled;
mod run;
mod store;
mod summary;

pub use activity::Activity;
pub use anchor::{Pick, Sel};
pub use architecture::{Architecture, Model, Outputs};
pub use asked::{
    along, channels, cropped, dilation, epsilon, expect, factor, fill, groups, half, hole, image, infer,
    joined, merged, momentum, nonzero, rate, reshape, side, strict, window,
};
pub use block::{
    Block, BlockNode, Label, RunBlock, block_backward, block_forward, block_info, block_init,
    block_operation, block_output, block_rules, check_block, labels, misfit,
};
pub use frozen::Frozen;
pub use guard::{Guard, Guarded, output};
pub use known::{Known, Number};
pub(crate) use merge::hand_out;
pub use node::{At, LayerInfo, Node, agree, check, dims, info};
pub use one_to_one::OneToOne;
pub use outcome::{NotClasses, NotLogits, Outcome, OutputKind};
pub use place::Place;
pub use plan::{
    Gradient, Group, INPUT, Layout, MOST_INPUTS, MOST_OUTPUTS, Output, Part, Parts, Plan, Row, Step, Wire,
    count, ends, group, plan, row, row_of, rows, starts, value,
};
pub use ruled::Ruled;
pub use run::{Backward, Forward, backward, forward};
pub(crate) use store::reserve;
pub use store::{Lane, Room, Rooms, Store, new_store};
pub use summary::Summary;
