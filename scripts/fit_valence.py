"""Works out the weights of the valence detector from the sentences beside this script.

    python -m scripts.fit_valence            prints how well it tells apart sentences not seen
    python -m scripts.fit_valence --update   writes qualcode/analysis/valence/weights.py

The sentences were written for this toolkit; nothing else goes into the weights.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from qualcode.analysis.valence.features import NAMES, find_features

SENTENCES = Path(__file__).with_name("valence_sentences.txt")
WEIGHTS = Path(__file__).parents[1] / "qualcode/analysis/valence/weights.py"
STRENGTH = 3.0
FOLDS = 10
SIDES = {"HINDERS": ("obstacle", "mixed"), "HELPS": ("catalyst", "mixed")}


def sentences() -> Iterator[tuple[str, str, str]]:
    """Valence, question asked and text of every sentence."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            valence, topic, text = (part.strip() for part in line.split("|", 2))
            yield valence, topic, text


def fit() -> dict[str, tuple[float, tuple[float, ...]]]:
    """Bias and weights of each side, worked out anew."""
    rows, gold = _table()
    found = {}
    for name, valences in SIDES.items():
        model = _regression().fit(rows, np.isin(gold, valences))
        weights = tuple(round(float(weight), 3) for weight in model.coef_[0])
        found[name] = (round(float(model.intercept_[0]), 3), weights)
    return found


def _table() -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    held = list(sentences())
    rows = np.array([find_features(text, topic).values for _, topic, text in held])
    return rows, np.array([valence for valence, _, _ in held])


def _regression() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000)


def _python(name: str, bias: float, weights: tuple[float, ...]) -> str:
    figures = "".join(
        f"        {weight:.3f},  # {feature}\n"
        for feature, weight in zip(NAMES, weights, strict=True)
    )
    return f"{name} = (\n    {bias:.3f},\n    (\n{figures}    ),\n)\n"


def main() -> None:
    """Prints how well the sentences are told apart; with `--update`, writes the weights."""
    rows, gold = _table()
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(rows, gold))
    for name, valences in SIDES.items():
        said = np.isin(gold, valences)
        right = np.mean(cross_val_predict(_regression(), rows, said, cv=folds) == said)
        print(f"{name}: right on {right:.2f} of {len(gold)} sentences, each left out once")
    if "--update" in sys.argv:
        head = '"""Weights of the valence detector; made by scripts/fit_valence.py."""\n\n'
        sides = "\n".join(_python(name, *side) for name, side in fit().items())
        WEIGHTS.write_text(f"{head}from __future__ import annotations\n\n{sides}", "utf-8")


if __name__ == "__main__":
    main()
