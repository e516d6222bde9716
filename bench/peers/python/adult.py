"""Runs one maker of synthetic data on a table of small whole numbers: adult.py PEER TRAIN.csv DOMAIN.json OUT.csv SEED.

Prints {"version": ..., "seconds": ...}; the time is that of making alone. Ends with 3 when the peer is not in this Python.
"""

import json
import os
import sys
import time
from importlib.metadata import PackageNotFoundError, version

EPSILON, DELTA = 1.0, 1e-9
PEER, TRAIN, DOMAIN, OUT, SEED = sys.argv[1:6]


def private_pgm(frame, domain):
    home = os.environ.get("PRIVATE_PGM")
    if home is None:
        raise ImportError("PRIVATE_PGM does not say where a checkout is")
    sys.path.insert(0, os.path.join(home, "mechanisms"))
    import itertools

    import numpy
    from aim import AIM
    from mbi import Dataset, Domain

    numpy.random.seed(int(SEED))
    shape = Domain(list(domain), list(domain.values()))
    data = Dataset(frame, shape)
    pairs = [pair for pair in itertools.combinations(shape, 2) if shape.size(pair) <= 10_000]
    size = float(os.environ.get("PRIVATE_PGM_MODEL", "1"))
    start = time.perf_counter()
    _, made = AIM(EPSILON, DELTA, max_model_size=size).run(data, [(pair, 1.0) for pair in pairs])
    return made.df, time.perf_counter() - start, f"{version('mbi')}, model of {size} MB at most"


def dpmm(frame, domain):
    from dpmm.pipelines import AIMPipeline

    start = time.perf_counter()
    pipeline = AIMPipeline(epsilon=EPSILON, delta=DELTA, disable_processing=True)
    pipeline.fit(frame, domain=domain, random_state=int(SEED))
    made = pipeline.generate(n_records=len(frame), random_state=int(SEED))
    return made, time.perf_counter() - start, version("dpmm")


def smartnoise(name):
    def run(frame, _):
        from snsynth import Synthesizer

        start = time.perf_counter()
        synthesizer = Synthesizer.create(name, epsilon=EPSILON, delta=DELTA)
        columns = list(frame.columns)
        made = synthesizer.fit_sample(frame, categorical_columns=columns, preprocessor_eps=0.1)
        return made, time.perf_counter() - start, version("smartnoise-synth")

    return run


def copula(frame, _):
    from sdv.metadata import Metadata
    from sdv.single_table import GaussianCopulaSynthesizer

    columns = {column: {"sdtype": "categorical"} for column in frame.columns}
    metadata = Metadata.load_from_dict({"tables": {"table": {"columns": columns}}})
    start = time.perf_counter()
    synthesizer = GaussianCopulaSynthesizer(metadata)
    synthesizer.fit({"table": frame})
    made = synthesizer.sample(num_rows=len(frame))
    return made["table"] if isinstance(made, dict) else made, time.perf_counter() - start, version("sdv")


PEERS = {
    "private-pgm": private_pgm,
    "dpmm": dpmm,
    "smartnoise-aim": smartnoise("aim"),
    "smartnoise-mst": smartnoise("mst"),
    "sdv-copula": copula,
}

try:
    import pandas

    table = pandas.read_csv(TRAIN)
    with open(DOMAIN, encoding="utf-8") as file:
        sizes = json.load(file)
    rows, seconds, which = PEERS[PEER](table, sizes)
except (ImportError, PackageNotFoundError) as error:
    print(error, file=sys.stderr)
    sys.exit(3)
rows[list(table.columns)].astype(int).to_csv(OUT, index=False)
print(json.dumps({"version": which, "seconds": seconds}))
