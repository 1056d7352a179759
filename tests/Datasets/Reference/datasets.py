"""Writes datasets.json: figures of scikit-learn's copies of the embedded data sets, against which the tests compare. python3 datasets.py

The features are hashed as single-precision little-endian numbers, row by row, so that every value counts.
"""

import collections
import hashlib
import json
import math
import pathlib

import numpy as np
import sklearn
from sklearn import datasets

SETS = {
    "iris": datasets.load_iris(),
    "wine": datasets.load_wine(),
    "diabetes": datasets.load_diabetes(scaled=False),
    "breast-cancer": datasets.load_breast_cancer(),
    "digits": datasets.load_digits(),
}

figures = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "sets": {}}
for name, loaded in SETS.items():
    features = loaded.data.astype("<f4")
    entry = {
        "rows": features.shape[0],
        "features": features.shape[1],
        "sums": [math.fsum(column) for column in features.T.astype(float)],
        "sha256": hashlib.sha256(features.tobytes()).hexdigest(),
    }
    if name == "diabetes":
        entry["labelSum"] = math.fsum(loaded.target)
        entry["labelSha256"] = hashlib.sha256(loaded.target.astype("<f4").tobytes()).hexdigest()
    else:
        texts = [str(loaded.target_names[y]) for y in loaded.target]
        entry["classCounts"] = dict(sorted(collections.Counter(texts).items()))
        entry["labelSha256"] = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    figures["sets"][name] = entry

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(figures, indent=1) + "\n")
