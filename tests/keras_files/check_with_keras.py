"""Loads the models in `saved/` with Keras itself and compares what it predicts with what ours predict.

    pip install keras tensorflow      # or another backend, with KERAS_BACKEND=jax
    python tests/keras_files/check_with_keras.py

`saved/` is written by `KERAS_SAVED=overwrite cargo test --features keras-files --test keras_saved`. For each
model: NAME.keras is opened; a new model of its configuration, whose weights are others, reads NAME.weights.h5; both
predict on the inputs in NAME.safetensors, whose outputs are ours. The file that Keras saves of it is opened, too.
"""

import json
import os
import pathlib
import platform
import struct
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

TOLERANCE = 1e-5


def tensors(path, what):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header, found = json.loads(data[8 : 8 + length]), []
    while entry := header.get(f"{what}.{len(found)}"):
        start, end = entry["data_offsets"]
        numbers = np.frombuffer(data[8 + length + start : 8 + length + end], "<f4")
        found.append(numbers.reshape(entry["shape"]))
    return found


def worst(model, inputs, outputs):
    found = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    found = found if isinstance(found, (list, tuple)) else [found]
    assert [f.shape for f in found] == [o.shape for o in outputs], (found, outputs)
    return max(float(np.abs(f - o).max() / max(1, np.abs(o).max())) for f, o in zip(found, outputs))


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "saved"
    print(f"Keras {keras.__version__}, {keras.backend.backend()}, Python {platform.python_version()}")
    files, failed = sorted(folder.glob("*.keras")), 0
    assert files, f"{folder} has no .keras files"
    for path in files:
        data = path.with_suffix(".safetensors")
        inputs, outputs = tensors(data, "input"), tensors(data, "output")
        model = keras.models.load_model(path)
        errors = [worst(model, inputs, outputs)]
        other = model.__class__.from_config(model.get_config())
        other.set_weights([w + 1 for w in other.get_weights()])
        other.load_weights(path.with_suffix("").with_suffix(".weights.h5"))
        errors.append(worst(other, inputs, outputs))
        with tempfile.TemporaryDirectory() as temporary:
            again = pathlib.Path(temporary) / "again.keras"
            model.save(again)
            errors.append(worst(keras.models.load_model(again), inputs, outputs))
        kind, good = type(model).__name__, max(errors) <= TOLERANCE
        failed += not good
        print(f"{'ok ' if good else 'BAD'} {path.stem:12} {kind:11} {model.count_params():5} parameters,", end=" ")
        print(f"largest difference {max(errors):.1e}")
    print(f"{len(files) - failed} of {len(files)} predict the same, within {TOLERANCE}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
