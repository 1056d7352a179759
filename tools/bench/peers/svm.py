"""Support vector machines with a radial basis function."""
from contest import hold

NAME = "knnsvm_20000x64"


def load(data):
    from sklearn.svm import SVC
    x, y, queries, classes = (data(NAME + part) for part in ("_X.f32", "_y2.i32", "_test_X.f32", "_test_y2.i32"))
    return lambda: SVC(C=1.0, gamma="scale", cache_size=1000).fit(x, y), queries, classes


def fit(peer, data, threads):
    train, queries, classes = load(data)
    return train, lambda model: (model.predict(queries) == classes).mean()


def predict(peer, data, threads):
    train, queries, classes = load(data)
    model = train()
    return lambda: model.predict(queries), lambda predicted: (predicted == classes).mean()


hold({"rbf-svm-fit": fit, "rbf-svm-predict": predict})
