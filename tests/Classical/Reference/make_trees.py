"""Writes trees.json: figures from scikit-learn for decision trees, random forests and nearest neighbours.

Run: python3 make_trees.py > trees.json
Features are rounded to 32-bit floats first, which is what MLPath reads. scikit-learn breaks ties between splits by chance: every tree is
grown with several random states, and only one that is always the same is written.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def make(seed, n, d, k):
    rng = np.random.default_rng(seed)
    x = single(np.round(rng.normal(size=(n, d)) * np.logspace(-1, 2, d), 4))
    scores = (x / np.logspace(-1, 2, d)) @ rng.normal(size=(d, k)) + np.sin(2 * x[:, :1] * 10) + 0.7 * rng.gumbel(size=(n, k))
    w = single(np.round(rng.uniform(0.25, 3, size=n), 2))
    target = single(np.round(100 + 5 * scores[:, 0] + scores[:, 1] ** 2, 3))
    return x, scores.argmax(1), w, target


def preorder(model, classes):
    tree = model.tree_
    order = []
    waiting = [0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if tree.children_left[node] >= 0:
            waiting += [tree.children_right[node], tree.children_left[node]]
    place = {node: i for i, node in enumerate(order)}
    leaf = [tree.children_left[node] < 0 for node in order]
    values = tree.value[order, 0, :]
    if classes:
        values = values / values.sum(axis=1, keepdims=True)
    return {
        "features": [-1 if end else int(tree.feature[node]) for node, end in zip(order, leaf)],
        "thresholds": [0.0 if end else float(np.float32(tree.threshold[node])) for node, end in zip(order, leaf)],
        "rights": [-1 if end else place[tree.children_right[node]] for node, end in zip(order, leaf)],
        "weights": tree.weighted_n_node_samples[order].tolist(),
        "impurities": tree.impurity[order].tolist(),
        "values": values.tolist(),
        "importances": model.feature_importances_.tolist(),
    }


def grown(kind, x, y, w=None, **options):
    """The tree, when it is the same for all random states."""
    trees = [preorder(kind(random_state=s, **options).fit(x, y, sample_weight=w), kind is DecisionTreeClassifier) for s in range(12)]
    for tree in trees[1:]:
        assert tree["features"] == trees[0]["features"] and tree["thresholds"] == trees[0]["thresholds"], (kind, options)
    return trees[0]


def embedded(name):
    """A set; classes are numbered in the order of their names."""
    if name == "diabetes":
        loaded = datasets.load_diabetes(scaled=False)
        return single(loaded.data), loaded.target
    loaded = getattr(datasets, f"load_{name}")()
    return single(loaded.data), np.unique(loaded.target_names[loaded.target], return_inverse=True)[1]


out = {"versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__}}

x, y, w, target = make(7, 400, 5, 3)
out["data"] = {"x": x.tolist(), "y": y.tolist(), "w": w.tolist(), "target": target.tolist()}
C, R = DecisionTreeClassifier, DecisionTreeRegressor
out["trees"] = {
    "gini": grown(C, x, y, max_depth=3),
    "entropy": grown(C, x, y, criterion="entropy", max_depth=3),
    "weighted gini": grown(C, x, y, w, max_depth=5),
    "weighted entropy": grown(C, x, y, w, criterion="entropy", max_depth=5),
    "limits": grown(C, x, y, min_samples_leaf=7, min_samples_split=25, min_impurity_decrease=0.004),
    "best first": grown(C, x, y, max_leaf_nodes=9, min_samples_leaf=10),
    "pruned": grown(C, x, y, ccp_alpha=0.011),
    "regression": grown(R, x, target, max_depth=5, min_samples_leaf=4),
    "weighted regression": grown(R, x, target, w, max_depth=5, min_samples_leaf=4),
    "regression limits": grown(R, x, target, min_samples_leaf=5, min_samples_split=30, min_impurity_decrease=0.2),
    "regression best first": grown(R, x, target, max_leaf_nodes=12, min_samples_leaf=5),
    "regression pruned": grown(R, x, target, w, ccp_alpha=0.6, min_samples_leaf=4),
}
wx, wy = embedded("wine")
bx, by = embedded("breast_cancer")
dx, dy = embedded("diabetes")
out["trees"]["wine"] = grown(C, wx, wy, max_leaf_nodes=5)
out["trees"]["breast-cancer"] = grown(C, bx, by, max_leaf_nodes=5, min_samples_leaf=20)
out["trees"]["diabetes"] = grown(R, dx, dy, max_depth=4, min_samples_leaf=5)

# Twenty forests each: what an out-of-bag score should be, and how far one may stray.
out["forests"] = {}
for name, kind, data in [("breast-cancer", RandomForestClassifier, (bx, by)), ("wine", RandomForestClassifier, (wx, wy)),
                         ("diabetes", RandomForestRegressor, (dx, dy))]:
    scores = [kind(100, oob_score=True, random_state=s).fit(*data).oob_score_ for s in range(20)]
    out["forests"][name] = {"mean": float(np.mean(scores)), "deviation": float(np.std(scores))}

q, _, _, _ = make(8, 25, 5, 3)
out["neighbors"] = {"queries": q.tolist()}
for weighting in ("uniform", "distance"):
    for metric in ("euclidean", "manhattan"):
        c = KNeighborsClassifier(7, weights=weighting, metric=metric, algorithm="brute").fit(x, y)
        r = KNeighborsRegressor(7, weights=weighting, metric=metric, algorithm="brute").fit(x, target)
        distances, rows = c.kneighbors(q)
        out["neighbors"][f"{weighting} {metric}"] = {
            "rows": rows.tolist(), "distances": distances.tolist(),
            "probabilities": c.predict_proba(q).tolist(), "predictions": r.predict(q).tolist()}

json.dump(out, sys.stdout, separators=(",", ":"))
print()
