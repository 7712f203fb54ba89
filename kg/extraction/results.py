"""Scores as a text states them: number, unit, metric, data set and method."""

from __future__ import annotations

from kg.extraction.result_model import ResultModel, linked, load_result_model, log_odds
from kg.extraction.scene import Scene, Span
from kg.extraction.surfaces import split_configuration
from kg.extraction.values import Value, find_values
from kg.records import Entity, Result

_FOUND_BY = "model:results"


def find_results(scene: Scene, main: Entity | None, *, model: ResultModel | None = None) -> list[Result]:
    """Return the results of a text in the order of their values; gains and costs are no results.

    Args:
        scene: the text with its entities.
        main: the paper's own method, to which most scores belong that name none.
        model: that of the shipped fast setting, if none is given.

    Raises:
        KgError: no model is given and none ships.
    """
    model = model or load_result_model()
    values = find_values(scene) if scene.methods else []
    number = next((n for n, entity in enumerate(scene.entities) if main is not None and entity.name == main.name), None)
    best: dict[tuple[str | None, ...], tuple[float, Value, dict[str, int | None]]] = {}
    for value in values:
        link = linked(model, scene, value, values, number)
        if link is None or log_odds(link[0]) < model.decision.threshold:
            continue
        names = tuple(None if place is None else scene.entities[place].name for place in link[1].values())
        key = (*names, value.digits)
        if key not in best or link[0] > best[key][0]:
            best[key] = (link[0], value, link[1])
    found = sorted(best.values(), key=lambda entry: entry[1].start)
    return [_result(scene, value, chosen, model.decision.confidence(log_odds(odds))) for odds, value, chosen in found]


def _result(scene: Scene, value: Value, chosen: dict[str, int | None], confidence: float) -> Result:
    def name(role: str) -> str | None:
        place = chosen[role]
        return None if place is None else scene.entities[place].name

    return Result(
        method=name("method"),
        configuration=_configuration(scene, value, chosen["method"]),
        dataset=name("dataset"),
        metric=name("metric"),
        value=value.written,
        number=value.number,
        unit=value.unit,
        task=_task(scene, value),
        evidence=scene.reading.evidence(value.start, found_by=_FOUND_BY, confidence=confidence),
    )


def _configuration(scene: Scene, value: Value, method: int | None) -> str | None:
    """Return the size or setting that the sentence gives the method, the mention nearest to the value."""
    inside = [] if method is None else [s for s in scene.spans[method] if s.sentence == value.sentence]
    if not inside:
        return None
    reading, span = scene.reading, min(inside, key=lambda s: _distance(s, value))
    return split_configuration(reading.text[reading.starts[span.first] : reading.ends[span.last - 1]])[1]


def _task(scene: Scene, value: Value) -> str | None:
    """Return the task that the sentence names nearest to the value."""
    spans = [s for s in scene.by_sentence.get(value.sentence, ()) if scene.entities[s.entity].type == "task"]
    return scene.entities[min(spans, key=lambda s: _distance(s, value)).entity].name if spans else None


def _distance(span: Span, value: Value) -> tuple[int, int]:
    gap = span.first - value.last if span.first >= value.last else value.first - span.last
    return gap, span.first
