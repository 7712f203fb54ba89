"""Where the files that ship with the package stand."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def ontology_folder() -> Path:
    """Return the folder of the ontology: ``kg/ontology`` in a wheel, ``ontology`` beside ``kg`` in a checkout."""
    shipped = _PACKAGE / "ontology"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "ontology"
