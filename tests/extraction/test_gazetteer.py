from kg.extraction.gazetteer import NO_KINDS, Gazetteer, Own

GAZETTEER = Gazetteer({7: (3, 0, 1, 0, 0, 0, 5)}, {9: (2, 0, 0, 0, 0, 0)}, frozenset())


def test_an_unknown_name_has_no_counts() -> None:
    assert GAZETTEER.counts(8) == (NO_KINDS, 0)


def test_counts_come_with_the_papers_that_hold_the_name() -> None:
    assert GAZETTEER.counts(7) == ((3, 0, 1, 0, 0, 0), 5)


def test_a_paper_does_not_hear_itself() -> None:
    assert GAZETTEER.counts(7, Own({7: {2}})) == ((3, 0, 0, 0, 0, 0), 4)
    assert GAZETTEER.head_counts(9, Own({}, {9: {0}})) == (1, 0, 0, 0, 0, 0)


def test_a_name_that_one_paper_alone_has_is_unknown_to_it() -> None:
    alone = Gazetteer({7: (1, 0, 0, 0, 0, 0, 4)}, {}, frozenset())
    assert alone.counts(7, Own({7: {0}})) == (NO_KINDS, 0)
