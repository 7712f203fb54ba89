from tests.extraction.scenes import scene


def test_a_mention_has_its_tokens_and_its_sentence():
    found = scene("FooNet: a Net", "We propose FooNet. It beats BarNet.", FooNet="architecture", BarNet="architecture")
    assert found.spans == [[(0, 1, 0, 0), (6, 7, 1, 0)], [(10, 11, 2, 1)]]
    assert found.by_sentence == {0: [(0, 1, 0, 0)], 1: [(6, 7, 1, 0)], 2: [(10, 11, 2, 1)]}


def test_the_title_ends_before_the_abstract_and_its_colon_is_known():
    found = scene("FooNet: a Net", "We propose FooNet.", FooNet="architecture")
    assert (found.title_tokens, found.colon) == (4, 1)
    assert scene("A Net", "Here: FooNet.", FooNet="architecture").colon == -1


def test_a_paper_without_text_has_no_tokens():
    found = scene("", "")
    assert (found.words, found.spans, found.by_sentence, found.sentence_words) == ([], [], {}, [])


def test_only_methods_are_methods():
    found = scene("A on B for C", "", A="module", B="dataset", C="task")
    assert found.methods == [0]
