"""What the examples in the docstrings begin with: ``graph``, the small graph of ``tests/graph/examples.py``, open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _graph_of_the_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    if not isinstance(request.node, pytest.DoctestItem):
        yield
        return
    from kg.graph import Graph
    from tests.graph.examples import SMALL, store_of

    with Graph(store_of(SMALL)) as graph:
        doctest_namespace["graph"] = graph
        yield
