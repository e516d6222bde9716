# Labels columns by Presidio's pattern recognisers, without a language model. Reads {"columns": [[value, ...], ...]} from standard input; writes
# {"labels": [[entity, ...], ...], "seconds": ..., "version": ...}: for each column the entities that more than half of its values hold with a score of 0.4 or more.
import inspect
import json
import logging
import sys
import time
from importlib.metadata import version

logging.disable(logging.CRITICAL)

from presidio_analyzer import LocalRecognizer  # noqa: E402
from presidio_analyzer import predefined_recognizers as predefined  # noqa: E402

SCORE = 0.4


def recognisers():
    made = []
    for _, one in inspect.getmembers(predefined, inspect.isclass):
        if not issubclass(one, LocalRecognizer):
            continue
        try:
            recogniser = one()
            recogniser.analyze("x", recogniser.supported_entities, None)
            made.append(recogniser)
        except Exception:
            # Those that want a model, a service or a key are left out.
            continue
    return made


def label(values, all_recognisers):
    counts = {}
    for value in values:
        held = set()
        for recogniser in all_recognisers:
            for found in recogniser.analyze(value, recogniser.supported_entities, None) or []:
                if found.score >= SCORE:
                    held.add(found.entity_type)
        for entity in held:
            counts[entity] = counts.get(entity, 0) + 1
    return [entity for entity, count in counts.items() if count * 2 > len(values)]


asked = json.load(sys.stdin)
made = recognisers()
start = time.perf_counter()
labels = [label(values, made) for values in asked["columns"]]
seconds = time.perf_counter() - start
json.dump({"labels": labels, "seconds": seconds, "version": version("presidio-analyzer")}, sys.stdout)
