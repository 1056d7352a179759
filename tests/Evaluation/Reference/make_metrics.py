"""Writes metrics.json: inputs, and what scikit-learn, SciPy and NumPy make of them.

Run with scikit-learn 1.2.1, SciPy 1.10.1 and NumPy 1.24.2 (the versions are written into the file):

    python3 make_metrics.py

Every input is exactly representable in single precision, and scores and probabilities are multiples of a power of two, so that there
are many ties and no rounding on the way.
"""
import json
import os
import platform

import numpy as np
import scipy
import scipy.stats
import sklearn
from sklearn import metrics as skm


def numbers(values):
    return [v.item() if hasattr(v, "item") else v for v in np.asarray(values).ravel()]


def weights_or_none(rng, n, weighted):
    # Multiples of 1/8, some of them 0.
    return rng.integers(0, 25, n) / 8.0 if weighted else None


def averages(y, predicted, w):
    result = {}
    for average in ("macro", "weighted"):
        title = average.capitalize()
        result[title + "Precision"] = skm.precision_score(y, predicted, average=average, sample_weight=w, zero_division=0)
        result[title + "F1Score"] = skm.f1_score(y, predicted, average=average, sample_weight=w, zero_division=0)
    return result


def binary(rng, name, n, weighted, shift=0.0, extreme=False):
    y = rng.random(n) < 0.4
    margin = np.round((rng.normal(size=n) + np.where(y, 0.8, -0.4) + shift) * 4) / 4
    low, high = (0, 64) if extreme else (1, 63)
    p = np.clip(np.round(64 / (1 + np.exp(-margin * 1.5)) + rng.integers(-6, 7, n)), low, high) / 64
    w = weights_or_none(rng, n, weighted)
    predicted = margin > 0
    fpr, tpr, roc_thresholds = skm.roc_curve(y, margin, sample_weight=w, drop_intermediate=False)
    precision, recall, pr_thresholds = skm.precision_recall_curve(y, margin, sample_weight=w)
    share = np.average(y, weights=w)
    nats = skm.log_loss(y, p, sample_weight=w, eps=1e-15)
    if extreme:
        # scikit-learn's floor of a negative row's probability is 1 - (1 - 1e-15), which rounding makes 9.992e-16.
        floored = np.average(-np.log(np.maximum(np.where(y, p, 1 - p), 1e-15)), weights=w)
        assert abs(floored - nats) < 1e-5
        nats = floored
    entropy = scipy.stats.entropy([share, 1 - share], base=2)
    expected = {
        "AreaUnderRocCurve": skm.roc_auc_score(y, margin, sample_weight=w),
        "AreaUnderPrecisionRecallCurve": skm.auc(recall, precision),
        "AveragePrecision": skm.average_precision_score(y, margin, sample_weight=w),
        "Accuracy": skm.accuracy_score(y, predicted, sample_weight=w),
        "PositivePrecision": skm.precision_score(y, predicted, sample_weight=w),
        "PositiveRecall": skm.recall_score(y, predicted, sample_weight=w),
        "NegativePrecision": skm.precision_score(y, predicted, pos_label=False, sample_weight=w),
        "NegativeRecall": skm.recall_score(y, predicted, pos_label=False, sample_weight=w),
        "F1Score": skm.f1_score(y, predicted, sample_weight=w),
        "BalancedAccuracy": skm.balanced_accuracy_score(y, predicted, sample_weight=w),
        "MatthewsCorrelation": skm.matthews_corrcoef(y, predicted, sample_weight=w),
        "CohensKappa": skm.cohen_kappa_score(y, predicted, sample_weight=w),
        "CrossEntropy": nats,
        "BrierScore": skm.brier_score_loss(y, p, sample_weight=w),
        "Entropy": entropy,
        **averages(y, predicted, w),
    }
    if not extreme:
        expected["LogLoss"] = nats / np.log(2)
        expected["LogLossReduction"] = (entropy - nats / np.log(2)) / entropy
    return {
        "name": name, "labels": numbers(y), "scores": numbers(margin), "probabilities": numbers(p),
        "weights": None if w is None else numbers(w), "expected": expected,
        # By falling threshold, without the artificial end point of each library convention.
        "roc": {"thresholds": numbers(roc_thresholds[1:]), "fpr": numbers(fpr[1:]), "tpr": numbers(tpr[1:])},
        "pr": {"thresholds": numbers(pr_thresholds[::-1]), "precision": numbers(precision[:-1][::-1]),
               "recall": numbers(recall[:-1][::-1])},
    }


