"""Linear models over hashed features, trained by ``routes/training/toponyms.py``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

BUCKETS = 1 << 18
_MOST_REMEMBERED = 1_000_000  # features; a bound to the memory that a long text takes
_FILE = Path(__file__).with_name("weights.npz")


def bucket(feature: str) -> int:
    """Hash a feature to the index of its weight: the hashing trick of Weinberger et al. (2009), without signs."""
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


class Weights(dict[str, float]):
    """One logistic regression: feature to weight, filled from the buckets as features are met.

    Parameters
    ----------
    values : array of float, shape (BUCKETS,)
        The weight of each bucket.
    """

    def __init__(self, values: NDArray[np.floating]) -> None:
        super().__init__()
        self.values_by_bucket: list[float] = values.tolist()

    def __missing__(self, feature: str) -> float:
        """Look a feature up by its bucket, and remember its weight."""
        weight = self[feature] = self.values_by_bucket[bucket(feature)]
        return weight

    def log_odds(self, features: Iterable[str]) -> float:
        """Give the log-odds of what has these features."""
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        return sum(map(self.__getitem__, features))


@lru_cache(maxsize=1)
def load() -> tuple[Weights, Weights]:
    """Read the two models: of what is a name of a place, and of which names are meant literally.

    Returns
    -------
    names, literal : Weights
    """
    with np.load(_FILE, allow_pickle=False) as arrays:
        return _unpack(arrays["names"], arrays["names_at"]), _unpack(arrays["literal"], arrays["literal_at"])


def _unpack(values: NDArray[np.float16], at: NDArray[np.int32]) -> Weights:
    """Spread the weights that are not zero; each is stored with its distance from the one before."""
    full = np.zeros(BUCKETS)
    full[np.cumsum(at)] = values
    return Weights(full)
