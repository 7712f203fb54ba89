"""The two settings of the extraction, and where the models of each lie.

A folder of models holds what both share, and a folder for each setting::

    words.npz                 word classes, annotated names, the tagger
    encoder.onnx, .npz        the encoder
    fast/, accurate/          entities.npz, relations.npz and .json, results.npz and .json
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.extraction.model_files import MODELS, WORDS

FAST: Final = "fast"
ACCURATE: Final = "accurate"
SETTINGS: Final = (FAST, ACCURATE)
DEFAULT: Final = ACCURATE


@dataclass(frozen=True, slots=True)
class Setting:
    """The models of one setting.

    Attributes:
        shared: the folder with what all settings share.
        name: of the setting.
    """

    shared: Path
    name: str

    @property
    def folder(self) -> Path:
        """The folder with what is the setting's own."""
        return self.shared / self.name

    @property
    def encoded(self) -> bool:
        """Whether the encoder is asked."""
        return self.name == ACCURATE

    def files(self) -> list[Path]:
        """Return the files that shape what is read."""
        shared = [path for path in self.shared.glob("*.*") if self.encoded or path.name == WORDS]
        return sorted((*shared, *self.folder.glob("*.npz"), *self.folder.glob("*.json")))


def find_setting(model: str | Path | None = None) -> Setting:
    """Return the setting that a user means: a name of one, a folder that ``kg train`` made, or nothing.

    Of a folder the accurate setting is taken where it holds one; a setting's own folder within it may be given too.

    Raises:
        InputError: the folder holds no models.

    >>> find_setting("fast").name
    'fast'
    """
    if model is None or str(model) in SETTINGS:
        return Setting(MODELS, DEFAULT if model is None else str(model))
    folder = Path(model)
    if (folder / WORDS).is_file():
        return Setting(folder, ACCURATE if (folder / ACCURATE).is_dir() else FAST)
    if folder.name in SETTINGS and folder.is_dir() and (folder.parent / WORDS).is_file():
        return Setting(folder.parent, folder.name)
    choices = f"no such model; choose {' or '.join(SETTINGS)}, or train one with `kg train GOLD PAPERS -o FOLDER`"
    raise InputError(str(folder), choices)
