"""Gaussian naive Bayes."""
from contest import hold

NAME = "digits_60000x784_c10"


def load(data):
    from sklearn.naive_bayes import GaussianNB
    x, y, queries, classes = (data(NAME + part) for part in ("_X.f32", "_y.i32", "_test_X.f32", "_test_y.i32"))
    return lambda: GaussianNB().fit(x, y), queries, classes


def fit(peer, data, threads):
    train, queries, classes = load(data)
    return train, lambda model: (model.predict(queries) == classes).mean()


def predict(peer, data, threads):
    train, queries, classes = load(data)
    model = train()
    return lambda: model.predict(queries), lambda predicted: (predicted == classes).mean()


hold({"bayes-fit": fit, "bayes-predict": predict})
