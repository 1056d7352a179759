"""Folds by scikit-learn, for tests/Pipelines/Splits/ScikitLearnFoldTests.cs: prints the fold of each row, '-' where it is never tested.

Run: python3 folds.py > folds.txt
"""
import sys
import numpy as np
import sklearn
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit


def show(name, splits, n, train=False):
    fold = ["-"] * n
    for f, (_, test) in enumerate(splits):
        for row in test:
            fold[row] = str(f)
    print(name, " ".join(fold))
    if train:
        for f, (rows, _) in enumerate(splits):
            print(f"{name}/train{f}", " ".join(map(str, rows)))


print("versions", f"scikit-learn={sklearn.__version__}", f"numpy={np.__version__}", f"python={sys.version.split()[0]}")
for n, k in [(10, 3), (11, 5), (7, 7)]:
    show(f"kfold/{n}/{k}", list(KFold(k).split(np.zeros(n))), n)

# Classes appear in ascending order, since scikit-learn numbers them by appearance.
y = np.array([0, 1, 0, 0, 2, 1, 0, 1, 0, 2, 0, 1, 1, 0, 2, 0, 0, 1, 2, 0, 1, 0, 2])
print("labels", " ".join(map(str, y)))
for k in (2, 3, 5):
    show(f"stratified/{k}", list(StratifiedKFold(k).split(np.zeros(len(y)), y)), len(y))

# Groups of different sizes: 9, 8, 6, 5, 3, 2, 1 rows.
groups = np.repeat([4, 0, 6, 2, 5, 1, 3], [9, 8, 6, 5, 3, 2, 1])[np.random.RandomState(0).permutation(34)]
print("groups", " ".join(map(str, groups)))
for k in (2, 3):
    show(f"group/{k}", list(GroupKFold(k).split(np.zeros(34), groups=groups)), 34)

for k, gap, most in [(3, 0, None), (4, 1, None), (3, 2, 4)]:
    show(f"time/{k}/{gap}/{most or 0}", list(TimeSeriesSplit(k, gap=gap, max_train_size=most).split(np.zeros(17))), 17, train=True)
