"""Writes online.json: figures from scikit-learn for the dual and stochastic linear trainers.

Run: python3 online.py > online.json
Features are rounded to 32-bit floats first, which is what MLPath reads.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def linear(model):
    return {"weights": np.ravel(model.coef_).tolist(), "biases": np.ravel(model.intercept_).tolist()}


rng = np.random.default_rng(11)
n, d = 120, 5
x = single(np.round(rng.normal(size=(n, d)), 3))
truth = np.array([1.5, -1, 0.5, 0, 0.8])
numbers = single(np.round(x @ truth + 2 + 0.5 * rng.normal(size=n), 3))
binary = (x @ truth + 0.4 + rng.logistic(size=n) > 0).astype(int)
classes = np.argmax(x[:, :3] * 1.5 + rng.gumbel(size=(n, 3)), axis=1)
w = single(np.round(rng.uniform(0.25, 3, size=n), 2))
l2 = 0.02
c = 1 / (l2 * n)
sign = 2 * binary - 1


def logistic(**settings):
    model = LogisticRegression(C=c, tol=1e-12, max_iter=100000, **settings).fit(x, binary)
    f = model.decision_function(x)
    objective = np.logaddexp(0, -sign * f).mean() + l2 / 2 * (model.coef_ ** 2).sum()
    return {**linear(model), "objective": objective}


def svm(weights, bias):
    model = LinearSVC(C=1 / (l2 * weights.sum()), dual=False, tol=1e-12, max_iter=100000, fit_intercept=bias).fit(x, binary, sample_weight=weights)
    below = np.maximum(0, 1 - sign * model.decision_function(x))
    squares = (model.coef_**2).sum() + (model.intercept_[0] ** 2 if bias else 0)
    return {**linear(model), "objective": l2 / 2 * squares + weights @ below**2 / weights.sum()}


json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "x": x.tolist(), "numbers": numbers.tolist(), "binary": binary.tolist(), "classes": classes.tolist(), "w": w.tolist(), "l2": l2,
    "ridge": linear(Ridge(alpha=n * l2 / 2, tol=1e-14).fit(x, numbers)),
    "ridgeWeighted": linear(Ridge(alpha=w.sum() * l2 / 2, tol=1e-14).fit(x, numbers, sample_weight=w)),
    "logistic": logistic(solver="newton-cg"),
    "logisticPenalisedBias": logistic(solver="liblinear"),
    "softmax": linear(LogisticRegression(C=c, tol=1e-13, max_iter=100000, multi_class="multinomial", solver="newton-cg").fit(x, classes)),
    "svm": svm(np.ones(n), True), "svmWeighted": svm(w, True), "svmWithoutBias": svm(np.ones(n), False),
}, sys.stdout, indent=1)
print()
