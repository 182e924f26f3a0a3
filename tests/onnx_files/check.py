"""What ONNX Runtime makes of the models that we write, beside our predictions.

    python tests/onnx_files/check.py [FOLDER]

needs the packages onnx, onnxruntime, numpy and safetensors. FOLDER has NAME.onnx and NAME.safetensors, with
`input.0`, .. and `output.0`, ..; `tests/onnx_files/ours` if it is left out."""

import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

TOLERANCE = 1e-5


def check(path):
    """The largest difference, relative to max(1, the largest number)."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    tensors = load_file(path.with_suffix(".safetensors"))
    worst = 0.0
    # The batch is open: all samples at once, then the first alone.
    for samples in (None, 1):
        feeds = {x.name: tensors[f"input.{i}"][:samples] for i, x in enumerate(session.get_inputs())}
        for i, found in enumerate(session.run(None, feeds)):
            expected = tensors[f"output.{i}"][:samples]
            if found.shape != expected.shape:
                raise ValueError(f"output {i} is {found.shape} instead of {expected.shape}")
            worst = max(worst, np.abs(found - expected).max() / max(1.0, np.abs(expected).max()))
    if not worst <= TOLERANCE:
        raise ValueError(f"the outputs differ by {worst:.1e}")
    return worst, model.opset_import[0].version


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "ours"
    good, bad, worst = 0, 0, 0.0
    for path in sorted(folder.glob("*.onnx")):
        try:
            difference, opset = check(path)
            good, worst = good + 1, max(worst, difference)
            print(f"{path.stem}: opset {opset}, differs by {difference:.1e}")
        except Exception as problem:
            bad += 1
            print(f"{path.stem}: FAILED: {problem}")
    print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}: {good} good, {bad} bad, largest difference {worst:.1e}")
    sys.exit(bad > 0)


main()
