"""Writes optimizers.json: the parameters after each of ten steps from given gradients, and clipped gradients. python3 optimizers.py

The gradients are those of a small problem that is not quadratic, taken where each optimiser has come to and rounded to single precision: a test
gives them to its optimiser as they stand. One parameter, the last of b, has no part in the problem: its gradient is always zero.
"""

import torch

from common import STEPS, Values, given, tensor, tensors, write

values = Values("optimizers")
START = {"w": values.normal(2, 3), "b": values.normal(4)}
X, Y = values.normal(6, 3), values.normal(6, 2)


def problem(w, b):
    residual = X @ w.T + b[:2] - Y
    return torch.log(torch.cosh(residual)).mean() + 0.3 * torch.sin(2 * w).sum() + 0.1 * b[2] ** 4


def trajectory(name, optimizer, **options):
    parameters = {key: value.clone().requires_grad_() for key, value in START.items()}
    stepper = getattr(torch.optim, optimizer)(parameters.values(), **options)
    gradients, after = [], []
    for _ in range(STEPS):
        stepper.zero_grad()
        problem(**parameters).backward()
        for parameter in parameters.values():
            parameter.grad = given(parameter.grad.numpy())
        gradients.append(tensors({key: parameter.grad for key, parameter in parameters.items()}))
        stepper.step()
        after.append(tensors(parameters))
    return {"name": name, "optimizer": optimizer, "options": options, "parameters": tensors(START), "gradients": gradients, "after": after}


cases = [
    trajectory("sgd", "SGD", lr=0.1),
    trajectory("sgd-weight-decay", "SGD", lr=0.1, weight_decay=0.05),
    trajectory("sgd-momentum", "SGD", lr=0.1, momentum=0.9),
    trajectory("sgd-momentum-dampening", "SGD", lr=0.1, momentum=0.9, dampening=0.3),
    trajectory("sgd-momentum-weight-decay", "SGD", lr=0.1, momentum=0.9, weight_decay=0.05),
    trajectory("sgd-nesterov", "SGD", lr=0.1, momentum=0.9, nesterov=True),
    trajectory("sgd-nesterov-weight-decay", "SGD", lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05),
    trajectory("adagrad", "Adagrad", lr=0.1, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10),
    trajectory("adagrad-lr-decay", "Adagrad", lr=0.1, lr_decay=0.1, weight_decay=0, initial_accumulator_value=0, eps=1e-10),
    trajectory("adagrad-weight-decay", "Adagrad", lr=0.1, lr_decay=0, weight_decay=0.05, initial_accumulator_value=0.1, eps=1e-10),
    trajectory("rmsprop", "RMSprop", lr=0.02, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0, centered=False),
    trajectory("rmsprop-centered", "RMSprop", lr=0.02, alpha=0.9, eps=1e-8, weight_decay=0, momentum=0, centered=True),
    trajectory("rmsprop-momentum", "RMSprop", lr=0.02, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0.9, centered=False),
    trajectory("rmsprop-weight-decay", "RMSprop", lr=0.02, alpha=0.95, eps=1e-8, weight_decay=0.05, momentum=0, centered=False),
    trajectory("adam", "Adam", lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, amsgrad=False),
    trajectory("adam-betas-epsilon", "Adam", lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0, amsgrad=False),
    trajectory("adam-weight-decay", "Adam", lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05, amsgrad=False),
    trajectory("adam-amsgrad", "Adam", lr=0.3, betas=(0.9, 0.9), eps=1e-8, weight_decay=0, amsgrad=True),
    trajectory("adamw", "AdamW", lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=False),
    trajectory("adamw-weight-decay", "AdamW", lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.2, amsgrad=False),
    trajectory("adamw-amsgrad", "AdamW", lr=0.3, betas=(0.9, 0.9), eps=1e-8, weight_decay=0.05, amsgrad=True),
]


def clipped(name, function, scale=1.0, **options):
    """clip_grad_norm_ multiplies by max_norm / (norm + 1e-6) where that is below 1; the norm is of all gradients together."""
    values = Values(name)
    gradients = {"w": values.normal(2, 3, scale=scale), "b": values.normal(4, scale=scale)}
    parameters = {key: torch.zeros_like(value) for key, value in gradients.items()}
    for key, parameter in parameters.items():
        parameter.grad = gradients[key].clone()
    norm = getattr(torch.nn.utils, function)(parameters.values(), **options)
    case = {"name": name, "function": function, "options": {key: str(value) if value == float("inf") else value for key, value in options.items()},
            "gradients": tensors(gradients), "after": tensors({key: parameter.grad for key, parameter in parameters.items()})}
    return case | ({} if norm is None else {"norm": tensor(norm)})


clipping = [
    clipped("clip-norm", "clip_grad_norm_", max_norm=1.0, norm_type=2.0),
    clipped("clip-norm-below", "clip_grad_norm_", scale=0.1, max_norm=1.0, norm_type=2.0),
    clipped("clip-norm-small", "clip_grad_norm_", scale=20, max_norm=0.25, norm_type=2.0),
    clipped("clip-norm-1", "clip_grad_norm_", max_norm=1.5, norm_type=1.0),
    clipped("clip-norm-infinity", "clip_grad_norm_", max_norm=0.5, norm_type=float("inf")),
    clipped("clip-value", "clip_grad_value_", clip_value=0.5),
    clipped("clip-value-below", "clip_grad_value_", scale=0.1, clip_value=0.5),
]

write(__file__, cases=cases, clipping=clipping)
