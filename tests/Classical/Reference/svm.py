"""Writes svm.json: what scikit-learn's support vector machines (libsvm) find on small data, to a tolerance of 1e-8. python3 svm.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.svm import SVC, SVR, OneClassSVM


def single(values):
    """As MLPath reads features and weights."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


rng = np.random.default_rng(5)
n, d = 90, 3
x = single(np.round(rng.normal(size=(n, d)) * [1, 2, 0.5] + [0, 1, -1], 3))
queries = single(np.round(rng.normal(size=(25, d)) * [1.3, 2.5, 0.7] + [0, 1, -1], 3))
binary = ((x[:, 0] ** 2 + (x[:, 1] - 1) ** 2 / 4 + 0.5 * rng.normal(size=n)) > 1.5).astype(int)
classes = (np.digitize(x[:, 0] + 0.3 * (x[:, 1] - 1) + 0.3 * rng.normal(size=n), [-0.7, 0.2, 0.9])).astype(int)
target = single(np.round(np.sin(2 * x[:, 0]) + 0.2 * x[:, 1] + 0.1 * rng.normal(size=n), 3))
weights = single(np.round(rng.uniform(0.25, 3, size=n), 2))

kernels = {
    "Rbf": dict(kernel="rbf", gamma="scale"),
    "Linear": dict(kernel="linear"),
    "Polynomial": dict(kernel="poly", gamma=0.2, coef0=1.0, degree=3),
    "Sigmoid": dict(kernel="sigmoid", gamma=0.02, coef0=0.1),
}
common = dict(tol=1e-8, cache_size=100)
figures = {
    "scikit-learn": sklearn.__version__, "numpy": np.__version__,
    "data": {"x": x.tolist(), "queries": queries.tolist(), "binary": binary.tolist(), "classes": classes.tolist(), "target": target.tolist(),
             "weights": weights.tolist()},
}
for name, kernel in kernels.items():
    svc = SVC(C=2.0, **kernel, **common).fit(x, binary)
    weighted = SVC(C=2.0, **kernel, **common).fit(x, binary, sample_weight=weights)
    many = SVC(C=2.0, decision_function_shape="ovr", **kernel, **common).fit(x, classes)
    pairs = SVC(C=2.0, decision_function_shape="ovo", **kernel, **common).fit(x, classes)
    svr = SVR(C=2.0, epsilon=0.15, **kernel, **common).fit(x, target)
    one = OneClassSVM(nu=0.23, **kernel, **common).fit(x)
    figures[name] = {
        "binary": svc.decision_function(queries).tolist(), "support": svc.support_.tolist(), "bias": float(svc.intercept_[0]),
        "weighted": weighted.decision_function(queries).tolist(),
        "ovr": many.decision_function(queries).tolist(), "ovo": pairs.decision_function(queries).tolist(),
        "multiclassSupport": len(many.support_),
        "regression": svr.predict(queries).tolist(), "regressionSupport": len(svr.support_),
        "oneClass": one.decision_function(queries).tolist(), "oneClassSupport": len(one.support_),
    }

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
