"""K-means by Lloyd's iterations from given centres."""
from contest import hold


def kmeans(name):
    def prepare(peer, data, threads):
        from sklearn.cluster import KMeans
        x, start = data(name + "_X.f32"), data(name + "_init.f32")
        model = KMeans(len(start), init=start, n_init=1, max_iter=100, tol=1e-4, algorithm="lloyd")
        return lambda: model.fit(x), lambda fitted: fitted.inertia_
    return prepare


hold({"kmeans-100k": kmeans("blobs_100000x32_k50"), "kmeans-20k": kmeans("blobs_20000x784_k10")})
