"""Word classes from unannotated abstracts: words that stand among the same neighbours get the same numbers.

Counts of the next and second next words on both sides, as positive pointwise mutual information, are reduced by a
truncated singular value decomposition (Levy and Goldberg, 2014) and grouped by k-means, once coarse and once fine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NEIGHBOURS = 3000
_DIMENSIONS = 80
SIZES = (64, 512)
LEAST = 4


def word_classes(texts: Iterable[str], *, sizes: tuple[int, ...] = SIZES) -> Mapping[str, tuple[int, ...]]:
    """Return the classes of each word (in lower case) that is met often enough, one number a size, from 1.

    Args:
        texts: abstracts; their order does not matter.
        sizes: how many classes to make, where there are words enough.
    """
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.utils.extmath import randomized_svd

    sentences = [_TOKEN.findall(text.lower()) for text in sorted(texts)]
    counts = Counter(word for sentence in sentences for word in sentence)
    vocabulary = sorted(word for word, count in counts.items() if count >= LEAST)
    if not vocabulary:
        return {}
    common = sorted(vocabulary, key=lambda word: (-counts[word], word))[:_NEIGHBOURS]
    joint = _neighbours(sentences, {w: i for i, w in enumerate(vocabulary)}, {w: i for i, w in enumerate(common)})
    vectors, strengths, _ = randomized_svd(_mutual_information(joint), _DIMENSIONS, random_state=1)
    vectors = vectors * np.sqrt(strengths)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weights = np.sqrt([counts[word] for word in vocabulary])
    labels = [
        MiniBatchKMeans(min(size, len(vocabulary)), random_state=1, batch_size=4096, n_init=3, max_iter=60)
        .fit(vectors, sample_weight=weights)
        .predict(vectors)
        for size in sizes
    ]
    return {word: tuple(int(row[i]) + 1 for row in labels) for i, word in enumerate(vocabulary)}


def _neighbours(sentences: Iterable[list[str]], rows: Mapping[str, int], columns: Mapping[str, int]) -> Any:
    """Return how often each word stands beside each common one, at four distances: a sparse matrix."""
    import numpy as np
    from scipy.sparse import coo_matrix

    offsets = (-2, -1, 1, 2)
    line: list[int] = []
    column: list[int] = []
    for sentence in sentences:
        row_of = [rows.get(word, -1) for word in sentence]
        column_of = [columns.get(word, -1) for word in sentence]
        for number, offset in enumerate(offsets):
            for i, row in enumerate(row_of):
                j = i + offset
                if row >= 0 and 0 <= j < len(sentence) and column_of[j] >= 0:
                    line.append(row)
                    column.append(number * len(columns) + column_of[j])
    shape = (len(rows), len(offsets) * len(columns))
    return coo_matrix((np.ones(len(line), np.float32), (line, column)), shape).tocsr()


def _mutual_information(joint: Any) -> Any:
    import numpy as np

    coo = joint.tocoo()
    total = coo.data.sum()
    rows = np.asarray(joint.sum(1)).ravel()
    columns = np.asarray(joint.sum(0)).ravel() ** 0.75
    columns *= total / columns.sum()
    coo.data = np.maximum(np.log(coo.data * total / (rows[coo.row] * columns[coo.col])), 0).astype(np.float32)
    return coo.tocsr()
