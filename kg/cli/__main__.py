"""``python -m kg.cli``: the same as the command ``kg``."""

from kg.cli import main

main()
