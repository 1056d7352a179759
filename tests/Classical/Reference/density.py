"""Writes density.json: DBSCAN and the local outlier factor of scikit-learn on made-up rows, against which the tests compare. python3 density.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import DBSCAN
from sklearn.neighbors import LocalOutlierFactor

random = np.random.default_rng(3)
angles = random.uniform(0, np.pi, 140)
moons = np.column_stack([np.cos(angles), np.sin(angles)])
moons[70:] = [1, 0.5] - moons[70:]
rows = np.vstack([moons + random.normal(0, 0.09, moons.shape), random.uniform(-2, 3, (20, 2))])
rows = rows[random.permutation(len(rows))].astype(np.float32).astype(np.float64)
queries = random.uniform(-2, 3, (25, 2)).astype(np.float32).astype(np.float64)

figures = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "rows": rows.tolist(), "queries": queries.tolist()}
figures["dbscan"] = {}
for metric in ("euclidean", "manhattan"):
    for eps, minimum in ((0.2, 4), (0.25, 8), (0.12, 3), (0.6, 5)):
        model = DBSCAN(eps=eps, min_samples=minimum, metric=metric).fit(rows)
        figures["dbscan"][f"{metric} {eps} {minimum}"] = {"labels": model.labels_.tolist(), "core": model.core_sample_indices_.tolist()}

figures["lof"] = {}
for metric in ("euclidean", "manhattan"):
    for k, contamination in ((5, "auto"), (20, 0.1), (500, 0.25)):
        model = LocalOutlierFactor(n_neighbors=k, contamination=contamination, novelty=True, metric=metric).fit(rows)
        figures["lof"][f"{metric} {k} {contamination}"] = {
            "training": (-model.negative_outlier_factor_).tolist(),
            "threshold": -float(model.offset_),
            "scores": (-model.score_samples(queries)).tolist(),
            "anomalies": (model.predict(queries) < 0).astype(int).tolist(),
        }

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
