"""Figures for the statistics of the doctor: python3 make_doctor.py writes doctor.json (SciPy)."""
import json
import numpy
import scipy
from scipy import special, stats

first = [0.1, 0.4, 0.4, 0.9, 1.3, 1.7, 2.2, 2.2]
second = [0.4, 1.0, 1.3, 1.9, 2.2, 2.5, 3.1, 3.3, 3.3, 4.0]
counts = numpy.array([[30, 14, 6], [12, 20, 18]])
chi = stats.chi2_contingency(counts, correction=False)
p = numpy.array([0.55, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.65])
y = numpy.array([1, 0, 1, 1, 1, 0, 1, 0])
z = ((y - p) * (1 - 2 * p)).sum() / numpy.sqrt(((1 - 2 * p) ** 2 * p * (1 - p)).sum())
json.dump({
    "scipy": scipy.__version__,
    "distance": stats.ks_2samp(first, second).statistic,
    "kolmogorov": {str(x): special.kolmogorov(x) for x in (0.3, 0.7, 0.99, 1.0, 1.3, 2.0)},
    "chi2": {"p": chi[1], "v": float(numpy.sqrt(chi[0] / counts.sum()))},
    "spiegelhalter": 2 * stats.norm.sf(abs(z)),
}, open("doctor.json", "w"), indent=1)
