"""What answers score that are given without reading: by seeded simulation."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.scoring.links import links
from course.scoring.maps import label_map
from course.text.codebook import CLAIM_TYPES, PARAGRAPHS, ROLES

__all__ = [
    "DRAWS",
    "Chance",
    "chance_of_labels",
    "chance_of_map",
    "random_map",
    "score_claims",
    "score_map",
    "score_roles",
]

DRAWS = 1000
SEED = 20060409

MapValue = dict[str, list[dict[str, str]]]
Scorer = Callable[[Any], float]


@dataclass(frozen=True)
class Chance:
    """What answers at random score, as shares of the points (0 to 1, three decimals).

    Args:
        mean: the expected score.
        low: 97.5 of 100 random answers score at least this much.
        high: 97.5 of 100 random answers score at most this much.
    """

    mean: float
    low: float
    high: float


def chance_of_labels(score: Scorer, options: Sequence[str]) -> Chance:
    """Return what labels score that are drawn evenly from the options: simulated."""
    chance = random.Random(SEED)
    return _simulate(
        lambda: score({p: options[int(chance.random() * len(options))] for p in PARAGRAPHS})
    )


def chance_of_map(
    links: Mapping[tuple[str, str], float],
    challenges: Mapping[tuple[str, str], float],
    number: int,
    needed: Mapping[str, float] | None = None,
) -> Chance:
    """Return what maps score of `number` links between paragraphs drawn at random: simulated."""
    score = score_map(links, challenges, needed)
    chance = random.Random(SEED)
    return _simulate(lambda: score(random_map(chance, number)))


def _simulate(draw: Callable[[], float]) -> Chance:
    """Return what answers at random score, each drawn by `draw`."""
    scores = sorted(draw() for _ in range(DRAWS))
    low, high = scores[round(0.025 * DRAWS)], scores[round(0.975 * DRAWS) - 1]
    return Chance(round(sum(scores) / DRAWS, 3), round(low, 3), round(high, 3))


def random_map(chance: random.Random, number: int) -> MapValue:
    """Return a map of `number` links "supports" between paragraphs drawn at random."""
    pairs = [(one, other) for one in PARAGRAPHS for other in PARAGRAPHS if one != other]
    drawn: list[tuple[str, str]] = []
    while len(drawn) < number:
        # `random()` is the one method whose numbers stay the same from one Python to the next.
        drawn.append(pairs.pop(int(chance.random() * len(pairs))))
    return {"links": [{"from": f, "to": t, "relation": "supports"} for f, t in drawn]}


def score_roles(accepted: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> Scorer:
    """Return what scores roles by paragraph, as question argument-03 does, 0 to 1."""
    return _score_labels(ROLES, accepted, weights)


def score_claims(accepted: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> Scorer:
    """Return what scores kinds of claim by paragraph, as question argument-04 does, 0 to 1."""
    return _score_labels(CLAIM_TYPES, accepted, weights)


def score_map(
    accepted: Mapping[tuple[str, str], float],
    challenges: Mapping[tuple[str, str], float],
    needed: Mapping[str, float] | None = None,
) -> Scorer:
    """Return what scores a map, as question argument-06 does, 0 to 1."""
    kind = links(PARAGRAPHS)
    key = kind.read_key(accepted, challenges=challenges, required=needed)
    return lambda value: kind.score_read(value, key).fraction


def _score_labels(
    labels: Sequence[str], accepted: Mapping[str, Sequence[str]], weights: Mapping[str, float]
) -> Scorer:
    kind = label_map(PARAGRAPHS, labels)
    key = kind.read_key(accepted, weights=weights)
    return lambda value: kind.score_read(value, key).fraction
