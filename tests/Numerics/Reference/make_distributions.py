"""Writes distributions.json: figures of distributions and statistics that the tests of MLPath.Numerics compare with.

Densities, tails and continuous quantiles are computed with 40 digits by mpmath, because SciPy's own keep only 7 to 9 in places (the density
of Student's t at 6 with a million degrees of freedom, the quantile of F at 1e-10); they are checked against SciPy to 1e-6 here. The rest is
SciPy's.

Run: python3 make_distributions.py > distributions.json
"""
import json
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy import special, stats

continuous = [
    ("Normal", (0, 1), stats.norm(0, 1), [-37, -8, -1.5, -1e-3, 0, 0.2, 1, 3, 12]),
    ("Normal", (5, 0.25), stats.norm(5, 0.25), [3, 4.9, 5, 5.5]),
    ("Uniform", (-1, 3), stats.uniform(-1, 4), [-2, -1, 0.5, 3, 4]),
    ("Exponential", (2.5,), stats.expon(scale=1 / 2.5), [-1, 0, 1e-12, 0.3, 4, 100]),
    ("Gamma", (0.3, 2), stats.gamma(0.3, scale=2), [1e-8, 0.1, 1, 20]),
    ("Gamma", (1, 1), stats.gamma(1), [0, 0.5, 30]),
    ("Gamma", (9.5, 0.5), stats.gamma(9.5, scale=0.5), [0.1, 4, 5, 30]),
    ("Gamma", (2000, 1), stats.gamma(2000), [1800, 2000, 2100]),
    ("ChiSquared", (1,), stats.chi2(1), [1e-6, 0.5, 3.84, 50]),
    ("ChiSquared", (7,), stats.chi2(7), [0.5, 6, 14, 200]),
    ("Beta", (0.5, 0.5), stats.beta(0.5, 0.5), [0.001, 0.3, 0.9]),
    ("Beta", (2, 5), stats.beta(2, 5), [0, 0.01, 0.3, 0.99, 1]),
    ("Beta", (0.7, 40), stats.beta(0.7, 40), [1e-6, 0.01, 0.3]),
    ("Beta", (300, 200), stats.beta(300, 200), [0.5, 0.6, 0.7]),
    ("StudentT", (1,), stats.t(1), [-1e6, -2, 0, 0.1, 12]),
    ("StudentT", (2.5,), stats.t(2.5), [-30, -1, 0.01, 3]),
    ("StudentT", (9,), stats.t(9), [-20, -2.262, 0, 1e-4, 5]),
    ("StudentT", (1e6,), stats.t(1e6), [-6, -1, 0.5, 3]),
    ("F", (1, 5), stats.f(1, 5), [1e-6, 0.5, 6.6, 400]),
    ("F", (2, 10), stats.f(2, 10), [0, 0.5, 4.1, 60]),
    ("F", (12, 3.5), stats.f(12, 3.5), [0.05, 1, 9, 1000]),
]
discrete = [
    ("Poisson", (0.2,), stats.poisson(0.2), [-1, 0, 1, 3, 2.5]),
    ("Poisson", (30,), stats.poisson(30), [0, 10, 30, 31, 80]),
    ("Poisson", (1e5,), stats.poisson(1e5), [99000, 100000, 101500]),
    ("Binomial", (1, 0.5), stats.binom(1, 0.5), [-1, 0, 1, 2]),
    ("Binomial", (20, 0.3), stats.binom(20, 0.3), [0, 3, 6, 7.5, 15, 20]),
    ("Binomial", (10000, 0.001), stats.binom(10000, 0.001), [0, 9, 10, 40]),
    ("Binomial", (500, 0.97), stats.binom(500, 0.97), [440, 485, 486, 500]),
]
levels = [1e-10, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]


mp.mp.dps = 40


def gamma(k, scale=1):
    return (lambda x: (x / scale) ** (k - 1) * mp.exp(-x / scale) / mp.gamma(k) / scale if x >= 0 else mp.mpf(0),
            lambda x: mp.gammainc(k, 0, x / scale, regularized=True) if x > 0 else mp.mpf(0),
            lambda x: mp.gammainc(k, x / scale, mp.inf, regularized=True) if x > 0 else mp.mpf(1))


def beta(a, b):
    return (lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b),
            lambda x: mp.betainc(a, b, 0, x, regularized=True), lambda x: mp.betainc(b, a, 0, 1 - x, regularized=True))


def student(n):
    tail = lambda x: mp.betainc(n / 2, mp.mpf(1) / 2, 0, n / (n + x * x), regularized=True) / 2
    return (lambda x: mp.exp(mp.loggamma((n + 1) / 2) - mp.loggamma(n / 2) - (n + 1) / 2 * mp.log1p(x * x / n)) / mp.sqrt(n * mp.pi),
            lambda x: tail(x) if x < 0 else 1 - tail(x), lambda x: tail(x) if x > 0 else 1 - tail(x))


def fisher(a, b):
    return (lambda x: mp.sqrt((a * x) ** a * b ** b / (a * x + b) ** (a + b)) / (x * mp.beta(a / 2, b / 2)) if x > 0 else mp.mpf(a == 2),
            lambda x: mp.betainc(a / 2, b / 2, 0, a * x / (a * x + b), regularized=True),
            lambda x: mp.betainc(b / 2, a / 2, 0, b / (a * x + b), regularized=True))


