"""Writes discriminant.json: scikit-learn's discriminant analysis of made-up rows, against which the tests compare. python3 discriminant.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis as Lda, QuadraticDiscriminantAnalysis as Qda

rng = np.random.default_rng(4)
n, d, k = 70, 5, 3
y = rng.choice(k, size=n, p=[0.5, 0.3, 0.2])
mix = rng.normal(size=(k, d, d))
x = np.array([rng.normal(size=d) @ (np.eye(d) + 0.4 * mix[c]) + 0.8 * mix[c, 0] for c in y])
x = np.round(x * np.logspace(-1, 1, d) + 10, 3).astype(np.float32).astype(float)
uniform = [1 / k] * k


def linear(model):
    model.fit(x, y)
    return {"weights": model.coef_.tolist(), "biases": model.intercept_.tolist(), "probabilities": model.predict_proba(x).tolist()}


def quadratic(model):
    return {"probabilities": model.fit(x, y).predict_proba(x).tolist()}


def binary(model):
    model.fit(x, y == 1)
    return {"weights": model.coef_[0].tolist(), "bias": model.intercept_[0]}


result = {
    "scikit-learn": sklearn.__version__, "numpy": np.__version__, "x": x.tolist(), "y": y.tolist(),
    "lda": linear(Lda()),
    "ldaUniform": linear(Lda(priors=uniform)),
    "ldaShrinkage": linear(Lda(solver="lsqr", shrinkage=0.3)),
    "ldaShrinkageUniform": linear(Lda(solver="lsqr", shrinkage=0.3, priors=uniform)),
    "ldaAutomatic": linear(Lda(solver="lsqr", shrinkage="auto")),
    "ldaBinary": binary(Lda()),
    "qda": quadratic(Qda()),
    "qdaUniform": quadratic(Qda(priors=uniform)),
    "qdaRegularized": quadratic(Qda(reg_param=0.2)),
}
pathlib.Path(__file__).with_suffix(".json").write_text(
    "{\n" + ",\n".join(f'"{name}": {json.dumps(value)}' for name, value in result.items()) + "\n}\n")