def multiclass(rng, name, n, k, weighted, probabilities=True, rare=False):
    shares = np.full(k, 1.0 / k)
    if rare:
        shares = np.array([0.6, 0.3] + [0.1 / (k - 2)] * (k - 2))
    y = rng.choice(k, size=n, p=shares)
    logits = rng.normal(size=(n, k)) + 1.2 * np.eye(k)[y]
    if rare:
        logits[:, k - 1] = -9  # a class that is never predicted
    w = weights_or_none(rng, n, weighted)
    if probabilities:
        soft = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        scores = np.array([rng.multinomial(32, row) for row in soft]) / 32.0
    else:
        scores = np.round(logits * 2.0**16) / 2.0**16
        assert all(len(set(row)) == k for row in scores)
    predicted = scores.argmax(axis=1)
    one_hot = np.eye(k)[y]
    precision, recall, f1, _ = skm.precision_recall_fscore_support(
        y, predicted, labels=range(k), sample_weight=w, zero_division=0)
    aucs = [skm.roc_auc_score(y == c, scores[:, c], sample_weight=w) for c in range(k)]
    aps = [skm.average_precision_score(y == c, scores[:, c], sample_weight=w) for c in range(k)]
    expected = {
        "MicroAccuracy": skm.accuracy_score(y, predicted, sample_weight=w),
        "MacroAccuracy": skm.balanced_accuracy_score(y, predicted, sample_weight=w),
        "MatthewsCorrelation": skm.matthews_corrcoef(y, predicted, sample_weight=w),
        "CohensKappa": skm.cohen_kappa_score(y, predicted, sample_weight=w),
        "MacroAreaUnderRocCurve": np.mean(aucs),
        "MacroAveragePrecision": np.mean(aps),
        **averages(y, predicted, w),
    }
    if probabilities:
        share = np.array([np.average(y == c, weights=w) for c in range(k)])
        entropy = scipy.stats.entropy(share)
        log_loss = skm.log_loss(y, scores, labels=range(k), sample_weight=w, eps=1e-15)
        expected["LogLoss"] = log_loss
        expected["LogLossReduction"] = (entropy - log_loss) / entropy
        expected["BrierScore"] = np.average(((scores - one_hot) ** 2).sum(axis=1), weights=w)
        assert abs(expected["MacroAreaUnderRocCurve"] - skm.roc_auc_score(
            y, scores, multi_class="ovr", average="macro", sample_weight=w)) < 1e-12
    top_k = None
    if not probabilities:
        top_k = [skm.top_k_accuracy_score(y, scores, k=j, labels=range(k), sample_weight=w) for j in range(1, k)]
    return {
        "name": name, "classes": k, "labels": numbers(y), "scores": numbers(scores), "weights": None if w is None else numbers(w),
        "expected": expected, "top_k": top_k,
        "per_class": {"precision": numbers(precision), "recall": numbers(recall), "f1": numbers(f1), "auc": aucs, "ap": aps},
        "confusion": numbers(skm.confusion_matrix(y, predicted, labels=range(k), sample_weight=w)),
    }


def regression(rng, name, n, weighted, offset=0.0):
    y = np.round(rng.normal(size=n) * 64) / 16 + offset
    y[y == 0] = 0.25
    f = y + np.round(rng.normal(size=n) * 32) / 32 + 0.125
    # No weight splits the whole exactly in half, where scikit-learn's weighted median would take the lower value, not the midpoint.
    w = weights_or_none(rng, n, weighted)
    return {
        "name": name, "labels": numbers(y), "scores": numbers(f), "weights": None if w is None else numbers(w),
        "expected": {
            "MeanAbsoluteError": skm.mean_absolute_error(y, f, sample_weight=w),
            "MeanSquaredError": skm.mean_squared_error(y, f, sample_weight=w),
            "RootMeanSquaredError": skm.mean_squared_error(y, f, sample_weight=w, squared=False),
            "LossFunction": skm.mean_squared_error(y, f, sample_weight=w),
            "RSquared": skm.r2_score(y, f, sample_weight=w),
            "MedianAbsoluteError": skm.median_absolute_error(y, f, sample_weight=w),
            "MaxError": skm.max_error(y if w is None else y[w > 0], f if w is None else f[w > 0]),
            "MeanAbsolutePercentageError": skm.mean_absolute_percentage_error(y, f, sample_weight=w),
            "ExplainedVariance": skm.explained_variance_score(y, f, sample_weight=w),
        },
    }


