"""Writes losses.json: every loss, and its gradient by each input that is a prediction. python3 losses.py"""

import torch
from torch import nn

from common import Values, given, tensor, tensors, write

cases = []


def add(name, loss, options, inputs, gradients=("input",), module=None):
    """inputs: a function of the case's values to the named tensors; gradients: the names of those that the loss is derived by."""
    module = module or getattr(nn, loss)(**options)
    inputs = inputs(Values(name))
    variables = {key: inputs[key].clone().requires_grad_() for key in gradients}
    output = module(*(inputs | variables).values())
    output.backward()
    cases.append({
        "name": name,
        "loss": loss,
        "options": {key: tensor(value) if torch.is_tensor(value) else value for key, value in options.items()},
        "inputs": tensors(inputs),
        "output": tensor(output),
        "inputGradients": tensors({key: value.grad for key, value in variables.items()}),
    })


def regression(values):
    return {"input": values.normal(4, 3), "target": values.normal(4, 3)}


mean = {"reduction": "mean"}
add("mse", "MSELoss", mean, regression)
add("l1", "L1Loss", mean, regression)
add("huber", "HuberLoss", mean | {"delta": 1.0}, regression)
add("huber-delta-0.5", "HuberLoss", mean | {"delta": 0.5}, regression)


# Cross-entropy of logits. With class weights the mean is divided by the sum of the targets' weights, with ignored rows by the rows that count;
# smoothing s takes (1 - s) of the target's term and s / classes of each class's own term, each with that class's weight.
def classes(values):
    return {"input": values.normal(6, 4, scale=1.5), "target": torch.tensor([2, 0, 3, 1, 2, 0])}


def ignoring(values):
    return classes(values) | {"target": torch.tensor([2, -100, 3, 1, -100, 0])}


weight = {"weight": given([0.7, 1.9, 0.4, 1.3])}
smooth = {"label_smoothing": 0.1}
for name, options, inputs in [
    ("cross-entropy", {}, classes),
    ("cross-entropy-smoothing", smooth, classes),
    ("cross-entropy-weights", weight, classes),
    ("cross-entropy-weights-smoothing", weight | smooth, classes),
    ("cross-entropy-ignore", {}, ignoring),
    ("cross-entropy-ignore-weights", weight, ignoring),
    ("cross-entropy-ignore-weights-smoothing", weight | smooth, ignoring),
]:
    add(name, "CrossEntropyLoss", mean | {"ignore_index": -100, "label_smoothing": 0.0} | options, inputs)
add("cross-entropy-large", "CrossEntropyLoss", mean | {"ignore_index": -100, "label_smoothing": 0.0}, lambda values: {
    "input": values.normal(3, 4, scale=60), "target": torch.tensor([1, 3, 0])})


# Binary cross-entropy; targets may lie between 0 and 1.
def logits(values):
    return {"input": values.normal(5, 2, scale=2), "target": given([[1, 0], [0, 1], [1, 1], [0.3, 0], [0.85, 1]])}


add("bce-logits", "BCEWithLogitsLoss", mean, logits)
add("bce-logits-pos-weight", "BCEWithLogitsLoss", mean | {"pos_weight": given([2.5, 0.6])}, logits)
add("bce-logits-large", "BCEWithLogitsLoss", mean, lambda values: {
    "input": values.normal(6, scale=60), "target": given([1, 0, 1, 0, 1, 0])})
add("bce", "BCELoss", mean, lambda values: logits(values) | {"input": values.uniform(0.02, 0.98, 5, 2)})


class HingeLoss(nn.Module):
    """mean(max(0, 1 - y f)), y in {-1, 1}."""

    def forward(self, input, target):
        return torch.relu(1 - target * input).mean()


add("hinge", "HingeLoss", {"formula": "mean(max(0, 1 - y f)), y in {-1, 1}"}, lambda values: {
    "input": values.normal(8, scale=1.5), "target": given([1, -1, -1, 1, 1, -1, 1, -1])}, module=HingeLoss())
add("multi-margin", "MultiMarginLoss", mean | {"p": 1, "margin": 1.0}, classes)
add("multi-margin-half", "MultiMarginLoss", mean | {"p": 1, "margin": 0.5}, classes)
add("multi-margin-squared", "MultiMarginLoss", mean | {"p": 2, "margin": 1.0}, classes)


# Kullback-Leibler divergence of log-probabilities from probabilities: the sum of target (log target - input), by the batch's rows.
def distributions(values):
    target = torch.softmax(values.normal(4, 5), -1)
    return {"input": given(torch.log_softmax(values.normal(4, 5), -1)), "target": given(target)}


def with_zeros(values):
    drawn = distributions(values)
    return drawn | {"target": given(torch.where(drawn["target"] < 0.15, 0.0, drawn["target"]))}


add("kl", "KLDivLoss", {"reduction": "batchmean", "log_target": False}, distributions)
add("kl-zero-targets", "KLDivLoss", {"reduction": "batchmean", "log_target": False}, with_zeros)


# Embeddings. The triplet's distances are ‖a - b + 1e-6‖.
def pairs(values):
    return {"input1": values.normal(5, 3), "input2": values.normal(5, 3), "target": given([1, -1, 1, -1, -1])}


def triplets(values):
    return {"anchor": values.normal(5, 3), "positive": values.normal(5, 3), "negative": values.normal(5, 3)}


add("cosine-embedding", "CosineEmbeddingLoss", mean | {"margin": 0.0}, pairs, ("input1", "input2"))
add("cosine-embedding-margin", "CosineEmbeddingLoss", mean | {"margin": 0.3}, pairs, ("input1", "input2"))
add("triplet", "TripletMarginLoss", mean | {"margin": 1.0, "p": 2.0, "eps": 1e-6}, triplets, ("anchor", "positive", "negative"))
add("triplet-margin-0.3", "TripletMarginLoss", mean | {"margin": 0.3, "p": 2.0, "eps": 1e-6}, triplets, ("anchor", "positive", "negative"))

write(__file__, cases=cases)
