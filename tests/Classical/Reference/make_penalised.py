"""Writes penalised.json: figures from scikit-learn for the lasso, the elastic net, Huber and Poisson regression.

Run: python3 make_penalised.py > penalised.json
Features are rounded to 32-bit floats first, which is what MLPath reads.
"""
import json
import sys

import numpy as np
import sklearn
from scipy import optimize
from sklearn.linear_model import ElasticNet, HuberRegressor, Lasso, PoissonRegressor, enet_path
from sklearn.linear_model._huber import _huber_loss_and_gradient


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def linear(model):
    return {"weights": np.ravel(model.coef_).tolist(), "bias": float(model.intercept_)}


def path(x, y, w, l1_ratio, **settings):
    """The path of the centred and weighted problem, whose alphas scikit-learn takes from n rows."""
    m, mean = np.average(x, axis=0, weights=w), np.average(y, weights=w)
    root = np.sqrt(w * len(y) / w.sum())
    alphas, coefs, _ = enet_path((x - m) * root[:, None], (y - mean) * root, l1_ratio=l1_ratio, tol=1e-14, max_iter=1000000, **settings)
    return {"alphas": alphas.tolist(), "weights": coefs.T.tolist(), "biases": (mean - m @ coefs).tolist()}


rng = np.random.default_rng(7)
n, d = 60, 8
x = single(np.round(rng.normal(size=(n, d)) @ (np.eye(d) + 0.4 * rng.normal(size=(d, d))) + rng.normal(size=d), 3))
truth = np.array([2, -1.5, 0, 0, 0.8, 0, 0, 0.1])
y = single(np.round(x @ truth + 3 + rng.normal(size=n), 3))
w = single(np.round(rng.uniform(0.25, 3, size=n), 2))
exact = {"tol": 1e-14, "max_iter": 1000000}
far = y.copy()
far[::9] += single(np.round(rng.normal(size=len(far[::9])) * 40, 2))
far = single(far)
z = (x - x.mean(0)) / x.std(0)
counts = rng.poisson(np.exp(0.3 * z @ truth / 2 + 0.5)).astype(float)
wide = single(np.round(rng.normal(size=(12, 30)), 3))
target = single(np.round(wide[:, :3] @ [1, -2, 1.5] + 0.1 * rng.normal(size=12), 3))

# The same for more features than second moments are summed up for: numbers from −1 to 1 that every language computes alike.
i, j = np.meshgrid(np.arange(20, dtype=np.uint64), np.arange(1100, dtype=np.uint64), indexing="ij")
mixed = ((i + 1) * (j + 3) * 2654435761 + i * 40503 + j * 69069) % 2**32
mixed = ((mixed ^ (mixed >> 15)) * 2246822519) % 2**32
many = single((mixed >> 20) / 2048 - 1)
manied = single(np.round(2 * many[:, 3] - many[:, 500] + 0.5, 4))


def huber(epsilon=1.35, alpha=1e-4, sample_weight=None):
    """HuberRegressor, which stops when its loss falls slowly, carried on by SciPy from where it stopped."""
    model = HuberRegressor(epsilon=epsilon, alpha=alpha, tol=1e-12, max_iter=100000).fit(x, far, sample_weight=sample_weight)
    weights = np.ones(n) if sample_weight is None else sample_weight
    found = np.concatenate([model.coef_, [model.intercept_, model.scale_]])
    for _ in range(20):
        found = optimize.minimize(_huber_loss_and_gradient, found, (x, far, epsilon, alpha, weights), jac=True, method="BFGS",
                                  options={"gtol": 1e-11}).x
    return {"weights": found[:-2].tolist(), "bias": found[-2], "scale": found[-1]}


json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "x": x.tolist(), "y": y.tolist(), "w": w.tolist(), "far": far.tolist(), "counts": counts.tolist(),
    "lasso": linear(Lasso(alpha=0.2, **exact).fit(x, y)),
    "lassoWeighted": linear(Lasso(alpha=0.2, **exact).fit(x, y, sample_weight=w)),
    "lassoPositive": linear(Lasso(alpha=0.05, positive=True, **exact).fit(x, y)),
    "elasticNet": linear(ElasticNet(alpha=0.3, l1_ratio=0.4, **exact).fit(x, y)),
    "elasticNetWeighted": linear(ElasticNet(alpha=0.3, l1_ratio=0.4, **exact).fit(x, y, sample_weight=w)),
    "lassoPath": path(x, y, np.ones(n), 1.0, eps=1e-2, n_alphas=10),
    "elasticNetPathWeighted": path(x, y, w, 0.5, eps=1e-3, n_alphas=7),
    "wide": {"x": wide.tolist(), "y": target.tolist(), "lasso": linear(Lasso(alpha=0.1, **exact).fit(wide, target))},
    "many": {"x": many[:, :3].tolist(), "y": manied.tolist(),
             "elasticNet": linear(ElasticNet(alpha=0.05, l1_ratio=0.7, **exact).fit(many, manied))},
    "huber": huber(), "huberWeighted": huber(alpha=2.0, epsilon=1.8, sample_weight=w),
    "poisson": linear(PoissonRegressor(alpha=2 / n, tol=1e-12, max_iter=100000).fit(x, counts)),
    "poissonWeighted": linear(PoissonRegressor(alpha=0.5 / w.sum(), tol=1e-12, max_iter=100000).fit(x, counts, sample_weight=w)),
}, sys.stdout, indent=1)
print()
