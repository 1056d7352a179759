"""Writes numbers.json: figures from scikit-learn and NumPy that the tests of normalisers, hashes and feature selection compare with.

Run: python3 make_numbers.py > numbers.json
"""
import json
import struct
import sys

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.feature_selection import VarianceThreshold
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import KBinsDiscretizer, Normalizer, RobustScaler
from sklearn.utils import murmurhash3_32

rows, columns = 60, 5
i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
x = np.sin(1.7 * i + 0.9 * j * j + 0.3) * 10.0 ** (j - 2) + (j == 3) * 1000
gaps = x.copy()
gaps[(3 * i + 5 * j) % 11 == 0] = np.nan
positive = np.exp(3 * np.sin(1.3 * i + j))
log = np.log(positive)

constant = x.copy()
constant[:, 1] = 7
constant[:, 4] = np.where(i[:, 4] % 30 == 0, 1e-3, 0)

label = (i[:, 0] * i[:, 0] // 5) % 3
categories = np.stack([(i[:, 0] // 3) % 4, (label * 5 + i[:, 0] // 7) % 6, label + 1, (7 * i[:, 0]) % 5], axis=1)

words = ["", "a", "ab", "abc", "abcd", "MLB", "NFL", "MLS", "0-5yrs", "6-11yrs", "11-15yrs", "käse", "東京", "\U0001f600", "a longer text, with spaces in it"]
seeds = [0, 1, 42, 314489979, 4294967295]


def rows_of(a):
    return [[None if np.isnan(v) else float(v) for v in row] for row in np.asarray(a)]


def hashes(values, form):
    return [int(murmurhash3_32(struct.pack(form, v), seed=314489979, positive=True)) for v in values]


json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
    "x": rows_of(x),
    "gaps": rows_of(gaps),
    "robust": rows_of(RobustScaler().fit_transform(gaps)),
    "robust_uncentred": rows_of(RobustScaler(with_centering=False, quantile_range=(10, 95)).fit_transform(gaps)),
    "kbins": rows_of(KBinsDiscretizer(n_bins=6, encode="ordinal", strategy="quantile").fit_transform(x) / 5),
    "positive": rows_of(positive),
    "log_cdf": rows_of(norm.cdf((log - log.mean(axis=0)) / log.std(axis=0))),
    "l1": rows_of(Normalizer("l1").fit_transform(x)),
    "l2": rows_of(Normalizer("l2").fit_transform(x)),
    "max": rows_of(Normalizer("max").fit_transform(x)),
    "standardised_rows": rows_of((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)),
    "constant": rows_of(constant),
    "variances": list(map(float, VarianceThreshold(0.01).fit(constant).variances_)),
    "above_0": [int(k) for k in VarianceThreshold().fit(constant).get_support(indices=True)],
    "above_001": [int(k) for k in VarianceThreshold(0.01).fit(constant).get_support(indices=True)],
    "label": [int(v) for v in label],
    "categories": rows_of(categories),
    "information": [float(mutual_info_score(label, categories[:, k]) / np.log(2)) for k in range(categories.shape[1])],
    "words": words,
    "seeds": seeds,
    "hashes_of_words": [[float(murmurhash3_32(w.encode("utf-8"), seed=s, positive=True)) for w in words] for s in seeds],
    "singles": [0.0, 1.0, -2.5, 3.0e38],
    "hashes_of_singles": hashes([0.0, 1.0, -2.5, 3.0e38], "<f"),
    "hashes_of_doubles": hashes([0.0, 1.0, -2.5, 3.0e38], "<d"),
    "integers": [0, 1, -7, 18, 14, 15],
    "hashes_of_int32": hashes([0, 1, -7, 18, 14, 15], "<i"),
    "hashes_of_int64": hashes([0, 1, -7, 18, 14, 15], "<q"),
}, sys.stdout)
print()
