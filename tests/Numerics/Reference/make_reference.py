"""Writes reference.json: figures from NumPy and SciPy that the tests of MLPath.Numerics compare with.

Run: python3 make_reference.py > reference.json
"""
import json
import sys

import numpy as np
import scipy
from scipy import linalg, optimize, special


def wave(rows, columns, a=1.7, b=0.9):
    """A full-rank matrix that every language computes alike."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return np.sin(a * i + b * j * j + 0.3) + (i == j)


def normalised(vectors):
    """Rows with the largest component positive."""
    rows = vectors.T
    return np.array([r * np.sign(r[np.argmax(np.abs(r))]) for r in rows])


def logistic(w, x, y):
    """Mean logistic loss of labels in {-1, +1} plus 0.01/2 of the squared weights without the bias (last)."""
    margin = y * (x @ w)
    penalty = np.append(0.01 * w[:-1], 0)
    loss = np.mean(np.logaddexp(0, -margin)) + 0.5 * 0.01 * np.sum(w[:-1] ** 2)
    return loss, x.T @ (-y * special.expit(-margin)) / len(y) + penalty


def minimise(x, y):
    return optimize.minimize(logistic, np.zeros(x.shape[1]), (x, y), jac=True, method="BFGS", options={"gtol": 1e-12}).x


def minimise_l1(x, y, strength):
    """L1 on all but the bias, by the split w = u - v with u, v >= 0."""
    n = x.shape[1]
    c = np.append(np.full(n - 1, strength), 0)

    def split(uv):
        value, g = logistic(uv[:n] - uv[n:], x, y)
        return value + c @ (uv[:n] + uv[n:]), np.concatenate([g + c, -g + c])

    result = optimize.minimize(split, np.zeros(2 * n), jac=True, method="L-BFGS-B", bounds=[(0, None)] * (2 * n),
                               options={"ftol": 0, "gtol": 1e-12, "maxiter": 100000, "maxfun": 1000000})
    return result.x[:n] - result.x[n:]


square = wave(4, 4)
tall = wave(6, 4)
rhs = np.arange(1.0, 7.0)
deficient = np.column_stack([tall[:, 0], tall[:, 1], tall[:, 0] + tall[:, 1], tall[:, 2]])
symmetric = square + square.T
hilbert = linalg.hilbert(6)
x = np.column_stack([wave(40, 5, 2.3, 1.1), np.ones(40)])
y = np.where(wave(40, 1, 0.7, 0)[:, 0] + 0.5 * x[:, 0] - 0.3 * x[:, 3] > 0, 1.0, -1.0)
logits = np.array([1000.0, 999.0, -50.0, 1000.5])
values, vectors = linalg.eigh(symmetric, driver="ev")
spd = square @ square.T + np.eye(4)
left, singular, right = linalg.svd(tall, full_matrices=False)
signs = np.array([np.sign(r[np.argmax(np.abs(r))]) for r in right])

json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__},
    "determinant": linalg.det(square),
    "inverse": linalg.inv(square).tolist(),
    "solution": linalg.solve(square, rhs[:4]).tolist(),
    "r": linalg.qr(tall, mode="economic")[1].tolist(),
    "leastSquares": linalg.lstsq(tall, rhs)[0].tolist(),
    "leastSquaresDeficient": linalg.lstsq(deficient, rhs)[0].tolist(),
    "leastSquaresWide": linalg.lstsq(tall.T, rhs[:4])[0].tolist(),
    "eigenvalues": values[::-1].tolist(),
    "eigenvectors": normalised(vectors)[::-1].tolist(),
    "hilbertEigenvalues": linalg.eigvalsh(hilbert, driver="ev")[::-1].tolist(),
    "cholesky": linalg.cholesky(spd, lower=True).tolist(),
    "logDeterminant": np.linalg.slogdet(spd)[1],
    "singularValues": singular.tolist(),
    "leftSingularVectors": (left * signs).T.tolist(),
    "rightSingularVectors": (right * signs[:, None]).tolist(),
    "hilbertSingularValues": linalg.svdvals(linalg.hilbert(8)).tolist(),
    "pseudoInverse": linalg.pinv(tall).tolist(),
    "pseudoInverseDeficient": linalg.pinv(deficient).tolist(),
    "conditionNumber": np.linalg.cond(square),
    "norms": [linalg.norm(tall, 2), linalg.norm(tall, 1), linalg.norm(tall, np.inf), linalg.norm(tall)],
    "triangular": linalg.solve_triangular(np.tril(square), rhs[:4], lower=True, trans=1).tolist(),
    "logistic": minimise(x, y).tolist(),
    "logisticL1": minimise_l1(x, y, 0.05).tolist(),
    "softmax": special.softmax(logits).tolist(),
    "logSumExp": special.logsumexp(logits),
}, sys.stdout, indent=1)
print()
