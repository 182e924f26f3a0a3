#!/usr/bin/env python3
"""Our optimizers, cross-entropy and AUC beside PyTorch's and Keras', as a table.

    python3 benches/optimizers.py --torch /path/to/venv-torch/bin/python --keras /path/to/venv-tf/bin/python
    python3 benches/optimizers.py --torch .. --threads 1,2 --only adam,lamb --rounds 3

Each program runs in turns with ours, `--rounds` times; the least time of each counts. An optimizer makes one
step over ten matrices of 1000 by 1000, by PyTorch's fused variant where there is one, else the foreach one.
Cross-entropy is softmax and its gradient over 1024 rows of 1000 classes; AUC has a million scores and 200
thresholds.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "sgd sgd_momentum rmsprop rmsprop_centered adam adam_amsgrad adamw adadelta adagrad adamax adafactor nadam "
    "ftrl lion lamb muon schedule_free_adamw"
).split()


def least(work, seconds=1.0, calls=3):
    """The least time of a call, in milliseconds: at least `calls` calls after one that does not count."""
    work()
    times, end = [], time.perf_counter() + seconds
    while len(times) < calls or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1e3


def torch_optimizer(name, torch, params):
    """PyTorch's optimizer of this name, and which variant it is."""
    optim = torch.optim
    fused, foreach = {"fused": True}, {"foreach": True}
    known = {
        "sgd": ("SGD", fused, {"lr": 0.01}),
        "sgd_momentum": ("SGD", fused, {"lr": 0.01, "momentum": 0.9}),
        "rmsprop": ("RMSprop", foreach, {"lr": 0.001, "alpha": 0.9}),
        "rmsprop_centered": ("RMSprop", foreach, {"lr": 0.001, "alpha": 0.9, "momentum": 0.9, "centered": True}),
        "adam": ("Adam", fused, {}),
        "adam_amsgrad": ("Adam", fused, {"amsgrad": True}),
        "adamw": ("AdamW", fused, {}),
        "adadelta": ("Adadelta", foreach, {"lr": 0.001}),
        "adagrad": ("Adagrad", fused, {"lr": 0.001}),
        "adamax": ("Adamax", foreach, {}),
        "adafactor": ("Adafactor", foreach, {}),
        "nadam": ("NAdam", foreach, {}),
        "muon": ("Muon", {}, {}),
    }
    if name not in known or not hasattr(optim, known[name][0]):
        return None, None
    of, variant, options = known[name]
    return getattr(optim, of)(params, **options, **variant), next(iter(variant), "plain")


def torch_worker(name, threads):
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if name == "crossentropy":
        x = (torch.rand(1024, 1000) * 10 - 5).requires_grad_()
        y = torch.arange(1024) * 37 % 1000

        def work():
            x.grad = None
            torch.nn.functional.cross_entropy(x, y).backward()

        return {"ms": least(work), "variant": "plain"}
    params = [torch.rand(1000, 1000, requires_grad=True) for _ in range(10)]
    for p in params:
        p.grad = torch.rand_like(p) * 2 - 1
    optimizer, variant = torch_optimizer(name, torch, params)
    return optimizer and {"ms": least(optimizer.step), "variant": variant}


def keras_worker(name, threads):
    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    import numpy as np
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    import keras

    numbers = np.random.default_rng(1)
    if name == "crossentropy":
        x = tf.constant(numbers.uniform(-5, 5, (1024, 1000)).astype("float32"))
        y = tf.constant(np.arange(1024) * 37 % 1000)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

        @tf.function
        def step():
            with tf.GradientTape() as tape:
                tape.watch(x)
                value = loss(y, x)
            return tape.gradient(value, x)

        return {"ms": least(lambda: step().numpy())}
    if name == "auc":
        scores = numbers.uniform(0, 1, 1_000_000).astype("float32")
        truth = (scores + numbers.uniform(-1, 1, scores.size) > 0.5).astype("float32")
        scores, truth = tf.constant(scores), tf.constant(truth)
        metric = keras.metrics.AUC()
        update = tf.function(lambda: metric.update_state(truth, scores))

        def work():
            metric.reset_state()
            update()
            return float(metric.result())

        return {"ms": least(work)}
    return None


def run(command, threads):
    """What a program prints, on as many cores as it may have threads."""
    cores = sorted(os.sched_getaffinity(0))[:threads] if hasattr(os, "sched_getaffinity") else None
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    environment = {**os.environ, "BENCH_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    done = subprocess.run(command, env=environment, preexec_fn=pin, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr[-2000:]}")
    return done.stdout


def worker(python, library, name, threads):
    if python is None:
        return None
    out = run([python, __file__, "--worker", library, name, str(threads)], threads)
    return json.loads(out.splitlines()[-1])


def ours(program, name, threads):
    """Our time in milliseconds, and for an optimizer that of the pass."""
    if name in NAMES:
        line = json.loads(run([program / "optimizers", name], threads))
        return line["step_ms"], line["pass_ms"], line["gigabytes"]
    line = {"crossentropy": r"sparse crossentropy from logits +([\d.]+) ms", "auc": r"ROC +([\d.]+) ms"}[name]
    out = run([program / {"crossentropy": "losses", "auc": "auc"}[name]], threads)
    return float(re.search(line, out)[1]), None, None


def row(arguments, name, threads):
    """A line of the table: the least times of all rounds."""
    times, rates, ratios, variant = {}, [], [], ""
    for _ in range(arguments.rounds):
        step, streamed, rate = ours(arguments.programs, name, threads)
        found = {"ours": step, "pass": streamed}
        if rate:
            rates.append(rate)
            ratios.append(step / streamed)
        for library in ("torch", "keras"):
            if library == "keras" and name in NAMES or library == "torch" and name == "auc":
                continue
            answer = worker(getattr(arguments, library), library, name, threads)
            if answer:
                found[library] = answer["ms"]
                variant = answer.get("variant", variant)
        for key, ms in found.items():
            if ms is not None:
                times[key] = min(ms, times.get(key, ms))
    cell = lambda key: f"{times[key]:.1f}" if key in times else "–"
    beside = [f"{times[key] / times['ours']:.2f} ({key} {variant if key == 'torch' else ''}".rstrip() + ")"
              for key in ("torch", "keras") if key in times]
    floor = f"{cell('pass')} ({max(rates):.1f} GB/s) | {min(ratios):.2f}" if ratios else "– | –"
    others = " / ".join(cell(key) for key in ("torch", "keras") if key in times) or "–"
    return f"| {name} | {threads} | {cell('ours')} | {floor} | {others} | {', '.join(beside) or '–'} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch", help="a Python that has PyTorch")
    parser.add_argument("--keras", help="a Python that has Keras and TensorFlow")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default=",".join([*NAMES, "crossentropy", "auc"]))
    parser.add_argument("--programs", type=Path, help="where our programs lie (default: they are built)")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        library, name, threads = arguments.worker
        print(json.dumps({"torch": torch_worker, "keras": keras_worker}[library](name, int(threads))))
        return
    if arguments.programs is None:
        bins = [word for name in ("optimizers", "losses", "auc") for word in ("--bin", name)]
        subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "benches", *bins], cwd=ROOT, check=True)
        arguments.programs = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release"
    print("| what | threads | ours, ms | the pass alone, ms | ours / pass | theirs, ms | times as fast |")
    print("|---|---|---|---|---|---|---|")
    for name in arguments.only.split(","):
        for threads in map(int, arguments.threads.split(",")):
            print(row(arguments, name, threads), flush=True)


if __name__ == "__main__":
    main()
