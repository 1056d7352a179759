"""Writes layers.json: linear, embedding, convolution, pooling, normalisation and activation layers. python3 layers.py"""

import torch
from torch import nn

from common import Values, layer_case, write

cases = []


def add(name, layer, options, inputs, module=None, **more):
    module = module or getattr(nn, layer)(**options)
    cases.append(layer_case(name, layer, options, module, inputs, **more))


# Linear: y = x Wᵀ + b over the last axis.
add("linear", "Linear", {"in_features": 4, "out_features": 3, "bias": True}, {"x": (5, 4)})
add("linear-no-bias", "Linear", {"in_features": 4, "out_features": 3, "bias": False}, {"x": (5, 4)})
add("linear-rank-3", "Linear", {"in_features": 3, "out_features": 5, "bias": True}, {"x": (2, 4, 3)})
add("linear-rank-3-no-bias", "Linear", {"in_features": 3, "out_features": 2, "bias": False}, {"x": (3, 2, 3)})
add("linear-one-row", "Linear", {"in_features": 7, "out_features": 1, "bias": True}, {"x": (1, 7)})


# Embedding: rows of the table; the padding row is zero and is never trained.
def zero_padding_row(module, values):
    with torch.no_grad():
        module.weight[module.padding_idx] = 0


tokens = torch.tensor([[3, 1, 0, 5], [1, 1, 4, 0]])
add("embedding", "Embedding", {"num_embeddings": 6, "embedding_dim": 3}, {"x": tokens})
add("embedding-padding", "Embedding", {"num_embeddings": 6, "embedding_dim": 3, "padding_idx": 0}, {"x": tokens}, prepare=zero_padding_row)
add("embedding-padding-inside", "Embedding", {"num_embeddings": 6, "embedding_dim": 4, "padding_idx": 1}, {"x": tokens}, prepare=zero_padding_row)


# Convolution (cross-correlation): x is batch × channels × length, or × height × width.
def convolution(name, inputs, dimensions, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True):
    options = {"in_channels": in_channels, "out_channels": out_channels, "kernel_size": kernel_size, "stride": stride, "padding": padding,
               "dilation": dilation}
    if dimensions == 2:
        options |= {key: [options[key]] * 2 for key in ("kernel_size", "stride", "padding", "dilation") if isinstance(options[key], int)}
    options |= {"groups": groups, "bias": bias}
    add(name, f"Conv{dimensions}d", options, {"x": inputs})


convolution("conv1d", (2, 2, 7), 1, 2, 3, 3)
convolution("conv1d-kernel-1", (2, 3, 5), 1, 3, 2, 1)
convolution("conv1d-stride-padding", (2, 3, 7), 1, 3, 2, 3, stride=2, padding=1)
convolution("conv1d-even-length-last-unused", (2, 2, 8), 1, 2, 3, 3, stride=2)
convolution("conv1d-dilation", (2, 2, 9), 1, 2, 3, 3, padding=2, dilation=2)
convolution("conv1d-groups", (2, 4, 6), 1, 4, 6, 3, padding=1, groups=2)
convolution("conv1d-depthwise", (2, 3, 6), 1, 3, 6, 2, groups=3)
convolution("conv1d-even-kernel-no-bias", (2, 3, 6), 1, 3, 4, 4, padding=2, bias=False)
convolution("conv1d-everything", (2, 4, 11), 1, 4, 4, 3, stride=3, padding=3, dilation=2, groups=2)

convolution("conv2d", (2, 2, 5, 6), 2, 2, 3, 3)
convolution("conv2d-padding", (2, 1, 4, 4), 2, 1, 4, 3, padding=1)
convolution("conv2d-kernel-1", (2, 3, 3, 4), 2, 3, 4, 1)
convolution("conv2d-stride-padding", (2, 2, 6, 7), 2, 2, 3, 3, stride=[2, 1], padding=[1, 0])
convolution("conv2d-even-size-last-unused", (2, 2, 6, 8), 2, 2, 2, 3, stride=2)
convolution("conv2d-dilation", (1, 2, 7, 8), 2, 2, 3, [3, 2], padding=[2, 1], dilation=[2, 3])
convolution("conv2d-groups", (2, 4, 4, 5), 2, 4, 6, 3, padding=1, groups=2)
convolution("conv2d-depthwise", (2, 3, 5, 4), 2, 3, 3, 3, padding=1, groups=3)
convolution("conv2d-rectangular-no-bias", (2, 2, 5, 6), 2, 2, 3, [2, 3], bias=False)
convolution("conv2d-even-kernel-no-bias", (2, 2, 5, 4), 2, 2, 3, 4, stride=2, padding=2, bias=False)
convolution("conv2d-everything", (1, 4, 7, 8), 2, 4, 6, [3, 2], stride=[2, 3], padding=[3, 1], dilation=[2, 1], groups=2)

# Pooling; a window that does not fit is left out.
for name, shape, options in [
    ("maxpool1d", (2, 3, 6), {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1}),
    ("maxpool1d-odd-length", (2, 2, 7), {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1}),
    ("maxpool1d-overlapping-padding", (2, 2, 7), {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1}),
    ("maxpool1d-dilation", (2, 2, 8), {"kernel_size": 3, "stride": 1, "padding": 1, "dilation": 2}),
]:
    add(name, "MaxPool1d", options, {"x": shape})
