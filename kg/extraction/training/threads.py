"""One thread for all sums: in another order they are other sums, and what is learned would depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import KgError


@contextmanager
def one_thread() -> Iterator[None]:
    """Let libraries of linear algebra use one thread, within a ``with`` or in a function that this decorates.

    Raises:
        KgError: what training needs is not installed.
    """
    try:
        # Limits hold for what is loaded: scikit-learn brings threads of its own.
        import sklearn.cluster  # noqa: F401
        from threadpoolctl import threadpool_limits
    except ImportError as error:
        raise KgError("models are trained with scikit-learn: install the extra 'train'") from error
    with threadpool_limits(limits=1):
        yield
