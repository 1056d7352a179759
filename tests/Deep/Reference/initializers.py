"""Writes initializers.json: gains, fans, bounds and standard deviations of the initialisers. python3 initializers.py

Nothing random is compared; the script itself checks each bound and deviation on what PyTorch draws.
"""

import math

import torch
from torch import nn
from torch.nn import init

from common import write

torch.manual_seed(1)
gains = [
    {"name": " ".join([function] + [str(p) for p in parameter]), "nonlinearity": function} | ({"param": parameter[0]} if parameter else {})
    | {"gain": init.calculate_gain(function, *parameter)}
    for function, *parameter in [
        ("linear",), ("conv1d",), ("conv2d",), ("sigmoid",), ("tanh",), ("relu",), ("leaky_relu", 0.01),
        ("leaky_relu", 0.2), ("leaky_relu", 1.0), ("selu",)]
]


def drawn(initializer, shape, bound=None, deviation=None, **options):
    """Draws until there are many numbers, and checks them against the bound or the deviation."""
    numbers = torch.cat([getattr(init, initializer)(torch.empty(shape), **options).flatten() for _ in range(1 + 100000 // math.prod(shape))])
    if bound is not None:
        assert numbers.abs().max() <= bound and numbers.abs().max() > 0.999 * bound
    if deviation is not None:
        assert abs(numbers.std() / deviation - 1) < 0.02


cases = []
for shape in [[5, 3], [4, 3, 5], [8, 4, 3, 3], [6, 2, 1, 5]]:
    fan_in, fan_out = init._calculate_fan_in_and_fan_out(torch.empty(shape))
    relu, leaky, tanh = init.calculate_gain("relu"), init.calculate_gain("leaky_relu", 0.2), init.calculate_gain("tanh")
    entries = [
        ("xavier_uniform_", {"gain": 1.0}, {"bound": math.sqrt(6 / (fan_in + fan_out))}),
        ("xavier_uniform_", {"gain": tanh}, {"bound": tanh * math.sqrt(6 / (fan_in + fan_out))}),
        ("xavier_normal_", {"gain": 1.0}, {"deviation": math.sqrt(2 / (fan_in + fan_out))}),
        ("kaiming_uniform_", {"mode": "fan_in", "nonlinearity": "relu"}, {"bound": relu * math.sqrt(3 / fan_in)}),
        ("kaiming_uniform_", {"mode": "fan_out", "nonlinearity": "relu"}, {"bound": relu * math.sqrt(3 / fan_out)}),
        ("kaiming_uniform_", {"mode": "fan_in", "nonlinearity": "leaky_relu", "a": 0.2}, {"bound": leaky * math.sqrt(3 / fan_in)}),
        ("kaiming_normal_", {"mode": "fan_in", "nonlinearity": "relu"}, {"deviation": relu / math.sqrt(fan_in)}),
        ("kaiming_normal_", {"mode": "fan_out", "nonlinearity": "relu"}, {"deviation": relu / math.sqrt(fan_out)}),
    ]
    for initializer, options, figure in entries:
        drawn(initializer, shape, **options, **figure)
        words = [f"{value:.4g}" if isinstance(value, float) else value for value in options.values()]
        label = " ".join([initializer, "x".join(map(str, shape))] + words)
        cases.append({"name": label, "initializer": initializer, "shape": shape, "fan_in": fan_in, "fan_out": fan_out, "options": options} | figure)

# What PyTorch's layers start with: the bound of uniform numbers, or the deviation of normal ones, for every parameter.
layers = []
for layer, options, figure in [
    ("Linear", {"in_features": 7, "out_features": 40000}, {"bound": 1 / math.sqrt(7)}),
    ("Conv1d", {"in_channels": 3, "out_channels": 20000, "kernel_size": 5}, {"bound": 1 / math.sqrt(15)}),
    ("Conv2d", {"in_channels": 4, "out_channels": 20000, "kernel_size": 3, "groups": 2}, {"bound": 1 / math.sqrt(18)}),
    ("RNN", {"input_size": 9, "hidden_size": 100}, {"bound": 1 / math.sqrt(100)}),
    ("LSTM", {"input_size": 9, "hidden_size": 100}, {"bound": 1 / math.sqrt(100)}),
    ("GRU", {"input_size": 9, "hidden_size": 100}, {"bound": 1 / math.sqrt(100)}),
    ("Embedding", {"num_embeddings": 5000, "embedding_dim": 8}, {"deviation": 1.0}),
]:
    for parameter in getattr(nn, layer)(**options).parameters():
        if "bound" in figure:
            assert 0.98 * figure["bound"] < parameter.abs().max() <= figure["bound"]
        else:
            assert abs(parameter.std() / figure["deviation"] - 1) < 0.02
    layers.append({"name": layer, "options": options} | figure)

write(__file__, gains=gains, cases=cases, layers=layers)
