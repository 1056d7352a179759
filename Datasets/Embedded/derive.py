"""Writes the embedded data sets from scikit-learn's package data: python3 derive.py

Run with scikit-learn 1.2.1. Values are the loaders' own (diabetes unscaled), written as the shortest decimal text that reads back
to the same double; labels as class names. The gzip headers carry no time and no file name, so the same zlib gives
the same bytes.
"""

import gzip
import pathlib

import numpy as np
from sklearn import datasets

HERE = pathlib.Path(__file__).parent

IRIS = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"]

WINE = [
    "Alcohol", "MalicAcid", "Ash", "AlcalinityOfAsh", "Magnesium", "TotalPhenols", "Flavanoids", "NonflavanoidPhenols",
    "Proanthocyanins", "ColorIntensity", "Hue", "Od280Od315", "Proline",
]

NUCLEUS = [
    "Radius", "Texture", "Perimeter", "Area", "Smoothness", "Compactness", "Concavity", "ConcavePoints", "Symmetry", "FractalDimension",
]
BREAST_CANCER = [f"Mean{m}" for m in NUCLEUS] + [f"{m}Error" for m in NUCLEUS] + [f"Worst{m}" for m in NUCLEUS]

DIABETES = [
    "Age", "Sex", "BodyMassIndex", "BloodPressure", "TotalCholesterol", "LowDensityLipoproteins", "HighDensityLipoproteins",
    "CholesterolRatio", "LogTriglycerides", "Glucose",
]

DIGITS = [f"Pixels.R{row}C{column}" for row in range(8) for column in range(8)]


def number(value):
    """12.0 becomes 12 and 0.1 stays 0.1."""
    return np.format_float_positional(value, unique=True, trim="-")


def write(name, features, label, matrix, labels):
    assert matrix.shape == (len(labels), len(features))
    lines = [",".join([*features, label])]
    lines += [",".join([*map(number, row), text]) for row, text in zip(matrix, labels)]
    content = ("\n".join(lines) + "\n").encode("ascii")
    path = HERE / name
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0) if name.endswith(".gz") else content)
    print(f"{name}: {len(labels)} rows, {path.stat().st_size} bytes")


iris = datasets.load_iris()
write("iris.csv", IRIS, "Species", iris.data, iris.target_names[iris.target])

wine = datasets.load_wine()
write("wine.csv", WINE, "Cultivar", wine.data, wine.target_names[wine.target])

cancer = datasets.load_breast_cancer()
write("breast-cancer.csv.gz", BREAST_CANCER, "Diagnosis", cancer.data, cancer.target_names[cancer.target])

diabetes = datasets.load_diabetes(scaled=False)
write("diabetes.csv", DIABETES, "Progression", diabetes.data, [number(y) for y in diabetes.target])

digits = datasets.load_digits()
write("digits.csv.gz", DIGITS, "Digit", digits.data, [str(d) for d in digits.target])
