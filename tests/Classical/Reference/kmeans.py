"""Writes kmeans.json: the least inertia that scikit-learn's k-means finds in 100 runs, against which the tests compare. python3 kmeans.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.cluster import KMeans

RUNS = 100


def inertias(data, clusters):
    """The inertia of each of 100 runs, with one start each, down to where no row changes its cluster."""
    return sorted(KMeans(clusters, n_init=1, tol=0, max_iter=1000, random_state=run).fit(data).inertia_ for run in range(RUNS))


figures = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "runs": RUNS}
for name, data, clusters in [("iris", datasets.load_iris().data, 3), ("digits", datasets.load_digits().data, 10)]:
    runs = inertias(data, clusters)
    figures[name] = {"clusters": clusters, "best": runs[0], "median": runs[RUNS // 2]}

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
