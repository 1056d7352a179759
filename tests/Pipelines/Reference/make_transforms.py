"""Writes transforms.json: figures from scikit-learn and SciPy that the tests of the transforms compare with.

Run: python3 make_transforms.py > transforms.json
"""
import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, OneHotEncoder, StandardScaler

rows, columns = 60, 5
i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
x = np.sin(1.7 * i + 0.9 * j * j + 0.3) * 10.0 ** (j - 2) + (j == 3) * 1000
x[:, 2] = np.round(x[:, 2] * 2) / 2  # repeated values, for the mode
x[(3 * i + 5 * j) % 11 == 0] = np.nan

words = np.array([["pear", "fig", "apple", "fig", "quince", "apple", "Fig"][(k * k + k // 3) % 7] for k in range(30)])
unseen = np.array(["fig", "mango", "apple"])
encoder = OneHotEncoder(handle_unknown="ignore").fit(words.reshape(-1, 1))

z = np.array([-37.0, -20.0, -8.0, -6.5, -3.5, -2.0001, -2.0, -1.9999, -1.0, -1e-3, -1e-20, 0.0, 1e-9, 0.4472, 1.0, 2.0, 2.0001, 3.3, 6.0, 9.0])


def rows_of(a):
    return [[None if np.isnan(v) else float(v) for v in row] for row in np.asarray(a)]


json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
    "x": rows_of(x),
    "standard": rows_of(StandardScaler().fit_transform(x)),
    "minmax": rows_of(MinMaxScaler().fit_transform(x)),
    "maxabs": rows_of(MaxAbsScaler().fit_transform(x)),
    "rms": rows_of(x / np.sqrt(np.nanmean(x * x, axis=0))),
    "cdf": rows_of(norm.cdf(StandardScaler().fit_transform(x))),
    "impute_mean": rows_of(SimpleImputer(strategy="mean").fit_transform(x)),
    "impute_mode": rows_of(SimpleImputer(strategy="most_frequent").fit_transform(x)),
    "impute_min": rows_of(np.where(np.isnan(x), np.nanmin(x, axis=0), x)),
    "impute_max": rows_of(np.where(np.isnan(x), np.nanmax(x, axis=0), x)),
    "words": list(map(str, words)),
    "categories": list(map(str, encoder.categories_[0])),
    "onehot": rows_of(encoder.transform(words.reshape(-1, 1)).toarray()),
    "unseen": list(map(str, unseen)),
    "onehot_unseen": rows_of(encoder.transform(unseen.reshape(-1, 1)).toarray()),
    "z": list(map(float, z)),
    "normal_cdf": list(map(float, norm.cdf(z))),
}, sys.stdout)
print()
