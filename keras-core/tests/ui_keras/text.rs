use keras_core::prelude::*;

keras_core::keras_model! { pub struct Net = "files/text.keras" }

fn main() {
    // Nothing else is reported.
    let net = Net::<Cpu>::pretrained().unwrap();
    let _ = net.summary();
}
