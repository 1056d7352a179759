"""The area under the ROC curve by a stable sort, the log-loss, and scikit-learn's metrics and curves, of a million probabilities."""
from contest import hold


def load(data):
    return data("scores_1000000_p.f32"), data("scores_1000000_y.i32")


def auc(peer, data, threads):
    import numpy as np
    p, y = load(data)

    def area():
        order = np.argsort(p, kind="stable")
        scores, labels = p[order], y[order].astype("f8")
        ends = np.r_[np.flatnonzero(scores[1:] != scores[:-1]), len(p) - 1]
        positive = np.cumsum(labels)[ends]
        negative = ends + 1 - positive
        return 1 - np.trapz(np.r_[0, positive], np.r_[0, negative]) / (positive[-1] * negative[-1])
    return area, lambda value: value


def logloss(peer, data, threads):
    import numpy as np
    p, y = load(data)
    return lambda: -np.log(np.clip(np.where(y == 1, p, 1 - p), 1e-7, 1)).mean(dtype="f8"), lambda value: value


def binary_metrics(peer, data, threads):
    from sklearn import metrics
    p, y = load(data)

    def evaluate():
        predicted = (p > 0.5).astype(y.dtype)
        metrics.roc_curve(y, p)
        metrics.precision_recall_curve(y, p)
        confusion = metrics.confusion_matrix(y, predicted)
        return [metrics.roc_auc_score(y, p), metrics.average_precision_score(y, p), metrics.log_loss(y, p), metrics.brier_score_loss(y, p),
                metrics.f1_score(y, predicted), metrics.accuracy_score(y, predicted), confusion[1, 0] / len(y)]
    return evaluate, sum


hold({"auc": auc, "logloss": logloss, "binary-metrics": binary_metrics})
