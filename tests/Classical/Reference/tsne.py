"""Writes tsne.json: scikit-learn's affinities and divergences of the digits, against which the tests compare. python3 tsne.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.manifold import TSNE, _t_sne
from sklearn.neighbors import NearestNeighbors

ROWS, PERPLEXITY, MAPPED = 200, 12, 300

digits = datasets.load_digits().data
neighbors = NearestNeighbors(n_neighbors=3 * PERPLEXITY + 1).fit(digits[:ROWS]).kneighbors_graph(mode="distance")
neighbors.data **= 2
p = _t_sne._joint_probabilities_nn(neighbors, PERPLEXITY, 0)


mapped = TSNE(2, init="pca", learning_rate="auto", random_state=0).fit(digits[:MAPPED])
figures = {
    "scikit-learn": sklearn.__version__,
    "numpy": np.__version__,
    "affinities": {"rows": ROWS, "perplexity": PERPLEXITY, "row0": p[0].toarray()[0].tolist()},
    "divergence": {"rows": MAPPED, "divergence": float(mapped.kl_divergence_)},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
