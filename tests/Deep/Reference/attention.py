"""Writes attention.json: attention, positional encodings and transformer blocks. python3 attention.py

A mask is 1 where attention is forbidden: attn_mask is query × key, key_padding_mask batch × key. All inputs are
batch × time × features. Each case of attention also has its attentionWeights: batch × query × key, or batch × heads × query × key.
"""

import math

import torch
from torch import nn

from common import layer_case, tensor, write

UPSTREAM = 0.03
cases = []


def causal(size):
    return torch.triu(torch.ones(size, size), 1).bool()


PADDING = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0], [0, 0, 0, 0, 1]]).bool()  # three rows of five


def masked(scores, attn_mask=None, key_padding_mask=None):
    if attn_mask is not None:
        scores = scores.masked_fill(attn_mask, -math.inf)
    if key_padding_mask is not None:
        scores = scores.masked_fill(key_padding_mask[:, None, :], -math.inf)
    return scores


def attention_case(name, layer, options, module, inputs):
    """A module that gives the output and the weights of attention."""
    cases.append(layer_case(
        name, layer, options, module, inputs,
        call=lambda module, **inputs: module(**inputs)[0],
        upstream=UPSTREAM,
        extra=lambda module, **inputs: {"attentionWeights": tensor(module(**inputs)[1])}))


class AdditiveAttention(nn.Module):
    """score(q, k) = vᵀ tanh(W q + U k); the output is the values' mean by softmax of the scores over the keys (Bahdanau et al. 2015)."""

    def __init__(self, query_size, key_size, hidden_size):
        super().__init__()
        self.W = nn.Parameter(torch.empty(hidden_size, query_size))
        self.U = nn.Parameter(torch.empty(hidden_size, key_size))
        self.v = nn.Parameter(torch.empty(hidden_size))

    def forward(self, query, key, value, key_padding_mask=None):
        hidden = torch.tanh((query @ self.W.T)[:, :, None, :] + (key @ self.U.T)[:, None, :, :])
        weights = torch.softmax(masked(hidden @ self.v, key_padding_mask=key_padding_mask), -1)
        return weights @ value, weights


class ScaledDotProductAttention(nn.Module):
    """softmax(Q Kᵀ / sqrt(d)) V."""

    def forward(self, query, key, value, attn_mask=None, key_padding_mask=None):
        scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
        weights = torch.softmax(masked(scores, attn_mask, key_padding_mask), -1)
        return weights @ value, weights


options = {"query_size": 3, "key_size": 4, "hidden_size": 5}
free = {"query": (3, 2, 3), "key": (3, 5, 4), "value": (3, 5, 2)}
attention_case("additive", "AdditiveAttention", options, AdditiveAttention(**options), free)
attention_case("additive-padding", "AdditiveAttention", options, AdditiveAttention(**options), free | {"key_padding_mask": PADDING})

free = {"query": (3, 4, 3), "key": (3, 5, 3), "value": (3, 5, 2)}
square = {"query": (3, 5, 4), "key": (3, 5, 4), "value": (3, 5, 4)}
for name, inputs in [
    ("dot-product", free),
    ("dot-product-causal", square | {"attn_mask": causal(5)}),
    ("dot-product-padding", free | {"key_padding_mask": PADDING}),
    ("dot-product-causal-padding", square | {"attn_mask": causal(5), "key_padding_mask": PADDING}),
]:
    attention_case(name, "ScaledDotProductAttention", {}, ScaledDotProductAttention(), inputs)


class SelfOrCross(nn.MultiheadAttention):
    """x attends to memory, or to itself."""

    def forward(self, x, memory=None, attn_mask=None, key_padding_mask=None):
        memory = x if memory is None else memory
        return super().forward(x, memory, memory, attn_mask=attn_mask, key_padding_mask=key_padding_mask, average_attn_weights=False)


for name, changes, inputs in [
    ("multihead-self", {}, {"x": (3, 5, 6)}),
    ("multihead-self-one-head", {"num_heads": 1}, {"x": (3, 5, 6)}),
    ("multihead-self-no-bias", {"bias": False}, {"x": (3, 5, 6)}),
    ("multihead-self-causal", {}, {"x": (3, 5, 6), "attn_mask": causal(5)}),
    ("multihead-self-padding", {"num_heads": 2}, {"x": (3, 5, 6), "key_padding_mask": PADDING}),
    ("multihead-self-causal-padding", {}, {"x": (3, 5, 6), "attn_mask": causal(5), "key_padding_mask": PADDING}),
    ("multihead-cross", {}, {"x": (3, 4, 6), "memory": (3, 5, 6)}),
    ("multihead-cross-padding", {"num_heads": 2}, {"x": (3, 4, 6), "memory": (3, 5, 6), "key_padding_mask": PADDING}),
]:
    options = {"embed_dim": 6, "num_heads": 3, "bias": True, "batch_first": True} | changes
    attention_case(name, "MultiheadAttention", options, SelfOrCross(**options), inputs)


