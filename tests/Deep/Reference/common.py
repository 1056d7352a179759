"""What the scripts share: given numbers, one layer's figures, and the compact file they go to.

Every given number is a single-precision one with few decimals. PyTorch then works in double precision, and the figures are rounded to single
precision only when written: they do not depend on the processor or on the order of a sum, and differ from a single-precision engine by that
engine's own rounding alone.
"""

import copy
import json
import pathlib
import platform
import zlib

import numpy as np
import torch
from torch import nn

PRECISION = torch.float64
RATE = 0.05  # of the ten steps of plain gradient descent
STEPS = 10

torch.set_default_dtype(PRECISION)
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


class Values:
    """Given numbers: a stream of its own for every name, so that a new case leaves the others as they are."""

    def __init__(self, name):
        self.random = np.random.RandomState(zlib.crc32(name.encode()))

    def normal(self, *shape, scale=1.0, center=0.0):
        """Normal numbers of three decimals, none of them zero (where ReLU has no derivative)."""
        drawn = np.round(center + scale * self.random.standard_normal(shape), 3)
        return given(np.where(drawn == 0, 0.001, drawn))

    def uniform(self, low, high, *shape):
        return given(np.round(self.random.uniform(low, high, shape), 3))

    def integers(self, low, high, *shape):
        return torch.from_numpy(self.random.randint(low, high, shape))


def given(values):
    """The numbers as single precision holds them, in the precision of the calculation."""
    return torch.from_numpy(np.asarray(values, dtype=np.float32)).to(PRECISION)


def tensor(values):
    """Shape and flat data, row-major: single-precision numbers in their shortest decimals, whole numbers and masks as such."""
    values = values.detach()
    if not values.is_floating_point():
        return {"shape": list(values.shape), "data": values.to(torch.int64).flatten().tolist()}

    single = values.to(torch.float64).numpy().astype(np.float32).flatten()
    assert np.isfinite(single).all()
    single[np.abs(single) < 1e-12] = 0  # a sum that is zero but for rounding
    return {"shape": list(values.shape), "data": [float(str(number)) for number in single]}


def tensors(named):
    return {name: tensor(values) for name, values in named.items()}


def fill(module, values, scale=0.4):
    """Gives every parameter drawn numbers: the gains of normalisations about 1, all others about 0."""
    norms = (nn.modules.batchnorm._BatchNorm, nn.LayerNorm)
    with torch.no_grad():
        for part in module.modules():
            gains = isinstance(part, norms) or type(part).__name__ == "RMSNorm"
            for name, parameter in part.named_parameters(recurse=False):
                center = 1.0 if gains and name == "weight" else 0.0
                parameter.copy_(values.normal(*parameter.shape, scale=scale, center=center))


def state(module):
    """The figures that a layer keeps beside its parameters, without its counters."""
    return {name: buffer for name, buffer in module.named_buffers() if buffer.is_floating_point()}


def gradients(module):
    return {name: parameter.grad for name, parameter in module.named_parameters()}


def layer_case(name, layer, options, module, inputs, call=None, prepare=None, scale=1.0, upstream=1.0, extra=None):
    """One layer's figures.

    inputs: by name, a shape to draw normal numbers of (times scale), or the tensor itself. upstream: the scale of the output's gradient; small
        for deep layers, since the objective, linear in the output, has no minimum and ten large steps would explode.
    call: the module and the inputs to one output, or to several by name; the module applied to the inputs in order unless given.
    prepare: changes the module once its parameters are drawn. extra: further figures, from the module and the inputs.
    """
    values = Values(name)
    fill(module, values)
    if prepare is not None:
        prepare(module, values)

    inputs = {key: value if torch.is_tensor(value) else values.normal(*value, scale=scale) for key, value in inputs.items()}
    call = call or (lambda module, **inputs: module(*inputs.values()))
    case = {"name": name, "layer": layer, "options": options, "parameters": tensors(dict(module.named_parameters()))}
    if state(module):
        case["state"] = tensors(state(module))
    case["inputs"] = tensors(inputs)
    trained = copy.deepcopy(module)

    variables = {key: value.clone().requires_grad_() for key, value in inputs.items() if value.is_floating_point()}
    output = call(module, **(inputs | variables))
    several = isinstance(output, dict)
    outputs = output if several else {"output": output}
    given_gradient = {key: values.normal(*value.shape, scale=upstream) for key, value in outputs.items()}

    def objective(outputs):
        return sum((outputs[key] * given_gradient[key]).sum() for key in given_gradient)

    objective(outputs).backward()
    case["output"] = tensors(outputs) if several else tensor(output)
    case["outputGradient"] = tensors(given_gradient) if several else tensor(given_gradient["output"])
    case["inputGradients"] = tensors({key: value.grad for key, value in variables.items()})
    case["parameterGradients"] = tensors(gradients(module))
    if "state" in case:
        case["stateAfter"] = tensors(state(module))

    if case["parameters"]:
        optimizer = torch.optim.SGD(trained.parameters(), lr=RATE)
        for _ in range(STEPS):
            optimizer.zero_grad()
            output = call(trained, **inputs)
            objective(output if several else {"output": output}).backward()
            optimizer.step()
        assert all(parameter.abs().max() < 10 for parameter in trained.parameters()), f"{name}: the ten steps explode"
    case["afterTenSteps"] = tensors(dict(trained.named_parameters()))
    return case | (extra(module, **inputs) if extra else {})


def write(script, **sections):
    """Writes the JSON file beside the script: the versions, then a line for every case."""
    versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}
    parts = [f"{json.dumps(key)}:{json.dumps(value)}" for key, value in versions.items()]
    for key, cases in sections.items():
        names = [case["name"] for case in cases]
        assert len(set(names)) == len(names), "a name is given twice"
        lines = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases)
        parts.append(f"{json.dumps(key)}:[\n{lines}\n]")
    pathlib.Path(script).with_suffix(".json").write_text("{" + ",\n".join(parts) + "}\n", newline="\n")
