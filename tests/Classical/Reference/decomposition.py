"""Writes decomposition.json: scikit-learn's incremental components, singular vectors and kernel components of the digits. python3 decomposition.py

Each vector's sign is chosen so that its element of greatest magnitude is positive; of kernel components, that of the eigenvector.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.decomposition import IncrementalPCA, KernelPCA, TruncatedSVD

digits = datasets.load_digits().data


def turned(vectors):
    return (vectors * np.array([np.sign(v[np.argmax(np.abs(v))]) for v in vectors])[:, None]).tolist()


def incremental(rows, rank, batch):
    pca = IncrementalPCA(rank, batch_size=batch).fit(digits[:rows])
    return {
        "rows": rows,
        "rank": rank,
        "batch": batch,
        "variance": pca.explained_variance_.tolist(),
        "ratio": pca.explained_variance_ratio_.tolist(),
        "mean": pca.mean_.tolist(),
        "components": turned(pca.components_),
    }


def kernel(**options):
    pca = KernelPCA(3, eigen_solver="dense", **options).fit(digits[:150] / 16)
    projected = pca.transform(digits[150:160] / 16)
    signs = np.array([np.sign(v[np.argmax(np.abs(v))]) for v in pca.eigenvectors_.T])
    return {"eigenvalues": pca.eigenvalues_.tolist(), "projected": (projected * signs).tolist()}


svd = TruncatedSVD(6, algorithm="arpack", tol=1e-12).fit(digits)
figures = {
    "scikit-learn": sklearn.__version__,
    "numpy": np.__version__,
    "incremental": incremental(503, 6, 100),
    "wide": incremental(90, 6, 30),
    "svd": {
        "components": turned(svd.components_),
        "singular": svd.singular_values_.tolist(),
        "variance": svd.explained_variance_.tolist(),
        "ratio": svd.explained_variance_ratio_.tolist(),
    },
    "Rbf": kernel(kernel="rbf", gamma=0.05),
    "Polynomial": kernel(kernel="poly", gamma=0.05, degree=3, coef0=1),
    "Linear": kernel(kernel="linear"),
    "Sigmoid": kernel(kernel="sigmoid", gamma=0.01, coef0=1),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
