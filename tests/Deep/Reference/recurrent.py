"""Writes recurrent.json: RNN, LSTM and GRU layers. python3 recurrent.py

Gates lie one below the other in the weights: input, forget, cell, output for LSTM; reset, update, new for GRU, where
n = tanh(W_in x + b_in + r ∘ (W_hn h + b_hn)) and h' = (1 - z) ∘ n + z ∘ h.
"""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from common import layer_case, write

FEATURES, HIDDEN, BATCH, TIME = 3, 4, 3, 5
cases = []


def run(module, x, h0=None, c0=None, lengths=None):
    """All outputs of the layer. With lengths, what lies beyond a row's length is not read, its outputs are zero, and the final states are the
    row's own last ones."""
    states = None if h0 is None else h0 if c0 is None else (h0, c0)
    if lengths is None:
        output, last = module(x, states)
    else:
        packed = pack_padded_sequence(x, lengths, batch_first=module.batch_first, enforce_sorted=False)
        output, last = module(packed, states)
        output, _ = pad_packed_sequence(output, batch_first=module.batch_first, total_length=x.shape[1 if module.batch_first else 0])
    h, c = last if isinstance(last, tuple) else (last, None)
    return {"output": output, "h_n": h} | ({} if c is None else {"c_n": c})


def add(kind, suffix, states=False, lengths=False, **options):
    layer, extra = kind
    options = {"input_size": FEATURES, "hidden_size": HIDDEN, "num_layers": 1, "bias": True, "batch_first": True, "bidirectional": False,
               **extra, **options}
    x = (BATCH, TIME, FEATURES) if options["batch_first"] else (TIME, BATCH, FEATURES)
    inputs = {"x": x}
    if states:
        first = (options["num_layers"] * (1 + options["bidirectional"]), BATCH, HIDDEN)
        inputs |= {"h0": first} | ({"c0": first} if layer == "LSTM" else {})
    if lengths:
        inputs["lengths"] = torch.tensor([3, 5, 1])
    name = "-".join([layer.lower()] + list(extra.values()) + ([suffix] if suffix else []))
    upstream = 0.02 if options.get("nonlinearity") == "relu" else 0.2
    cases.append(layer_case(name, layer, options, getattr(nn, layer)(**options), inputs, run, upstream=upstream))


for kind in [("RNN", {"nonlinearity": "tanh"}), ("RNN", {"nonlinearity": "relu"}), ("LSTM", {}), ("GRU", {})]:
    add(kind, "")
    add(kind, "states", states=True)
    add(kind, "lengths", lengths=True)
    add(kind, "two-layers", num_layers=2)
    add(kind, "bidirectional", bidirectional=True)
    add(kind, "bidirectional-lengths", bidirectional=True, lengths=True)
    add(kind, "two-layers-bidirectional-lengths-states", num_layers=2, bidirectional=True, lengths=True, states=True)
    add(kind, "time-first", batch_first=False)
    add(kind, "no-bias", bias=False)

write(__file__, cases=cases)