def clustering(rng, name, n, k, d, noise=False):
    labels = rng.integers(0, k, n)
    centers = np.round(rng.normal(size=(k, d)) * 12) / 4
    x = centers[labels] + np.round(rng.normal(size=(n, d)) * 8) / 8
    distances = ((x[:, None, :] - centers[None]) ** 2).sum(axis=2) ** 0.5
    clusters = np.where(rng.random(n) < 0.15, rng.integers(0, k, n), distances.argmin(axis=1)) * 3
    if noise:
        clusters[rng.random(n) < 0.1] = -1
    clusters[0] = 3 * k  # a row alone in its cluster
    member = clusters >= 0
    return {
        "name": name, "dimensions": d, "clusters": numbers(clusters), "labels": numbers(labels), "features": numbers(x),
        "expected": {
            "Silhouette": skm.silhouette_score(x[member], clusters[member]),
            "DaviesBouldinIndex": skm.davies_bouldin_score(x[member], clusters[member]),
            "AdjustedRandIndex": skm.adjusted_rand_score(labels, clusters),
            "Homogeneity": skm.homogeneity_score(labels, clusters),
            "NormalizedMutualInformation": skm.homogeneity_score(labels, clusters),
            "Completeness": skm.completeness_score(labels, clusters),
            "VMeasure": skm.normalized_mutual_info_score(labels, clusters, average_method="arithmetic"),
        },
        "silhouettes": {str(row): value for row, value in
                        zip(numbers(np.flatnonzero(member)), numbers(skm.silhouette_samples(x[member], clusters[member])))},
    }


def t_quantile(confidence, nu):
    # SciPy 1.10's quantile is good to nine or ten digits; a Newton step on its tail probability, which is exact, gives the rest.
    tail = (1 - confidence) / 2
    t = scipy.stats.t.isf(tail, nu)
    return t + (scipy.stats.t.sf(t, nu) - tail) / scipy.stats.t.pdf(t, nu)


def t_test(rng, name, splits, ratio, effect):
    b = np.round(rng.normal(0.9, 0.03, splits), 4)
    a = np.round(b + rng.normal(effect, 0.02, splits), 4)
    difference = a - b
    error = np.std(difference, ddof=1) * np.sqrt(1 / splits + ratio)
    t = difference.mean() / error
    margin = t_quantile(0.95, splits - 1) * error
    error_a = np.std(a, ddof=1) * np.sqrt(1 / splits + ratio)
    margin_a = t_quantile(0.9, splits - 1) * error_a
    return {
        "name": name, "a": numbers(a), "b": numbers(b), "ratio": ratio, "t": t, "p": 2 * scipy.stats.t.sf(abs(t), splits - 1),
        "lower": difference.mean() - margin, "upper": difference.mean() + margin,
        "summary_of_a_90": {"mean": a.mean(), "deviation": np.std(a, ddof=1), "error": error_a,
                            "lower": a.mean() - margin_a, "upper": a.mean() + margin_a},
    }


def main():
    rng = np.random.default_rng(20240229)
    document = {
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
                     "scikit-learn": sklearn.__version__},
        "binary": [
            binary(rng, "tied scores", 80, weighted=False),
            binary(rng, "tied scores, weighted", 80, weighted=True),
            binary(rng, "unbalanced decisions, weighted, probabilities of 0 and 1", 60, weighted=True, shift=1.0, extreme=True),
        ],
        "multiclass": [
            multiclass(rng, "tied probabilities", 90, 3, weighted=False),
            multiclass(rng, "tied probabilities, weighted", 90, 4, weighted=True),
            multiclass(rng, "a class that is never predicted", 120, 5, weighted=True, rare=True),
            multiclass(rng, "scores that are no probabilities", 70, 5, weighted=True, probabilities=False),
        ],
        "regression": [
            regression(rng, "plain", 51, weighted=False),
            regression(rng, "even number of rows", 50, weighted=False),
            regression(rng, "weighted", 61, weighted=True),
            regression(rng, "far from the origin", 40, weighted=True, offset=4096.0),
        ],
        "clustering": [
            clustering(rng, "two dimensions", 60, 3, 2),
            clustering(rng, "seven dimensions", 53, 4, 7),
            clustering(rng, "with noise", 60, 3, 3, noise=True),
        ],
        "t_tests": [
            t_test(rng, "10 folds", 10, 1 / 9, 0.01),
            t_test(rng, "3 times 10 folds", 30, 1 / 9, -0.02),
            t_test(rng, "5 folds, no effect", 5, 1 / 4, 0.0),
            t_test(rng, "two holdouts", 2, 1 / 3, 0.03),
            t_test(rng, "5 times 20 folds", 100, 1 / 19, 0.05),
        ],
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "metrics.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, separators=(",", ":"), default=lambda v: v.item())
        file.write("\n")


if __name__ == "__main__":
    main()
