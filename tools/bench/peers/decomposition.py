"""Sixteen principal components, exactly; and a map of points by t-SNE."""
from contest import hold

RANK = 16


def covariance(x):
    import numpy as np, scipy.linalg

    def work():
        mean = x.mean(0, dtype=np.float64).astype("f4")
        c = x.T @ x / np.float32(len(x)) - np.outer(mean, mean)
        values, _ = scipy.linalg.eigh(c, subset_by_index=[len(c) - RANK, len(c) - 1])
        return values.sum() / np.trace(c)
    return work, lambda explained: explained


def full(x):
    from sklearn.decomposition import PCA
    return lambda: PCA(RANK, svd_solver="full").fit(x), lambda model: model.explained_variance_ratio_.sum()


def pca(peer, data, threads):
    x = data("lowrank_50000x256_r16_X.f32")
    return covariance(x) if peer == "numpy covariance" else full(x)


def tsne(peer, data, threads):
    from sklearn.manifold import TSNE
    x = data("small_5000x64_X.f32")

    def work():
        model = TSNE(2, perplexity=30, init="pca", learning_rate="auto", n_iter=1000, method="barnes_hut", angle=.5, random_state=0, n_jobs=threads)
        model.fit_transform(x)
        return model
    return work, lambda model: model.kl_divergence_


hold({"pca": pca, "tsne": tsne})
