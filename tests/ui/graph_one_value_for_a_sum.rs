use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Add(x);
        output h;
    }
}

fn main() {}
