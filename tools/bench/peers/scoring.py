"""Label and probability of a million rows by logistic regression."""
from contest import hold


def batch(peer, data, threads):
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    x, y = data("binary_200000x50_X.f32"), data("binary_200000x50_y.i32")
    model = LogisticRegression(C=1, tol=1e-4, max_iter=200).fit(x, y)
    rows = np.tile(x, (5, 1))

    def score():
        p = model.predict_proba(rows)[:, 1]
        return p, p > 0.5
    return score, lambda scored: scored[0].mean()


hold({"score-batch": batch})
