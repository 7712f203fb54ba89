import numpy as np

from kg.extraction.hashing import buckets
from kg.extraction.words import COLUMNS, WordTable


def test_a_word_has_one_row_however_many_are_known():
    table = WordTable({})
    first = table.rows(["Net", "U"])
    table.rows([f"word{number}" for number in range(5_000)])
    assert table.rows(["U", "Net", "U"]).tolist() == first[[1, 0, 1]].tolist()
    assert table.rows([]).shape == (0, len(COLUMNS))


def test_features_that_begin_later_have_the_buckets_of_their_numbers():
    values = np.array([[3, -1, 5, 7], [2, 4, -1, 8]])
    assert buckets(values[:, 2:], bits=12, first=2).tolist() == buckets(values, bits=12)[:, 2:].tolist()
