//! Writes the files that the fuzzers begin with: `cargo run --bin seeds`, in the folder `fuzz`.

use std::fs;
use std::path::Path;

use keras_core::data::write_npy;
use keras_core::ndarray::array;
use keras_core::prelude::*;
use keras_core::training::callbacks::SaveFreq;

sequential! { struct Net< Dense<1, 2, Tanh>, Dense<_, 1> > }
sequential! { struct Convnet< Input<4, 4, 1>, Conv2D<_, 2, 3, padding = Same>, BatchNormalization, MaxPooling2D<2>, UpSampling2D, ZeroPadding2D<1>, GlobalAveragePooling2D, Dense<_, 2, Softmax> > }

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seeds = Path::new("seeds");
    for target in ["weights", "checkpoint", "idx", "csv", "npy", "keras", "onnx"] {
        fs::create_dir_all(seeds.join(target))?;
    }
    let mut net = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    net.save_weights(seeds.join("weights/plain"))?;
    net.save(seeds.join("checkpoint/new"))?;
    for (name, freq) in [("epoch", SaveFreq::Epoch), ("batch", SaveFreq::Batches(1))] {
        let file = seeds.join("checkpoint").join(format!("{name}.safetensors"));
        let backup = BackupAndRestore::new(&file).save_freq(freq).delete_checkpoint(false);
        let stop = EarlyStopping::default().monitor("loss").restore_best_weights(true);
        let fit = Fit::epochs(1).batch_size(1).verbose(Verbose::Silent).callback(backup).callback(stop);
        net.fit(&[[0.5], [0.25]], &[[1.0], [0.0]], fit)?;
        fs::copy(&file, seeds.join("weights").join(name))?;
    }
    fs::write(seeds.join("idx/bytes"), [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])?;
    fs::write(seeds.join("csv/table"), "a,b\n1,x\n\"2\",\n")?;
    write_npy(seeds.join("npy/singles"), &array![[1.0_f32, 2.0], [3.0, 4.0]])?;
    write_npy(seeds.join("npy/doubles"), &array![[1.0_f64], [3.0]])?;
    Net::<Cpu>::new(1).save_onnx(seeds.join("onnx/dense"))?;
    Convnet::<Cpu>::new(1).save_onnx(seeds.join("onnx/images"))?;
    keras(&seeds.join("keras"))
}

/// Files that Keras wrote, and the configurations in them.
fn keras(seeds: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new("../tests/keras_files");
    let files = ["files/mlp.h5", "files/mlp.weights.h5", "files/mlp.keras", "files/autoencoder.h5"];
    let layers = ["layers/BatchNormalization_00.keras", "layers/Dropout_00.keras", "layers/GRU_00.keras"];
    for file in files.into_iter().chain(layers).filter(|file| folder.join(file).exists()) {
        fs::copy(folder.join(file), seeds.join(file.replace('/', "_")))?;
    }
    for file in ["files/autoencoder.keras", "files/resnet.keras", "layers/Conv2D_05.keras"] {
        let config = keras_files::File::open(folder.join(file))?.config().map(ToString::to_string);
        fs::write(seeds.join(file.replace('/', "_") + ".json"), config.unwrap_or_default())?;
    }
    Ok(())
}
