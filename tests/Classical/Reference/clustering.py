"""Writes clustering.json: what scikit-learn's clusterers find on embedded sets, in single precision. python3 clustering.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.mixture import GaussianMixture

iris = datasets.load_iris().data.astype("f4").astype("f8")
wine = datasets.load_wine().data.astype("f4").astype("f8")

figures = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}

given = KMeans(3, init=wine[[0, 60, 140]], n_init=1, tol=1e-4, algorithm="lloyd").fit(wine)
figures["kmeans"] = {
    "inertia": given.inertia_,
    "iterations": given.n_iter_,
    "labels": given.labels_.tolist(),
    "centers": given.cluster_centers_.tolist(),
}

figures["gmm"] = {}
for kind in ["full", "tied", "diag", "spherical"]:
    mixture = GaussianMixture(3, covariance_type=kind, tol=1e-10, max_iter=10000, random_state=0).fit(iris)
    order = np.argsort(mixture.means_[:, 0])
    figures["gmm"][kind] = {
        "log_likelihood": mixture.score(iris) * len(iris),
        "bic": mixture.bic(iris),
        "aic": mixture.aic(iris),
        "weights": mixture.weights_[order].tolist(),
        "means": mixture.means_[order].tolist(),
        "probabilities": mixture.predict_proba(iris)[:, order][::10].tolist(),
    }

figures["agglomerative"] = {}
for linkage in ["ward", "complete", "average", "single"]:
    tree = AgglomerativeClustering(4, linkage=linkage, compute_distances=True).fit(wine)
    cut = AgglomerativeClustering(None, linkage=linkage, distance_threshold=tree.distances_[-7] * (1 - 1e-9)).fit(wine)
    figures["agglomerative"][linkage] = {
        "labels": tree.labels_.tolist(),
        "distances": tree.distances_.tolist(),
        "children": tree.children_.ravel().tolist(),
        "threshold": tree.distances_[-7] * (1 - 1e-9),
        "clusters_at_threshold": int(cut.n_clusters_),
    }

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures) + "\n")
