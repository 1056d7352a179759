"""Writes meta.json: what scikit-learn's ensembles, calibrators and class weights, and SciPy's minimisers, find on small data. python3 meta.py"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, softmax
from sklearn.calibration import CalibratedClassifierCV, _SigmoidCalibration
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB


def single(values):
    """As MLPath reads features and weights."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def logistic(**options):
    return LogisticRegression(C=1, tol=1e-10, max_iter=10000, **options)


rng = np.random.default_rng(11)
n, d = 90, 3
classes = np.repeat([0, 1, 2], n // 3)[rng.permutation(n)]
x = single(np.round(rng.normal(size=(n, d)) + np.array([[0, 0, 0], [1.2, 0.3, 0], [0, 1.1, 0.8]])[classes], 3))
binary = (np.argsort(np.argsort(x[:, 0] + 0.8 * rng.normal(size=n))) >= 55).astype(int)
target = single(np.round(x @ [1, -2, 0.5] + 0.5 * rng.normal(size=n), 3))
queries = single(np.round(rng.normal(size=(20, d)) * 1.5, 3))

scores = single(np.round(1.7 * rng.normal(size=120), 1))
positive = (rng.uniform(size=120) < expit(0.9 * scores - 0.4)).astype(int)
weights = single(np.round(rng.uniform(0.25, 3, size=120), 2))
places = single(np.round(rng.normal(size=25) * 3, 2))

folds, number_folds = StratifiedKFold(5), KFold(5)


def platt(weight):
    total, plus = weight.sum(), weight[positive == 1].sum()
    t = np.where(positive == 1, (plus + 1) / (plus + 2), 1 / (total - plus + 2))

    def loss(ab):
        z = ab[0] * scores + ab[1]
        return np.sum(weight * (t * z + np.logaddexp(0, -z)))

    best = minimize(loss, [0, 0], method="BFGS", options=dict(gtol=1e-9)).x
    best = minimize(loss, best, method="Nelder-Mead", options=dict(xatol=1e-12, fatol=1e-14, maxiter=5000)).x
    theirs = _SigmoidCalibration().fit(scores, positive, weight)
    return dict(slope=best[0], offset=best[1], sklearnSlope=theirs.a_, sklearnOffset=theirs.b_)


logits = single(np.round(3 * rng.normal(size=(80, 3)), 3))
answers = np.array([rng.choice(3, p=p) for p in softmax(logits / 2.2, axis=1)])
temperature = 1 / minimize_scalar(
    lambda b: -log_softmax(b * logits, axis=1)[np.arange(80), answers].sum(), bounds=(1e-3, 10), method="bounded", options=dict(xatol=1e-13)).x

members = [("l", logistic()), ("b", GaussianNB())]
numbers = [("r", Ridge(alpha=1)), ("o", LinearRegression())]
isotonic = {}
for name, w in dict(plain=None, weighted=weights).items():
    isotonic[name] = IsotonicRegression(out_of_bounds="clip").fit(scores, positive, w).predict(places).tolist()

figures = dict(
    versions=dict(sklearn=sklearn.__version__, scipy=scipy.__version__, numpy=np.__version__),
    x=x.tolist(), classes=classes.tolist(), binary=binary.tolist(), target=target.tolist(), queries=queries.tolist(),
    scores=scores.tolist(), positive=positive.tolist(), weights=weights.tolist(), places=places.tolist(),
    platt=platt(np.ones(120)), plattWeighted=platt(weights), isotonic=isotonic,
    temperature=dict(logits=logits.tolist(), answers=answers.tolist(), value=temperature),
    voting=dict(
        soft=VotingClassifier(members, voting="soft", weights=[2, 1]).fit(x, classes).predict_proba(queries).tolist(),
        softBinary=VotingClassifier(members, voting="soft").fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        hard=VotingClassifier(members, voting="hard", weights=[2, 1]).fit(x, classes).predict(queries).tolist(),
        numbers=VotingRegressor(numbers, weights=[1, 3]).fit(x, target).predict(queries).tolist()),
    stacking=dict(
        binary=StackingClassifier(members, logistic(), cv=folds).fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        passed=StackingClassifier(members, logistic(), cv=folds, passthrough=True).fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        classes=StackingClassifier(members, logistic(), cv=folds).fit(x, classes).predict_proba(queries).tolist(),
        numbers=StackingRegressor(numbers, Ridge(alpha=1), cv=number_folds).fit(x, target).predict(queries).tolist()),
    ova=OneVsRestClassifier(logistic()).fit(x, classes).predict_proba(queries).tolist(),
    calibrated=dict(
        platt=CalibratedClassifierCV(GaussianNB(), method="sigmoid", cv=folds).fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        isotonic=CalibratedClassifierCV(GaussianNB(), method="isotonic", cv=folds).fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        one=CalibratedClassifierCV(GaussianNB(), method="sigmoid", cv=folds, ensemble=False).fit(x, binary).predict_proba(queries)[:, 1].tolist()),
    balanced=dict(
        binary=logistic(class_weight="balanced").fit(x, binary).predict_proba(queries)[:, 1].tolist(),
        classes=logistic(class_weight="balanced").fit(np.vstack([x, x[classes == 1]]), np.append(classes, classes[classes == 1])).predict_proba(queries).tolist()),
)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(figures) + "\n")
