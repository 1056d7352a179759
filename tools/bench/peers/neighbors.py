"""The five nearest neighbours by brute force, and DBSCAN by brute force, the faster way in 64 dimensions."""
from contest import hold


def knn(peer, data, threads):
    from sklearn.neighbors import KNeighborsClassifier
    name = "knnsvm_20000x64"
    x, y, queries, classes = (data(name + part) for part in ("_X.f32", "_y10.i32", "_test_X.f32", "_test_y10.i32"))
    model = KNeighborsClassifier(5, algorithm="brute", n_jobs=threads).fit(x, y)
    return lambda: model.predict(queries), lambda predicted: (predicted == classes).mean()


def dbscan(peer, data, threads):
    from sklearn.cluster import DBSCAN
    from sklearn.metrics import adjusted_rand_score
    x, classes = data("small_5000x64_X.f32"), data("small_5000x64_y.i32")
    model = DBSCAN(eps=10, min_samples=10, algorithm="brute", n_jobs=threads)
    return lambda: model.fit(x), lambda fitted: adjusted_rand_score(classes, fitted.labels_)


hold({"knn": knn, "dbscan": dbscan})
