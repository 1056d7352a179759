"""Writes training.json: four small networks, each trained for twenty steps on the whole of its data. python3 training.py

losses[t] is the loss after t steps, losses[0] that of the given parameters; the loss is cross-entropy, its mean over all rows (over all positions of
the sequences for the LSTM). gradientNorms[t] is the norm of all gradients together in step t before they are clipped.
"""

import math

import torch
from torch import nn

from common import Values, given, tensor, tensors, write

STEPS = 20
cases = []


def start(module, values, gain):
    """Uniform numbers within gain / sqrt(fan in); normal ones for embeddings; gains of one and shifts of zero for normalisations."""
    with torch.no_grad():
        for part in module.modules():
            for name, parameter in part.named_parameters(recurse=False):
                if isinstance(part, nn.LayerNorm):
                    parameter.fill_(1.0 if name == "weight" else 0.0)
                elif isinstance(part, nn.Embedding):
                    parameter.copy_(values.normal(*parameter.shape))
                else:
                    fan = part.hidden_size if isinstance(part, nn.LSTM) else parameter[0].numel() if parameter.dim() > 1 else 8
                    bound = gain / math.sqrt(fan)
                    parameter.copy_(values.uniform(-bound, bound, *parameter.shape))


def train(name, network, module, inputs, optimizer, options, clip=None, gain=1.0, flatten=False):
    values = Values(name)
    start(module, values, gain)
    x, target = inputs(values)
    case = {"name": name, "network": network, "optimizer": optimizer, "options": options} | ({} if clip is None else {"clip_grad_norm": clip})
    case |= {"parameters": tensors(dict(module.named_parameters())), "inputs": {"x": tensor(x), "target": tensor(target)},
             "outputBefore": tensor(module(x))}

    def loss():
        output = module(x)
        return nn.functional.cross_entropy(output.flatten(0, 1), target.flatten()) if flatten else nn.functional.cross_entropy(output, target)

    stepper = getattr(torch.optim, optimizer)(module.parameters(), **options)
    losses, norms = [], []
    for _ in range(STEPS):
        stepper.zero_grad()
        current = loss()
        losses.append(current.detach())
        current.backward()
        norms.append(nn.utils.clip_grad_norm_(module.parameters(), math.inf if clip is None else clip).detach())
        stepper.step()
    losses.append(loss().detach())
    cases.append(case | {"losses": tensor(torch.stack(losses)), "gradientNorms": tensor(torch.stack(norms)), "outputAfter": tensor(module(x))})


adam = {"betas": (0.9, 0.999), "eps": 1e-8}


def points(values):
    """Three classes about three centres."""
    target = torch.arange(24) % 3
    centers = values.normal(3, 8)
    return given((centers[target] + values.normal(24, 8, scale=0.8)).numpy().round(3)), target


train("mlp", "Linear(8, 16), ReLU, Linear(16, 3)", nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3)), points, "Adam", {"lr": 0.02} | adam)


def images(values):
    """A bright square in one of three corners, on noise."""
    target = torch.arange(12) % 3
    x = values.uniform(0, 0.5, 12, 1, 8, 8)
    for row, corner in enumerate(target.tolist()):
        top, left = [(0, 0), (0, 5), (5, 2)][corner]
        x[row, 0, top:top + 3, left:left + 3] += 0.5
    return given(x.numpy().round(3)), target


train(
    "cnn", "Conv2d(1, 4, 3, padding 1), ReLU, MaxPool2d(2), Conv2d(4, 8, 3, padding 1), ReLU, MaxPool2d(2), Flatten, Linear(32, 3)",
    nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32, 3)),
    images, "SGD", {"lr": 0.05, "momentum": 0.9})


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10, 8)
        self.lstm = nn.LSTM(8, 12, batch_first=True)
        self.linear = nn.Linear(12, 10)

    def forward(self, x):
        return self.linear(self.lstm(self.embedding(x))[0])


def text(values):
    """Sequences of seven tokens; each position's target is the next token."""
    tokens = values.integers(0, 10, 4, 7)
    return tokens[:, :-1].contiguous(), tokens[:, 1:].contiguous()


train("lstm", "Embedding(10, 8), LSTM(8, 12), Linear(12, 10) at every position", LanguageModel(), text, "Adam", {"lr": 0.02} | adam, flatten=True)


class Classifier(nn.Module):
    """Blocks that normalise first, without a normalisation after the last."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(12, 16)
        block = dict(d_model=16, nhead=4, dim_feedforward=32, dropout=0.0, activation="gelu", layer_norm_eps=1e-5, norm_first=True, batch_first=True)
        self.blocks = nn.ModuleList([nn.TransformerEncoderLayer(**block) for _ in range(2)])
        self.linear = nn.Linear(16, 3)

    def forward(self, x):
        angles = torch.arange(x.shape[1])[:, None] * 10000.0 ** (-torch.arange(0, 16, 2) / 16)
        h = self.embedding(x) + torch.stack([angles.sin(), angles.cos()], -1).flatten(1)
        for block in self.blocks:
            h = block(h)
        return self.linear(h.mean(1))


def sentences(values):
    """The target is which of the tokens 0, 1, 2 the first token leaves when divided by three."""
    tokens = values.integers(0, 12, 8, 6)
    return tokens, tokens[:, 0] % 3


train(
    "transformer", "Embedding(12, 16) + sinusoidal positions, 2 x TransformerEncoderLayer(16, 4 heads, feed-forward 32, GELU, pre-norm), "
    "mean over positions, Linear(16, 3)", Classifier(), sentences, "AdamW", {"lr": 0.005, "weight_decay": 0.01} | adam, clip=1.0, gain=1.6)

write(__file__, cases=cases)
