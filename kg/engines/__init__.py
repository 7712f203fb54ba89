"""Where extraction runs: in this process, or on a pool of processes."""

from kg.engines.pool import extract_on_pool

__all__ = ["extract_on_pool"]
