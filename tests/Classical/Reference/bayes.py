"""Writes bayes.json: scikit-learn's naive Bayes of counted features on made-up counts, against which the tests compare. python3 bayes.py"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.naive_bayes import BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB

rng = np.random.default_rng(9)
n, d, k = 60, 6, 3
y = rng.choice(k, size=n, p=[0.6, 0.3, 0.1])
x = rng.poisson(np.array([[3, 1, 0.3, 1, 0, 2], [1, 3, 0.5, 0.2, 1, 2], [0.5, 1, 2, 1, 2, 0.1]])[y])
w = np.round(rng.uniform(0.25, 3, size=n), 2).astype(np.float32).astype(float)


def figures(model, weighted=True):
    model.fit(x, y, sample_weight=w if weighted else None)
    return model.predict_proba(x).tolist()


result = {
    "scikit-learn": sklearn.__version__, "numpy": np.__version__,
    "x": x.tolist(), "y": y.tolist(), "w": w.tolist(),
    "bernoulli": figures(BernoulliNB(alpha=0.5)),
    "bernoulliAbove1": figures(BernoulliNB(alpha=1, binarize=1.0, fit_prior=False)),
    "multinomial": figures(MultinomialNB(alpha=1)),
    "multinomialUniform": figures(MultinomialNB(alpha=0.1, fit_prior=False)),
    "complement": figures(ComplementNB(alpha=1)),
    "complementNormalized": figures(ComplementNB(alpha=0.5, norm=True)),
    "categorical": figures(CategoricalNB(alpha=1)),
    "categoricalOf12": figures(CategoricalNB(alpha=0.3, min_categories=12)),
    "gaussianUniform": GaussianNB(priors=[1 / 3] * 3, var_smoothing=1e-2).fit(x, y).predict_proba(x).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(
    "{\n" + ",\n".join(f'"{name}": {json.dumps(value)}' for name, value in result.items()) + "\n}\n")
