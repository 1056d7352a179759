"""Writes explanation.json: inputs, and what scikit-learn makes of them.

Run with scikit-learn 1.2.1 and NumPy 1.24.2 (the versions are written into the file):

    python3 make_explanation.py

Inputs are exactly representable in single precision. Scores and probabilities are multiples of a power of two, so that there are ties.
"""
import json
import os
import platform

import numpy as np
import sklearn
from sklearn import metrics as skm
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import calibration_curve
from sklearn.inspection import partial_dependence, permutation_importance


class Fixed(BaseEstimator, RegressorMixin):
    """A linear model with given weights, with the interaction x0 x1 where asked for."""

    def __init__(self, weights=(0.0,), bias=0.0, interaction=0.0):
        self.weights, self.bias, self.interaction = weights, bias, interaction

    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return x @ np.asarray(self.weights) + self.bias + self.interaction * x[:, 0] * x[:, 1]


def table(rng, n, d):
    return np.round(rng.normal(size=(n, d)) * 16) / 16


def importance(rng):
    x = table(rng, 60, 4)
    weights = [2.0, -1.0, 0.5, 0.0]
    y = np.round((x @ weights + rng.normal(size=60) * 0.5) * 16) / 16
    model = Fixed(weights, 0.25).fit(x, y)
    many = permutation_importance(model, x, y, scoring="neg_mean_squared_error", n_repeats=4000, random_state=0)
    # The expectation over all shuffles, in which every value of the column stands in every row equally often.
    errors = y - model.predict(x)
    expected = []
    for j, w in enumerate(weights):
        changed = (errors[:, None] + w * (x[:, j][:, None] - x[:, j][None, :])) ** 2
        expected.append(changed.mean() - (errors ** 2).mean())
    return {
        "x": x.tolist(), "y": y.tolist(), "weights": weights, "bias": 0.25, "baseline": skm.mean_squared_error(y, model.predict(x)),
        "expected": expected, "mean_of_4000_shuffles": many.importances_mean.tolist(),
    }


def dependence(rng):
    x = table(rng, 50, 3)
    model = Fixed([1.5, -0.5, 1.0], 2.0, 0.75).fit(x, x[:, 0])
    result = partial_dependence(model, x, [0], method="brute", kind="both", grid_resolution=7, percentiles=(0.05, 0.95))
    return {
        "x": x.tolist(), "weights": [1.5, -0.5, 1.0], "bias": 2.0, "interaction": 0.75,
        "values": result["values"][0].tolist(), "average": result["average"][0].tolist(), "individual": result["individual"][0].tolist(),
    }


def calibration(rng, name, n, bins):
    p = rng.integers(0, 257, n) / 256.0
    y = rng.random(n) < p ** 1.5
    case = {"name": name, "probabilities": p.tolist(), "happened": y.tolist(), "bins": bins, "brier": skm.brier_score_loss(y, p)}
    for strategy, title in (("uniform", "EqualWidth"), ("quantile", "EqualCount")):
        observed, predicted = calibration_curve(y, p, n_bins=bins, strategy=strategy)
        case[title] = {"observed": observed.tolist(), "predicted": predicted.tolist()}
    return case


def ranking(rng, name, sizes, ties, k):
    labels, scores, groups = [], [], []
    dcg, ndcg, precision, reciprocal = [], [], [], []
    gains = np.array([0.0, 3, 7, 15, 31])
    for group, size in enumerate(sizes):
        y = rng.integers(0, 5, size) * (rng.random(size) < 0.6)
        s = rng.integers(0, ties, size) / 8.0
        labels += y.tolist()
        scores += s.tolist()
        groups += [group] * size
        g = gains[y]
        at = range(1, k + 1)
        # With base 2, where one takes the natural logarithm: ln 2 times as much.
        dcg.append([skm.dcg_score([g], [s], k=i) / np.log(2) for i in at])
        ndcg.append([skm.ndcg_score([g], [s], k=i) for i in at])
        # Without an expectation over ties in the library: the mean over many orders of the ties.
        orders = [np.lexsort((rng.random(size), -s)) for _ in range(20000)]
        relevant = g > 0
        if relevant.any():
            precision.append(np.mean([np.mean(np.cumsum(relevant[o])[relevant[o]] / (np.flatnonzero(relevant[o]) + 1)) for o in orders]))
            reciprocal.append(np.mean([1 / (np.argmax(relevant[o]) + 1) for o in orders]))
        else:
            precision.append(0.0)
            reciprocal.append(0.0)
    return {
        "name": name, "labels": labels, "scores": scores, "groups": groups, "k": k,
        "dcg": np.mean(dcg, axis=0).tolist(), "ndcg": np.mean(ndcg, axis=0).tolist(),
        "map_of_20000_orders": float(np.mean(precision)), "mrr_of_20000_orders": float(np.mean(reciprocal)),
    }


def main():
    rng = np.random.default_rng(6)
    document = {
        "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "importance": [importance(rng)],
        "dependence": [dependence(rng)],
        "calibration": [calibration(rng, "ten bins", 300, 10), calibration(rng, "few rows", 23, 5)],
        "ranking": [
            ranking(rng, "few ties", [12, 8, 15, 20], 1000, 10),
            ranking(rng, "many ties", [12, 3, 15, 2, 9], 4, 10),
            ranking(rng, "all tied", [6, 11], 1, 5),
        ],
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "explanation.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, separators=(",", ":"), default=lambda v: v.item())
        file.write("\n")


if __name__ == "__main__":
    main()
