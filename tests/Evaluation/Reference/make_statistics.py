"""Writes statistics.json: the statistics of comparisons as SciPy has them, or from the definitions where it has none.

Run with SciPy 1.10.1 and NumPy 1.24.2 (the versions are written into the file):

    python3 make_statistics.py

SciPy has no McNemar, DeLong, corrected or Bayesian tests, and no combined 5x2cv F. Here they are written as their papers define them, by sums over
all pairs and plain loops, on SciPy's distributions: McNemar 1947 with scipy.stats.binomtest and chi2; DeLong, DeLong and Clarke-Pearson 1988; Alpaydin
1999; Corani and Benavoli 2015; Benavoli et al. 2014 (by Monte Carlo with NumPy's own random numbers).
"""
import json
import os
import warnings

import numpy as np
import scipy
from scipy import stats
from scipy.stats import _resampling

# J. Demsar, Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006, table 6: areas under the ROC curve of C4.5, with m, with cf,
# with both. The paper ranks them 3.143, 2.000, 2.893, 1.964 on average; in the last row but one it prints 0.975 twice and ranks 2 and 3, hence 0.9749.
DEMSAR = [
    [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967], [0.628, 0.661, 0.654, 0.657],
    [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931], [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625],
    [0.775, 0.838, 0.866, 0.875], [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
    [0.972, 0.981, 0.975, 0.9749], [0.957, 0.978, 0.946, 0.970],
]


def friedman(name, scores, higher=True):
    scores = np.asarray(scores, dtype=float)
    n, k = scores.shape
    ranks = np.array([stats.rankdata(-row if higher else row) for row in scores])
    chi, p = stats.friedmanchisquare(*scores.T)
    f = (n - 1) * chi / (n * (k - 1) - chi)
    average = ranks.mean(axis=0)
    error = np.sqrt(k * (k + 1) / (6 * n))
    studentized = stats.studentized_range
    return {
        "name": name, "higher": higher, "scores": scores.tolist(), "ranks": average.tolist(), "chi": chi, "p": p, "f": f,
        "f_p": stats.f.sf(f, k - 1, (k - 1) * (n - 1)),
        "cd05": studentized.ppf(0.95, k, np.inf) / np.sqrt(2) * error, "cd10": studentized.ppf(0.9, k, np.inf) / np.sqrt(2) * error,
        "pairs": [[studentized.sf(np.sqrt(2) * abs(a - b) / error, k, np.inf) for b in average] for a in average],
    }


def wilcoxon(name, a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        d = np.asarray(a) - np.asarray(b)
        kept = d[d != 0]
        exact = len(kept) == len(d) and len(np.unique(abs(kept))) == len(kept) and len(d) <= 50
        result = stats.wilcoxon(a, b, mode="exact" if exact else "approx", correction=not exact)
    return {"name": name, "a": list(map(float, a)), "b": list(map(float, b)), "statistic": result.statistic, "p": result.pvalue}


def signed_rank(rng, name, a, b, rope, draws=400_000):
    z = np.concatenate([[0], np.asarray(a) - np.asarray(b)])
    alpha = np.ones(len(z))
    alpha[0] = 0.5
    sums = z[:, None] + z[None, :]
    counts = np.zeros(3)
    for _ in range(40):
        w = rng.dirichlet(alpha, draws // 40)
        above = np.einsum("si,ij,sj->s", w, (sums > 2 * rope).astype(float), w)
        below = np.einsum("si,ij,sj->s", w, (sums < -2 * rope).astype(float), w)
        theta = np.stack([above, 1 - above - below, below])
        counts += np.bincount(theta.argmax(axis=0), minlength=3)
    p = counts / draws
    return {"name": name, "a": list(map(float, a)), "b": list(map(float, b)), "rope": rope, "above": p[0], "within": p[1], "below": p[2]}


def correlated_t(name, a, b, ratio, rope):
    d = np.asarray(a) - np.asarray(b)
    scale = np.std(d, ddof=1) * np.sqrt(1 / len(d) + ratio)
    posterior = stats.t(len(d) - 1, d.mean(), scale)
    above, below = posterior.sf(rope), posterior.cdf(-rope)
    return {"name": name, "a": a, "b": b, "ratio": ratio, "rope": rope, "above": above, "within": 1 - above - below, "below": below,
            "lower": posterior.ppf(0.025), "upper": posterior.ppf(0.975)}


def five_by_two(name, a, b):
    d = (np.asarray(a) - np.asarray(b)).reshape(5, 2)
    s2 = ((d - d.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    f = (d ** 2).sum() / (2 * s2.sum())
    return {"name": name, "a": a, "b": b, "f": f, "p": stats.f.sf(f, 10, 5)}


def mcnemar(name, both, first, second, neither):
    n, discordant = both + first + second + neither, first + second
    if discordant < 25:
        statistic, p = min(first, second), stats.binomtest(min(first, second), discordant).pvalue
    else:
        statistic = (abs(first - second) - 1) ** 2 / discordant
        p = stats.chi2.sf(statistic, 1)
    b, c, m, z = first + 0.5, second + 0.5, n + 2, stats.norm.ppf(0.975)
    margin = z * np.sqrt((b + c) - (b - c) ** 2 / m) / m
    return {"name": name, "counts": [both, first, second, neither], "statistic": statistic, "p": p, "difference": (first - second) / n,
            "lower": (b - c) / m - margin, "upper": (b - c) / m + margin}


def delong(name, rng, n, shift_a, shift_b, rounding):
    y = rng.random(n) < 0.4
    common = rng.normal(size=n)
    a = np.round((common + rng.normal(size=n) + shift_a * y) * rounding) / rounding
    b = np.round((common + rng.normal(size=n) + shift_b * y) * rounding) / rounding

    def components(s):
        wins = (s[y][:, None] > s[~y][None, :]) + 0.5 * (s[y][:, None] == s[~y][None, :])
        return wins.mean(axis=1), wins.mean(axis=0)

    (a10, a01), (b10, b01) = components(a), components(b)
    s10, s01 = np.cov(a10, b10), np.cov(a01, b01)
    s = s10 / y.sum() + s01 / (~y).sum()
    difference = a10.mean() - b10.mean()
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    z = difference / error
    return {"name": name, "labels": y.tolist(), "a": a.tolist(), "b": b.tolist(), "auc_a": a10.mean(), "auc_b": b10.mean(),
            "covariance": s.ravel().tolist(), "z": z, "p": 2 * stats.norm.sf(abs(z)),
            "lower": difference - stats.norm.ppf(0.975) * error, "upper": difference + stats.norm.ppf(0.975) * error}


def bca(name, rng, data, statistic, draws, confidence):
    theta = statistic(data, axis=-1)
    resampled = statistic(rng.choice(data, (draws, len(data))), axis=-1)
    alpha = (1 - confidence) / 2
    low, high = _resampling._bca_interval((data,), statistic, -1, alpha, resampled, None)[:2]
    return {"name": name, "estimate": theta, "resamples": resampled.tolist(), "confidence": confidence,
            "jackknife": [statistic(np.delete(data, i), axis=-1) for i in range(len(data))],
            "lower": np.percentile(resampled, 100 * low), "upper": np.percentile(resampled, 100 * high)}


def main():
    rng = np.random.default_rng(20240117)
    d = np.asarray(DEMSAR)
    many = np.round(rng.normal(0.8, 0.05, (12, 7)) + np.linspace(0, 0.08, 7), 3)
    errors = np.round(rng.gamma(2, 1, (9, 3)), 2)
    # The worked example of the manual page of wilcoxon in R and SciPy: heights of cross- and self-fertilized plants, C. Darwin, 1876.
    plants = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    noise = np.round(rng.normal(0.01, 0.03, (3, 40)), 3)
    first = np.round(rng.normal(0.9, 0.02, 60), 4)
    document = {
        "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
        "studentized_range": [
            {"k": k, "q": q, "sf": stats.studentized_range.sf(q, k, np.inf)} for k in (2, 3, 5, 10, 30) for q in (0.3, 1, 2.5, 3.7, 5, 7)],
        "studentized_quantiles": [
            {"k": k, "p": p, "q": stats.studentized_range.ppf(p, k, np.inf)} for k in (2, 3, 4, 7, 12, 40) for p in (0.05, 0.5, 0.9, 0.95, 0.99, 0.999)],
        "friedman": [friedman("Demsar 2006", d), friedman("seven algorithms", many), friedman("errors", errors, higher=False)],
        "wilcoxon": [
            wilcoxon("Darwin", plants, [0] * len(plants)),
            wilcoxon("Demsar 2006, C4.5 and with m", d[:, 0], d[:, 1]),
            wilcoxon("ties and zeros", noise[0], np.round(noise[1], 2)),
            wilcoxon("forty without ties", noise[0] + np.arange(40) / 1e5, noise[2]),
            wilcoxon("sixty", first, first + rng.normal(0.002, 0.01, 60)),
            wilcoxon("three", [1, 2, 4], [0, 0, 0]),
        ],
        "signed_rank": [
            signed_rank(rng, "Demsar 2006, C4.5 and with m", d[:, 1], d[:, 0], 0.01),
            signed_rank(rng, "no region", noise[0][:10], noise[1][:10], 0.0),
            signed_rank(rng, "three", [0.8, 0.7, 0.9], [0.79, 0.72, 0.85], 0.01),
        ],
        "correlated_t": [
            correlated_t("ten folds", first[:10].tolist(), first[10:20].tolist(), 1 / 9, 0.01),
            correlated_t("ten times ten", np.tile(first[:10], 10).tolist(), np.round(rng.normal(0.88, 0.02, 100), 4).tolist(), 1 / 9, 0.01),
            correlated_t("no region", first[20:25].tolist(), first[25:30].tolist(), 1 / 4, 0.0),
        ],
        "five_by_two": [
            five_by_two("equal", first[:10].tolist(), first[10:20].tolist()),
            five_by_two("different", first[:10].tolist(), np.round(first[:10] - rng.normal(0.03, 0.01, 10), 4).tolist()),
        ],
        "mcnemar": [
            mcnemar("few", 80, 9, 2, 9), mcnemar("one side only", 50, 6, 0, 4), mcnemar("24 discordant", 100, 12, 12, 3),
            mcnemar("25 discordant", 100, 18, 7, 3), mcnemar("approval of a prime minister, Agresti 1990", 794, 150, 86, 570),
        ],
        "delong": [
            delong("distinct", rng, 60, 1.5, 0.8, 1e6), delong("ties", rng, 200, 1.0, 0.9, 4), delong("equal", rng, 90, 1.0, 1.0, 64),
        ],
        "bca": [
            bca("mean", rng, rng.gamma(1, 1, 25), np.mean, 500, 0.95), bca("standard deviation", rng, rng.normal(size=40), np.std, 500, 0.9),
        ],
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, separators=(",", ":"), default=lambda v: v.item())
        file.write("\n")


if __name__ == "__main__":
    main()
