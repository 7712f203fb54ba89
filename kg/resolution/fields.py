"""The fields that a paper works in, as far as the names of its tasks and data sets and its title tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

# By field: beginnings of words that tell it (whole words end in ``$``). A paper may be in several, or in no known one.
_FIELD_WORDS = {
    "vision": """
        image imaging video visual vision object poses?$ segmentation depth optical scene faces?$ facial
        3d point-cloud stereo pixel photo camera super-resolution inpainting retina lidar tracking
        pedestrian shapes?$ mesh gaze deblur dehaz derain
    """,
    "language": """
        texts?$ language llm gpt translat summar question-answering entity relation-extraction dialog
        parsing sentiment stance document words?$ sentence reading-comprehension linguistic discourse
        prompt table-question semantic-parsing
    """,
    "code": """
        codes?$ program software
    """,
    "audio": """
        speech speaker audio music sounds?$ voice vocoder singing text-to-speech acoustic phoneme
    """,
    "molecules": """
        molec drug protein genes?$ genom chemi crystal material rna dna docking peptide
    """,
    "forecasting": """
        time-series traffic weather climate forecast precipitation
    """,
    "control": """
        reinforcement reward policy$ policies robot manipulation locomotion navigation games?$ multi-agent
    """,
    "recommendation": """
        recommend click-through collaborative-filtering advert
    """,
    "graphs": """
        knowledge-graph node-classification link-prediction graph-classification community-detection
    """,
    "distributed": """
        federated privacy
    """,
    "physics": """
        fluid cloth partial-differential pde simulation turbulence
    """,
}
_FIELD = {
    field: re.compile(
        r"(?<![a-z])(?:" + "|".join(w.replace("-", r"[\s\-]").replace("$", "(?![a-z])") for w in words.split()) + ")"
    )
    for field, words in _FIELD_WORDS.items()
}


def fields_of(names: Iterable[str]) -> frozenset[str]:
    """Return the fields that some names tell.

    >>> sorted(fields_of(["Object Detection", "Machine Translation"]))
    ['language', 'vision']
    """
    text = " | ".join(names).casefold()
    return frozenset(field for field, pattern in _FIELD.items() if pattern.search(text))
