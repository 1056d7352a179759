"""Writes linear.json: figures from scikit-learn, SciPy and NumPy for the linear, baseline and Bayes trainers.

Run: python3 make_linear.py > linear.json
Features are rounded to 32-bit floats first, which is what MLPath reads.
"""
import json
import sys

import numpy as np
import scipy
import sklearn
from scipy import optimize, special, stats
from sklearn import datasets
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def make(seed, n, d, k):
    """Correlated features on several scales, with a label of k classes that follows from them with noise."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d)) @ (np.eye(d) + 0.3 * rng.normal(size=(d, d)))
    x = single(np.round(x * np.logspace(-0.5, 0.5, d) + rng.normal(size=d), 3))
    scores = ((x - x.mean(0)) / x.std(0)) @ rng.normal(size=(d, k)) + rng.gumbel(size=(n, k))
    w = single(np.round(rng.uniform(0.25, 3, size=n), 2))
    return x, scores.argmax(1), w


def logistic(x, y, w, l1, l2, non_negative=False):
    """The minimum by bounded L-BFGS-B with the split w = u - v, polished by Newton on the weights that are not 0."""
    n, d = x.shape
    t = np.where(y == 1, 1.0, -1.0)

    def objective(p):
        u, v, b = p[:d], p[d:2 * d], p[-1]
        c = u - v
        m = t * (x @ c + b)
        r = -t * special.expit(-m) * w
        g = x.T @ r + l2 * c
        value = w @ np.logaddexp(0, -m) + l1 * (u + v).sum() + 0.5 * l2 * c @ c
        return value, np.concatenate([g + l1, -g + l1, [r.sum()]])

    bounds = [(0, None)] * d + [(0, 0 if non_negative else None)] * d + [(None, None)]
    found = optimize.minimize(objective, np.zeros(2 * d + 1), jac=True, method="L-BFGS-B", bounds=bounds,
                              options={"maxiter": 100000, "maxfun": 1000000, "ftol": 1e-16, "gtol": 1e-9}).x
    c, b = found[:d] - found[d:2 * d], found[-1]
    c[np.abs(c) < 1e-7] = 0
    active = np.flatnonzero(c)
    for _ in range(20):
        s = special.expit(x @ c + b)
        design = np.column_stack([x[:, active], np.ones(n)])
        gradient = design.T @ (w * (s - (t > 0))) + np.append(l2 * c[active] + l1 * np.sign(c[active]), 0)
        hessian = (design * (w * s * (1 - s))[:, None]).T @ design + np.diag(np.append(np.full(len(active), l2), 0))
        step = np.linalg.solve(hessian, gradient)
        c[active] -= step[:-1]
        b -= step[-1]
    return {"weights": c.tolist(), "bias": b}


def binary():
    x, y, w = make(1, 60, 5, 2)
    sk = LogisticRegression(C=0.5, solver="newton-cg", tol=1e-12, max_iter=100000).fit(x, y, sample_weight=w)
    return {
        "x": x.tolist(), "y": y.tolist(), "w": w.tolist(),
        "scikitLearnL2Of2": {"weights": sk.coef_[0].tolist(), "bias": sk.intercept_[0],
                             "probabilities": sk.predict_proba(x)[:, 1].tolist()},
        "defaults": logistic(x, y, w, 1, 1),
        "l1Of4": logistic(x, y, w, 4, 0),
        "nonNegative": logistic(x, y, w, 0, 1, non_negative=True),
        "nonNegativeL1": logistic(x, y, w, 1, 0.5, non_negative=True),
    }


def multiclass():
    x, y, w = make(2, 90, 4, 3)
    sk = LogisticRegression(C=0.5, solver="newton-cg", tol=1e-12, max_iter=100000, multi_class="multinomial").fit(x, y, sample_weight=w)
    sparse = LogisticRegression(penalty="elasticnet", solver="saga", l1_ratio=0.5, C=0.5, tol=1e-14, max_iter=1000000,
                                multi_class="multinomial").fit(x, y, sample_weight=w)
    return {
        "x": x.tolist(), "y": y.tolist(), "w": w.tolist(),
        "scikitLearnL2Of2": {"weights": sk.coef_.tolist(), "biases": sk.intercept_.tolist(),
                             "probabilities": sk.predict_proba(x).tolist()},
        "defaults": {"weights": sparse.coef_.tolist(), "biases": (sparse.intercept_ - sparse.intercept_.mean()).tolist()},
    }


def with_statistics(x, y, w=None):
    """Weighted least squares with classical standard errors; weights count as repetitions."""
    w = np.ones(len(y)) if w is None else w
    design = np.column_stack([np.ones(len(y)), x])
    root = np.sqrt(w)[:, None]
    beta = np.linalg.lstsq(design * root, y * root[:, 0], rcond=None)[0]
    freedom = w.sum() - design.shape[1]
    residual = w @ (y - design @ beta) ** 2
    total = w @ (y - np.average(y, weights=w)) ** 2
    r = np.linalg.qr(design * root)[1]
    inverse = np.linalg.inv(r)
    errors = np.sqrt(residual / freedom * (inverse ** 2).sum(1))
    t = beta / errors
    r2 = 1 - residual / total
    return {
        "bias": beta[0], "weights": beta[1:].tolist(), "rSquared": r2,
        "rSquaredAdjusted": 1 - (1 - r2) * (w.sum() - 1) / freedom,
        "standardErrors": errors.tolist(), "t": t.tolist(), "p": (2 * stats.t.sf(np.abs(t), freedom)).tolist(),
    }


def linear(model):
    return {"weights": np.ravel(model.coef_).tolist(), "bias": float(model.intercept_)}


def regression():
    rng = np.random.default_rng(3)
    x, _, w = make(4, 40, 6, 2)
    y = single(np.round(x @ rng.normal(size=6) + 5 + rng.normal(size=40), 3))
    wide = single(np.round(rng.normal(size=(8, 15)), 3))
    target = single(np.round(rng.normal(size=8), 3))
    far = single(np.round(x + 1e4, 2))
    return {
        "x": x.tolist(), "y": y.tolist(), "w": w.tolist(),
        "ols": with_statistics(x, y), "olsWeighted": with_statistics(x, y, w),
        "far": {"x": far.tolist(), **linear(LinearRegression().fit(far, y))},
        "ridge": linear(Ridge(alpha=1, solver="svd").fit(x, y)),
        "ridgeWeightedOf10": linear(Ridge(alpha=10, solver="svd").fit(x, y, sample_weight=w)),
        "wide": {"x": wide.tolist(), "y": target.tolist(), "ridge": linear(Ridge(alpha=1, solver="svd").fit(wide, target))},
    }


def diabetes():
    """R² of each of ten folds of the diabetes data as they come: fold f holds rows f, f + 10, f + 20, …"""
    x, y = datasets.load_diabetes(return_X_y=True, scaled=False)
    x, y = single(x), single(y)
    folds = [np.arange(f, len(y), 10) for f in range(10)]

    def scores(model):
        result = []
        for fold in folds:
            train = np.setdiff1d(np.arange(len(y)), fold)
            result.append(model.fit(x[train], y[train]).score(x[fold], y[fold]))
        return result

    return {"ols": scores(LinearRegression()), "ridge": scores(Ridge(alpha=1, solver="svd"))}


def bayes():
    x, y, w = make(5, 50, 4, 3)
    # Without smoothing, which scikit-learn takes from the unweighted variance.
    model = GaussianNB(var_smoothing=0).fit(x, y, sample_weight=w)
    return {
        "x": x.tolist(), "y": y.tolist(), "w": w.tolist(),
        "priors": model.class_prior_.tolist(), "means": model.theta_.tolist(), "variances": model.var_.tolist(),
        "probabilities": model.predict_proba(x).tolist(),
    }


sections = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
    "binary": binary(), "multiclass": multiclass(), "regression": regression(), "diabetes": diabetes(), "bayes": bayes(),
}
print("{\n" + ",\n".join(f'"{name}": {json.dumps(section)}' for name, section in sections.items()) + "\n}")
