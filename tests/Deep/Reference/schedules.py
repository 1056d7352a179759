"""Writes schedules.json: the learning rates of thirty steps from base 0.1. python3 schedules.py

rates[t] is the rate that step t is taken with, the schedule moving after each step; in double precision.
"""

import math

import torch
from torch.optim import lr_scheduler

from common import write

BASE, STEPS = 0.1, 30
cases = []


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE, momentum=0.9)


def add(name, schedule, options, make=None, formula=None, metrics=None, momenta=False):
    stepper = optimizer()
    scheduler = make(stepper) if make else getattr(lr_scheduler, schedule)(stepper, **options)
    case = {"name": name, "schedule": schedule, "options": options, "base": BASE} | ({} if formula is None else {"formula": formula})
    rates, beta = [], []
    for t in range(STEPS):
        rates.append(stepper.param_groups[0]["lr"])
        beta.append(stepper.param_groups[0]["momentum"])
        if t < STEPS - 1:
            stepper.step()
            scheduler.step(*([] if metrics is None else [metrics[t]]))
    case |= {} if metrics is None else {"metrics": metrics}
    cases.append(case | {"rates": rates} | ({"momenta": beta} if momenta else {}))


add("step", "StepLR", {"step_size": 7, "gamma": 0.3})
add("multistep", "MultiStepLR", {"milestones": [4, 5, 17], "gamma": 0.5})
add("exponential", "ExponentialLR", {"gamma": 0.93})
add("cosine", "CosineAnnealingLR", {"T_max": 30, "eta_min": 0})
add("cosine-minimum", "CosineAnnealingLR", {"T_max": 29, "eta_min": 0.01})
add("cosine-periods", "CosineAnnealingLR", {"T_max": 8, "eta_min": 0.005})
add("warmup-linear", "LinearLR", {"start_factor": 0.1, "end_factor": 1.0, "total_iters": 6})
add("warmup-linear-third", "LinearLR", {"start_factor": 1 / 3, "end_factor": 1.0, "total_iters": 5})

WARMUP, MINIMUM = 5, 0.002


def warmup_cosine(t):
    if t < WARMUP:
        return (t + 1) / WARMUP
    return (MINIMUM + (BASE - MINIMUM) * 0.5 * (1 + math.cos(math.pi * (t - WARMUP) / (STEPS - WARMUP)))) / BASE


add("warmup-cosine", "WarmupCosine", {"warmup": WARMUP, "total_steps": STEPS, "eta_min": MINIMUM},
    make=lambda stepper: lr_scheduler.LambdaLR(stepper, warmup_cosine),
    formula="base (t+1)/warmup while t < warmup, then eta_min + (base - eta_min) (1 + cos(pi (t - warmup)/(total_steps - warmup)))/2")

for name, changes in [
    ("one-cycle-cosine", {}),
    ("one-cycle-linear", {"anneal_strategy": "linear"}),
    ("one-cycle-three-phases", {"three_phase": True}),
    ("one-cycle-other-options", {"pct_start": 0.4, "div_factor": 10.0, "final_div_factor": 100.0}),
]:
    options = {"max_lr": BASE, "total_steps": STEPS, "pct_start": 0.3, "anneal_strategy": "cos", "cycle_momentum": True, "base_momentum": 0.85,
               "max_momentum": 0.95, "div_factor": 25.0, "final_div_factor": 10000.0, "three_phase": False}
    add(name, "OneCycleLR", options | changes, momenta=True)

LOSSES = [1.0, 0.8, 0.7, 0.65, 0.66, 0.65, 0.67, 0.6499, 0.66, 0.7, 0.62, 0.63, 0.64, 0.65, 0.66, 0.61, 0.6, 0.6, 0.6, 0.6, 0.6, 0.59,
          0.5899, 0.58985, 0.6, 0.61, 0.62, 0.63, 0.64, 0.65]
PLATEAU = {"mode": "min", "factor": 0.5, "patience": 2, "threshold": 1e-4, "threshold_mode": "rel", "cooldown": 0, "min_lr": 0, "eps": 1e-8}
for name, changes in [
    ("plateau", {}),
    ("plateau-factor", {"factor": 0.1, "patience": 4}),
    ("plateau-no-patience", {"factor": 0.9, "patience": 0}),
    ("plateau-threshold", {"threshold": 0.02}),
    ("plateau-threshold-absolute", {"threshold": 0.025, "threshold_mode": "abs"}),
    ("plateau-cooldown", {"patience": 1, "cooldown": 3}),
    ("plateau-minimum", {"patience": 1, "min_lr": 0.02}),
    ("plateau-maximum", {"mode": "max"}),
]:
    metrics = [round(1.5 - loss, 5) for loss in LOSSES] if changes.get("mode") == "max" else LOSSES
    add(name, "ReduceLROnPlateau", PLATEAU | changes, metrics=metrics)

write(__file__, cases=cases)
