import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.store._differences import make_equal

NODE = ox.NamedNode("http://example.org/n")


def triple(number):
    return ox.Triple(NODE, NODE, ox.Literal(number))


def held(store):
    return {int(quad.object.value) for quad in store}


@given(st.lists(st.integers(0, 30)), st.lists(st.integers(0, 30)), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_a_store_becomes_what_it_is_asked_to_be(before, after, chunk):
    store = ox.Store()
    make_equal(store, map(triple, before), chunk=chunk)
    assert held(store) == set(before)
    added, removed = make_equal(store, map(triple, after), chunk=chunk)
    assert held(store) == set(after)
    assert (added, removed) == (len(set(after) - set(before)), len(set(before) - set(after)))


def test_a_literal_in_another_spelling_than_the_stored_one_is_refused():
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    store = ox.Store()
    make_equal(store, [ox.Triple(NODE, NODE, ox.Literal("1", datatype=decimal)), triple(5)])
    with pytest.raises(StoreError, match="canonical form"):
        make_equal(store, [ox.Triple(NODE, NODE, ox.Literal("1.0", datatype=decimal))])