def clipped(low, high, f):
    return (lambda x: f[0](x) if low <= x <= high else mp.mpf(0), lambda x: f[1](min(max(x, low), high)), lambda x: f[2](min(max(x, low), high)))


def whole(low, high, f):
    return (lambda x: f[0](x) if low <= x <= high and x == mp.floor(x) else mp.mpf(0),
            lambda x: mp.mpf(0) if x < low else mp.mpf(1) if x >= high else f[1](mp.floor(x)),
            lambda x: mp.mpf(1) if x < low else mp.mpf(0) if x >= high else f[2](mp.floor(x)))


exact = {
    "Normal": lambda m, s: (lambda x: mp.npdf(x, m, s), lambda x: mp.erfc((m - x) / s / mp.sqrt(2)) / 2, lambda x: mp.erfc((x - m) / s / mp.sqrt(2)) / 2),
    "Uniform": lambda a, b: clipped(a, b, (lambda x: 1 / (b - a), lambda x: (x - a) / (b - a), lambda x: (b - x) / (b - a))),
    "Exponential": lambda r: clipped(0, mp.inf, (lambda x: r * mp.exp(-r * x), lambda x: -mp.expm1(-r * x), lambda x: mp.exp(-r * x))),
    "Gamma": gamma,
    "ChiSquared": lambda n: gamma(n / 2, mp.mpf(2)),
    "Beta": beta,
    "StudentT": student,
    "F": fisher,
    "Poisson": lambda m: whole(0, mp.inf, (lambda k: mp.exp(k * mp.log(m) - m - mp.loggamma(k + 1)),
                                           lambda k: mp.gammainc(k + 1, m, mp.inf, regularized=True), lambda k: mp.gammainc(k + 1, 0, m, regularized=True))),
    "Binomial": lambda n, p: whole(0, n, (lambda k: mp.binomial(n, k) * p ** k * (1 - p) ** (n - k),
                                          lambda k: mp.betainc(n - k, k + 1, 0, 1 - p, regularized=True), lambda k: mp.betainc(k + 1, n - k, 0, p, regularized=True))),
}


def checked(value, scipys):
    assert np.isclose(float(value), scipys, rtol=1e-6, atol=1e-300) or not np.isfinite(scipys), (float(value), scipys)
    return float(value)


def root(cumulative, density, level, start):
    """Newton's method from SciPy's answer."""
    x = mp.mpf(float(start))
    for _ in range(8):
        x -= (cumulative(x) - level) / density(x)
    return x


def figures(name, parameters, d, xs, scipy_density):
    density, cumulative, tail = exact[name](*[mp.mpf(p) for p in parameters])
    values = [[checked(f(mp.mpf(x)), g(x)) for x in xs] for f, g in ((density, scipy_density), (cumulative, d.cdf), (tail, d.sf))]
    continuous = hasattr(d.dist, "pdf") and name != "Uniform"
    quantiles = [float(root(cumulative, density, mp.mpf(p), d.ppf(p))) if continuous else float(d.ppf(p)) for p in levels]
    if name in ("Normal", "StudentT"):
        quantiles[levels.index(0.5)] = float(parameters[0]) if name == "Normal" else 0.0
    return {"name": name, "parameters": list(parameters), "moments": [float(m) if np.isfinite(m) else None for m in d.stats()], "x": xs,
            "density": values[0], "cumulative": values[1], "upperTail": values[2], "quantile": quantiles}


rng = np.random.default_rng(7)
x, y = rng.gamma(2, 3, 60), rng.normal(size=60)
y = np.round(y + 0.3 * x, 1)
x = np.round(x, 1)
json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "mpmath": mp.__version__},
    "levels": levels,
    "distributions": [figures(n, p, d, xs, d.pdf) for n, p, d, xs in continuous] + [figures(n, p, d, xs, d.pmf) for n, p, d, xs in discrete],
    "logGamma": [[v, special.gammaln(v)] for v in [1e-10, 0.5, 1, 1.0001, 2, 3.7, 9.99, 10, 171.5, 1e10]],
    "erf": [[v, special.erf(v), special.erfc(v)] for v in [-3, -0.1, 0, 1e-9, 0.5, 2, 6, 20]],
    "x": x.tolist(),
    "y": y.tolist(),
    "moments": [x.mean(), x.var(ddof=1), stats.skew(x), stats.kurtosis(x)],
    "covariance": np.cov(x, y).tolist(),
    "pearson": list(stats.pearsonr(x, y)),
    "spearman": list(stats.spearmanr(x, y)),
    "kendall": stats.kendalltau(x, y)[0],
    "quantiles": np.quantile(x, [0, 0.1, 0.25, 0.5, 0.9, 1]).tolist(),
    "welch": list(stats.ttest_ind(x, y, equal_var=False)),
    "oneSample": list(stats.ttest_1samp(x, 5)),
    "independence": list(stats.chi2_contingency([[10, 20, 30], [6, 9, 17]], correction=False)[:3]),
}, sys.stdout, indent=1)
print()
