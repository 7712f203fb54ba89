from pathlib import Path

import pytest

from kg.store.state import State


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def state(path: Path, snapshot: int = 1, code: str = "a") -> State:
    return State(path, snapshot=snapshot, code=code)


def test_what_was_committed_is_taken_over_by_the_next_build_of_that_snapshot(path: Path) -> None:
    first = state(path, 0)
    assert first.fresh
    assert first.put_paper("t-1", '{"title": "A"}', "[]")
    first.put_reading("t-1", "d", "said", "context")
    first.commit(1)
    first.close()
    second = state(path)
    assert not second.fresh
    assert [(kept.key, kept.digest) for kept in second.papers()] == [("t-1", "d")]
    assert not second.put_paper("t-1", '{"title": "A"}', "[]")
    second.close()


@pytest.mark.parametrize(("snapshot", "code"), [(2, "a"), (1, "b"), (0, "a")])
def test_what_belongs_to_another_snapshot_or_code_is_thrown_away(path: Path, snapshot: int, code: str) -> None:
    first = state(path, 0)
    first.put_paper("t-1", "{}", "[]")
    first.commit(1)
    first.close()
    other = state(path, snapshot, code)
    assert other.fresh
    assert other.count() == 0
    other.close()


def test_what_was_not_committed_is_gone(path: Path) -> None:
    first = state(path, 0)
    first.commit(1)
    first.put_paper("t-1", "{}", "[]")
    first.close()
    second = state(path)
    assert (second.fresh, second.count()) == (False, 0)
    second.close()


def test_a_paper_that_says_something_else_is_read_anew(path: Path) -> None:
    found = state(path, 0)
    found.put_paper("t-1", "{}", "[]")
    found.put_reading("t-1", "d", "said", "context")
    assert found.count(unread=True) == 0
    assert found.put_paper("t-1", '{"title": "B"}', "[]")
    assert [kept.key for kept in found.papers(unread=True)] == ["t-1"]
    found.close()


def test_records_are_tied_over_any_number_of_others(path: Path) -> None:
    found = state(path, 0)
    for record, ties in {1: [10, 20], 2: [20, 30], 3: [30], 4: [40]}.items():
        found.tie(record, ties)
    assert found.tied([10]) == {1, 2, 3}
    found.untie(2)
    assert found.tied([10]) == {1}
    found.close()


def test_owners_that_changed_or_are_gone_are_told(path: Path) -> None:
    found = state(path, 0)
    assert found.put_drawn("paper", {"a": "1", "b": "1"}) == (["a", "b"], [])
    assert found.put_drawn("paper", {"b": "2", "c": "1"}) == (["b", "c"], ["a"])
    assert found.put_drawn("paper", {"b": "2", "c": "1"}) == ([], [])
    assert found.put_drawn("paper", {"b": "2", "c": "1"}, anew=True) == (["b", "c"], [])
    assert found.put_drawn("concept", {"b": "2"}) == (["b"], [])
    found.close()


def test_a_wording_has_one_number_until_it_is_forgotten(path: Path) -> None:
    found = state(path, 0)
    numbers = [found.number("entity", '["GridNet"]'), found.number("candidate", '["Grid"]')]
    assert found.number("entity", '["GridNet"]') == numbers[0]
    assert list(found.wordings()) == [(numbers[0], "entity", '["GridNet"]'), (numbers[1], "candidate", '["Grid"]')]
    found.forget_wordings(numbers[:1])
    assert list(found.wordings()) == [(numbers[1], "candidate", '["Grid"]')]
    found.close()


def test_a_paper_that_cites_is_known_from_one_that_cites_none(path: Path) -> None:
    found = state(path, 0)
    found.put_paper("t-1", "{}", '["10.1/a",null,[],[]]')
    assert not found.cites_any()
    found.put_paper("t-2", "{}", '[null,null,[],[["doi","10.1/a"]]]')
    assert found.cites_any()
    found.close()
