"""Linear models. The quality is what they minimise, for each row, in double."""
from contest import hold


def logistic(peer, data, threads):
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    x, y = data("binary_200000x50_X.f32"), data("binary_200000x50_y.i32")
    solver = peer.split()[1]

    def loss(model):
        w, scores = model.coef_.ravel().astype("f8"), x.astype("f8") @ model.coef_.ravel() + model.intercept_
        return (np.logaddexp(0, np.where(y == 1, -scores, scores)).sum() + w @ w / 2) / len(x)
    return lambda: LogisticRegression(solver=solver, C=1, tol=1e-4, max_iter=200).fit(x, y), loss


def softmax(peer, data, threads):
    import scipy.special
    from sklearn.linear_model import LogisticRegression
    x, y = data("digits_60000x784_c10_X.f32"), data("digits_60000x784_c10_y.i32")

    def loss(model):
        w = model.coef_.astype("f8")
        scores = x.astype("f8") @ w.T + model.intercept_
        return ((scipy.special.logsumexp(scores, axis=1) - scores[range(len(y)), y]).sum() + (w * w).sum() / 2) / len(x)
    return lambda: LogisticRegression(C=1, tol=1e-4, max_iter=50).fit(x, y), loss


def ridge(peer, data, threads):
    from sklearn.linear_model import Ridge
    x, y = data("regression_200000x50_X.f32"), data("regression_200000x50_y.f32")

    def loss(model):
        w = model.coef_.astype("f8")
        errors = y - x.astype("f8") @ w - model.intercept_
        return (errors @ errors + w @ w) / len(x)
    return lambda: Ridge(1.0).fit(x, y), loss


def lasso(peer, data, threads):
    from sklearn.linear_model import Lasso
    x, y = data("regression_200000x50_X.f32"), data("regression_200000x50_y.f32")

    def loss(model):
        w = model.coef_.astype("f8")
        errors = y - x.astype("f8") @ w - model.intercept_
        return errors @ errors / (2 * len(x)) + 0.01 * abs(w).sum()
    return lambda: Lasso(0.01).fit(x, y), loss


def svm(peer, data, threads):
    import numpy as np
    from sklearn.svm import LinearSVC
    x, y = data("binary_200000x50_X.f32"), data("binary_200000x50_y.i32")

    def loss(model):
        w, b = model.coef_.ravel().astype("f8"), model.intercept_[0]
        below = np.maximum(0, 1 - np.where(y == 1, 1, -1) * (x.astype("f8") @ w + b))
        return ((w @ w + b * b) / 2 + below @ below) / len(x)
    return lambda: LinearSVC(C=1.0, dual=False, random_state=0).fit(x, y), loss


hold({"logistic": logistic, "softmax": softmax, "ridge": ridge, "lasso": lasso, "linear-svm": svm})
