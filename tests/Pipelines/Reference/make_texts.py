"""Writes texts.json: figures that the tests of text transforms compare with, of scikit-learn and of a MurmurHash3 written here from its definition.

Run: python3 make_texts.py > texts.json
"""
import json
import sys

import numpy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

texts = [
    "The cat sat on the mat and the cat slept", "A dog sat on a log", "the Dog and the cat are friends", "cat cat cat dog dog mat",
    "nobody saw the log on the mat", "", "friends and friends of friends sat down",
]
cases = {
    "default": {},
    "plain": {"smooth_idf": False},
    "sublinear": {"sublinear_tf": True},
    "bigrams": {"ngram_range": (1, 2)},
    "only_bigrams": {"ngram_range": (2, 2)},
    "limits": {"min_df": 2, "max_df": 0.5},
    "l1": {"norm": "l1"},
    "no_norm": {"norm": None},
}


def tfidf(options):
    model = TfidfVectorizer(token_pattern=r"\S+", **options).fit(texts)
    table = model.transform(texts).toarray()
    names = model.get_feature_names_out()
    return [{name.replace(" ", "|"): float(v) for name, v in zip(names, row) if v != 0} for row in table]


MASK = 0xFFFFFFFF


def scramble(k):
    k = k * 0xCC9E2D51 & MASK
    return ((k << 15 | k >> 17) & MASK) * 0x1B873593 & MASK


def block(h, k):
    h ^= scramble(k)
    return ((h << 13 | h >> 19) & MASK) * 5 + 0xE6546B64 & MASK


def final(h):
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def murmur3(data, seed):
    whole = len(data) // 4 * 4
    h = seed
    for i in range(0, whole, 4):
        h = block(h, int.from_bytes(data[i:i + 4], "little"))
    return final(h ^ scramble(int.from_bytes(data[whole:], "little")) ^ len(data))


def word_bag(text, bits, length, seed=314489979):
    keys = [(murmur3(word.encode(), seed) & (1 << 30) - 1) + 1 for word in text.split()]
    counts = [0] * (1 << bits)
    for i in range(len(keys) - length + 1):
        h = seed
        for key in keys[i:i + length]:
            h = block(h, key)
        counts[final(final(block(h, length))) & (1 << bits) - 1] += 1
    return counts


hashed = "This is an example to compute bag-of-word features using hashing."
json.dump({
    "versions": {"python": sys.version.split()[0], "numpy": numpy.__version__, "sklearn": sklearn.__version__},
    "texts": texts,
    "tfidf": {name: tfidf(options) for name, options in cases.items()},
    "hashed_word_bag": word_bag(hashed, 5, 3),
}, sys.stdout, indent=1)
print()