class SinusoidalPositions(nn.Module):
    """Adds PE(p, 2i) = sin(p / 10000^(2i/d)), PE(p, 2i+1) = cos(p / 10000^(2i/d)) (Vaswani et al. 2017)."""

    def forward(self, x):
        time, d = x.shape[-2:]
        angles = torch.arange(time)[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
        return x + torch.stack([angles.sin(), angles.cos()], -1).reshape(time, d)


class LearnedPositions(nn.Module):
    """Adds the table's row of the position."""

    def __init__(self, max_length, d):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(max_length, d))

    def forward(self, x):
        return x + self.weight[: x.shape[-2]]


class RotaryPositions(nn.Module):
    """Turns the pair (2i, 2i+1) at position p by the angle p θ_i, θ_i = 10000^(-2i/d) (Su et al. 2021)."""

    def __init__(self, offset):
        super().__init__()
        self.offset = offset

    def forward(self, x):
        time, d = x.shape[-2:]
        angles = (self.offset + torch.arange(time))[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
        even, odd = x[..., 0::2], x[..., 1::2]
        turned = torch.stack([even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos()], -1)
        return turned.reshape(x.shape)


sinusoid = {"formula": "x + PE, PE(p,2i) = sin(p/10000^(2i/d)), PE(p,2i+1) = cos(p/10000^(2i/d))"}
rotation = "pair (2i,2i+1) at position p = offset + row turned by p*theta_i, theta_i = 10000^(-2i/d)"
cases += [
    layer_case("positions-sinusoidal", "SinusoidalPositions", sinusoid, SinusoidalPositions(), {"x": (2, 6, 8)}),
    layer_case("positions-sinusoidal-long", "SinusoidalPositions", sinusoid, SinusoidalPositions(), {"x": (1, 33, 6)}),
    layer_case("positions-learned", "LearnedPositions", {"max_length": 7, "d": 4}, LearnedPositions(7, 4), {"x": (2, 5, 4)}),
    layer_case("positions-rotary", "RotaryPositions", {"offset": 0, "formula": rotation}, RotaryPositions(0), {"x": (2, 6, 8)}),
    layer_case("positions-rotary-heads", "RotaryPositions", {"offset": 0, "formula": rotation}, RotaryPositions(0), {"x": (2, 3, 5, 4)}),
    layer_case("positions-rotary-offset", "RotaryPositions", {"offset": 3, "formula": rotation}, RotaryPositions(3), {"x": (2, 5, 6)}),
]

# Transformer blocks. norm_first normalises before attention and feed-forward instead of after.
BLOCK = {"d_model": 8, "nhead": 2, "dim_feedforward": 12, "dropout": 0.0, "layer_norm_eps": 1e-5, "batch_first": True}


def block_case(name, layer, changes, inputs, module=None):
    options = BLOCK | changes
    module = module or getattr(nn, layer)(**options)
    cases.append(layer_case(name, layer, options, module, inputs, call=lambda module, **inputs: module(**inputs), upstream=UPSTREAM))


for norm in ("post", "pre"):
    for activation in ("relu", "gelu"):
        changes = {"activation": activation, "norm_first": norm == "pre"}
        block_case(f"encoder-{norm}-norm-{activation}", "TransformerEncoderLayer", changes, {"src": (2, 4, 8)})
pre, post = {"activation": "gelu", "norm_first": True}, {"activation": "relu", "norm_first": False}
source = {"src": (3, 5, 8), "src_key_padding_mask": PADDING}
block_case("encoder-pre-norm-causal", "TransformerEncoderLayer", pre, {"src": (2, 4, 8), "src_mask": causal(4)})
block_case("encoder-pre-norm-padding", "TransformerEncoderLayer", pre, source)
block_case("encoder-post-norm-padding", "TransformerEncoderLayer", post, source)

for norm, changes in [("post", post), ("pre", pre)]:
    block_case(f"decoder-{norm}-norm", "TransformerDecoderLayer", changes, {"tgt": (2, 3, 8), "memory": (2, 4, 8)})
    block_case(f"decoder-{norm}-norm-causal-padding", "TransformerDecoderLayer", changes, {
        "tgt": (3, 4, 8), "memory": (3, 5, 8), "tgt_mask": causal(4), "memory_key_padding_mask": PADDING})

layers = {"num_layers": 2, "norm": "LayerNorm"}
for name, changes, inputs in [
    ("encoder-stack-pre-norm", pre, {"src": (2, 4, 8)}),
    ("encoder-stack-post-norm-padding", post, {"src": (3, 5, 8), "src_key_padding_mask": PADDING}),
]:
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(**(BLOCK | changes)), 2, nn.LayerNorm(8), enable_nested_tensor=False)
    block_case(name, "TransformerEncoder", changes | layers, inputs, stack)

write(__file__, cases=cases)