for name, shape, options in [
    ("maxpool2d", (2, 2, 4, 6), {"kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0], "dilation": [1, 1]}),
    ("maxpool2d-odd-size", (2, 2, 5, 7), {"kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0], "dilation": [1, 1]}),
    ("maxpool2d-overlapping-padding", (2, 2, 6, 5), {"kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1], "dilation": [1, 1]}),
    ("maxpool2d-rectangular", (1, 3, 6, 7), {"kernel_size": [2, 3], "stride": [1, 2], "padding": [0, 1], "dilation": [1, 1]}),
]:
    add(name, "MaxPool2d", options, {"x": shape}, scale=5)  # far apart: no two numbers of a window are equal
for name, shape, options in [
    ("avgpool1d", (2, 3, 6), {"kernel_size": 2, "stride": 2, "padding": 0, "count_include_pad": True}),
    ("avgpool1d-overlapping-padding", (2, 2, 7), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": True}),
    ("avgpool1d-padding-not-counted", (2, 2, 7), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
]:
    add(name, "AvgPool1d", options, {"x": shape})
for name, shape, options in [
    ("avgpool2d", (2, 2, 4, 6), {"kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0], "count_include_pad": True}),
    ("avgpool2d-odd-size", (2, 2, 5, 7), {"kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0], "count_include_pad": True}),
    ("avgpool2d-overlapping-padding", (2, 2, 6, 5), {"kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1], "count_include_pad": True}),
    ("avgpool2d-padding-not-counted", (2, 2, 6, 5), {"kernel_size": [3, 2], "stride": [2, 1], "padding": [1, 1], "count_include_pad": False}),
]:
    add(name, "AvgPool2d", options, {"x": shape})
add("global-avgpool1d", "AdaptiveAvgPool1d", {"output_size": 1}, {"x": (2, 3, 5)})
add("global-avgpool2d", "AdaptiveAvgPool2d", {"output_size": 1}, {"x": (2, 3, 4, 5)})


# Batch normalisation: by the batch's (biased) variance in training, by the running figures otherwise; the running variance is unbiased.
def batch_norm(name, shape, momentum=0.1, training=True, affine=True):
    layer = "BatchNorm2d" if len(shape) == 4 else "BatchNorm1d"
    options = {"num_features": shape[1], "eps": 1e-5, "momentum": momentum, "affine": affine}
    module = getattr(nn, layer)(**options).train(training)

    def start(module, values):
        module.running_mean.copy_(values.normal(shape[1], scale=0.5))
        module.running_var.copy_(values.uniform(0.5, 2, shape[1]))

    add(name, layer, options | {"training": training}, {"x": shape}, module, prepare=start)


for name, shape in [("rank-2", (5, 3)), ("rank-3", (3, 2, 4)), ("rank-4", (2, 3, 3, 2))]:
    batch_norm(f"batchnorm-{name}", shape)
    batch_norm(f"batchnorm-{name}-evaluation", shape, training=False)
batch_norm("batchnorm-rank-2-momentum", (6, 4), momentum=0.35)
batch_norm("batchnorm-rank-4-momentum", (3, 2, 2, 4), momentum=0.5)
batch_norm("batchnorm-rank-4-no-parameters", (2, 3, 3, 3), affine=False)


class RMSNorm(nn.Module):
    """y = x / sqrt(mean(x²) + eps) · g over the last axis (Zhang and Sennrich 2019)."""

    def __init__(self, normalized_shape, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(normalized_shape))
        self.eps = eps

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.eps) * self.weight


for name, shape, options in [
    ("layernorm", (4, 6), {"normalized_shape": [6], "eps": 1e-5, "elementwise_affine": True}),
    ("layernorm-rank-3", (2, 3, 5), {"normalized_shape": [5], "eps": 1e-5, "elementwise_affine": True}),
    ("layernorm-large-epsilon", (3, 4), {"normalized_shape": [4], "eps": 0.1, "elementwise_affine": True}),
    ("layernorm-no-parameters", (3, 5), {"normalized_shape": [5], "eps": 1e-5, "elementwise_affine": False}),
    ("layernorm-two-axes", (2, 3, 4), {"normalized_shape": [3, 4], "eps": 1e-5, "elementwise_affine": True}),
]:
    add(name, "LayerNorm", options, {"x": shape})
for name, shape, options in [
    ("rmsnorm", (4, 6), {"normalized_shape": [6], "eps": 1e-6}),
    ("rmsnorm-rank-3", (2, 3, 5), {"normalized_shape": [5], "eps": 1e-5}),
    ("rmsnorm-large-epsilon", (3, 4), {"normalized_shape": [4], "eps": 0.1}),
]:
    add(name, "RMSNorm", options, {"x": shape}, RMSNorm(**options))

# Activations.
for name, layer, options, scale in [
    ("relu", "ReLU", {}, 2),
    ("leaky-relu", "LeakyReLU", {"negative_slope": 0.01}, 2),
    ("leaky-relu-0.2", "LeakyReLU", {"negative_slope": 0.2}, 2),
    ("gelu", "GELU", {"approximate": "none"}, 2),
    ("gelu-tanh", "GELU", {"approximate": "tanh"}, 2),
    ("silu", "SiLU", {}, 2),
    ("sigmoid", "Sigmoid", {}, 2),
    ("sigmoid-large", "Sigmoid", {}, 15),
    ("tanh", "Tanh", {}, 1.5),
    ("tanh-large", "Tanh", {}, 15),
    ("softmax", "Softmax", {"dim": -1}, 1.5),
    ("softmax-large", "Softmax", {"dim": -1}, 40),
    ("logsoftmax", "LogSoftmax", {"dim": -1}, 1.5),
    ("logsoftmax-large", "LogSoftmax", {"dim": -1}, 40),
    ("softplus", "Softplus", {"beta": 1, "threshold": 20}, 2),
    ("softplus-large", "Softplus", {"beta": 1, "threshold": 20}, 30),
    ("elu", "ELU", {"alpha": 1.0}, 2),
    ("elu-alpha", "ELU", {"alpha": 0.5}, 2),
]:
    add(name, layer, options, {"x": (2, 3, 5)}, scale=scale)

write(__file__, cases=cases)
