"""Writes pca.json: scikit-learn's principal components of the digits, against which the tests compare. python3 pca.py

Each component's sign is chosen so that its element of greatest magnitude is positive. "wide" has fewer rows than features.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.decomposition import PCA

SHOWN = 3  # components written out


def figures_of(data, rank):
    pca = PCA(rank, svd_solver="full").fit(data)
    signs = [np.sign(c[np.argmax(np.abs(c))]) for c in pca.components_]
    return {
        "rank": rank,
        "variance": pca.explained_variance_.tolist(),
        "ratio": pca.explained_variance_ratio_.tolist(),
        "mean": pca.mean_.tolist(),
        "components": (pca.components_ * np.array(signs)[:, None])[:SHOWN].tolist(),
    }


digits = datasets.load_digits().data
figures = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "digits": figures_of(digits, 20), "wide": figures_of(digits[:40], 20)}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
