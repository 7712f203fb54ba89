from kg.extraction.priors import ROLES, Priors

PAPERS = [
    ("p1", [(["foonet"], frozenset({"introduces", "winner"})), (["barnet", "bn"], frozenset({"based_on"}))]),
    ("p2", [(["foonet"], frozenset({"based_on"}))]),
]


def counts(**roles: int) -> tuple[int, ...]:
    return tuple(roles.get(role, 0) for role in ROLES)


def test_papers_are_counted_by_role():
    assert Priors.learned(PAPERS).of(["foonet"]) == counts(seen=2, introduces=1, based_on=1, winner=1)


def test_a_paper_can_leave_itself_out():
    priors = Priors.learned(PAPERS)
    assert priors.of(["foonet"], without="p2") == counts(seen=1, introduces=1, winner=1)
    assert priors.of(["barnet"], without="p1") == counts()


def test_the_best_known_of_several_names_counts():
    assert Priors.learned(PAPERS).of(["bn", "foonet", "unknown"])[0] == 2


def test_what_ships_names_no_paper_and_no_name():
    priors = Priors.learned(PAPERS)
    back = Priors.from_arrays(priors.arrays())
    assert back.of(["foonet"]) == priors.of(["foonet"])
    assert back.own == {}
