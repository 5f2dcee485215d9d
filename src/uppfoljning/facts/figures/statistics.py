"""Does a figure say that something has changed? The rules for counts and for shares; the standard library only.

Counts: the expected range is a prediction interval for one new year, made from three to five earlier comparable years
on the square-root scale, widened by how uneven those years are. A single formula for every series: its false alarms
were measured on real ones with their years shuffled (``make bench`` repeats it). Shares: Wilson's interval and the
two-proportion z test, on the number of answers divided by a design effect.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MIN_YEARS = 3
MAX_YEARS = 5
DESIGN_EFFECT = 1.5
_Z = 1.959964
_SHIFT = 3 / 8
_FEW = 5
_PERCENT_FROM = 20
_LARGEST_SAMPLE = 100_000

Antalskod = Literal["fler", "farre", "ingen", "ingen_vid", "fa", "fa_fler", "for_fa_ar"]
Andelskod = Literal["hogre", "lagre", "ingen", "antal_saknas", "ingen_tidigare"]


@dataclass(frozen=True, slots=True)
class Antalsutslag:
    """The verdict on a count. ``tidigare`` are the years' counts it was judged by, oldest first.

    ``lag``–``hog`` is the expected range (antal, not rounded). ``z_fjol`` compares with the year before alone, and is
    None where that would say nothing.
    """

    kod: Antalskod
    varde: int
    tidigare: tuple[int, ...]
    snitt: float = 0.0
    phi: float = 1.0
    lag: float = 0.0
    hog: float = 0.0
    z_fjol: float | None = None

    @property
    def spann(self) -> tuple[int, int]:
        """The whole numbers within the expected range: ⌈lag⌉ to ⌊hog⌋."""
        return math.ceil(self.lag), math.floor(self.hog)

    @property
    def mot_fjol(self) -> Literal["fler", "farre"] | None:
        """Clearly more or fewer than the year before alone, else None."""
        if self.z_fjol is None or abs(self.z_fjol) <= _Z:
            return None
        return "fler" if self.z_fjol > 0 else "farre"

    @property
    def procent_mot_snittet(self) -> int | None:
        """The change in per cent against the mean; only beside a clear verdict, and never with small figures."""
        total, number = sum(self.tidigare), len(self.tidigare)
        if self.kod not in {"fler", "farre"} or min(self.varde * number, total) < _PERCENT_FROM * number:
            return None
        # In whole numbers: the mean of three years, as a float, is not exact enough to tell a half.
        change = 100 * (self.varde * number - total)
        rounded = (2 * abs(change) + total) // (2 * total)
        return rounded if change > 0 else -rounded


def spread(earlier: Sequence[int]) -> float:
    """φ: how uneven the years are, Σ(e−m)²/(m·(k−1)), but at least min(3, 1 + m/10); 1 where the mean is 0."""
    mean = sum(earlier) / len(earlier)
    if not mean:
        return 1.0
    observed = math.fsum((e - mean) ** 2 for e in earlier) / (mean * (len(earlier) - 1))
    return max(observed, min(3.0, 1 + mean / 10))


def expected_range(earlier: Sequence[int]) -> tuple[float, float]:
    """Where the next year lands, 95 times of 100, when nothing has changed.

    r = √(m+⅜), h = ½·1.959964·√(φ·(1+1/k)); lo = max(0, max(0, r−h)² − ⅜), hi = (r+h)² − ⅜.
    """
    mean, number = sum(earlier) / len(earlier), len(earlier)
    root = math.sqrt(mean + _SHIFT)
    half = _Z / 2 * math.sqrt(spread(earlier) * (1 + 1 / number))
    return max(0.0, max(0.0, root - half) ** 2 - _SHIFT), (root + half) ** 2 - _SHIFT


def judge_count(earlier: Sequence[int], value: int, last: int | None = None) -> Antalsutslag:
    """The verdict on this year's count against earlier comparable years, oldest first; the latest five are used.

    ``last`` is the count of the year before, where that year is comparable.
    """
    used = tuple(earlier[-MAX_YEARS:])
    if len(used) < MIN_YEARS:
        return Antalsutslag("for_fa_ar", value, used)
    mean = sum(used) / len(used)
    low, high = expected_range(used)
    phi = spread(used)
    z = None
    if last is not None and mean >= _FEW and max(value, last) >= _FEW:
        z = 2 * (math.sqrt(value + _SHIFT) - math.sqrt(last + _SHIFT)) / math.sqrt(2 * phi)
    return Antalsutslag(_outcome(value, mean, low, high), value, used, mean, phi, low, high, z)


def _outcome(value: int, mean: float, low: float, high: float) -> Antalskod:
    if mean < _FEW:
        return "fa_fler" if value >= _FEW and value > high else "fa"
    if value > high:
        return "fler"
    if value < low:
        return "farre"
    return "ingen_vid" if low <= mean / 2 and high >= 2 * mean else "ingen"


@dataclass(frozen=True, slots=True)
class Andelsutslag:
    """The verdict on a share. ``skillnad`` in procentenheter; ``saknas`` are the years whose number is missing.

    ``behov``: so many answers the year without a number would have needed for the difference to be sure; None when it
    would not have been, or is not to be asked.
    """

    kod: Andelskod
    skillnad: float | None = None
    z: float | None = None
    saknas: tuple[int, ...] = ()
    behov: int | None = None


def wilson(share: float, number: float, design_effect: float = DESIGN_EFFECT) -> tuple[float, float]:
    """Wilson's 95 per cent interval for a share in per cent, answered by ``number``, on number / design effect."""
    n, p = number / design_effect, share / 100
    centre = p + _Z**2 / (2 * n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    return 100 * (centre - half) / whole, 100 * (centre + half) / whole


def two_shares(
    first: float, first_number: float, second: float, second_number: float, design_effect: float = DESIGN_EFFECT
) -> float:
    """The z of the difference of two shares in per cent (the second minus the first), pooled, on n / design effect."""
    n1, n2 = first_number / design_effect, second_number / design_effect
    pooled = min(1.0, (first * n1 + second * n2) / (100 * (n1 + n2)))
    error = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return (second - first) / 100 / error if error else 0.0


def judge_share(
    first: tuple[int, float, int | None] | None,
    second: tuple[int, float, int | None],
    design_effect: float = DESIGN_EFFECT,
) -> Andelsutslag:
    """The verdict on a share against the survey before. Each is (year, per cent, number of answers or None)."""
    if first is None:
        return Andelsutslag("ingen_tidigare")
    (first_year, old, old_number), (second_year, new, new_number) = first, second
    missing = tuple(year for year, number in ((first_year, old_number), (second_year, new_number)) if not number)
    if not old_number or not new_number:
        needed = None
        if old_number:
            needed = needed_number(new, old, old_number, design_effect)
        elif new_number:
            needed = needed_number(old, new, new_number, design_effect)
        return Andelsutslag("antal_saknas", new - old, None, missing, needed)
    z = two_shares(old, old_number, new, new_number, design_effect)
    clear: Andelskod = "hogre" if z > 0 else "lagre"
    return Andelsutslag(clear if abs(z) > _Z else "ingen", new - old, z)


def needed_number(unknown: float, known: float, known_number: int, design_effect: float = DESIGN_EFFECT) -> int | None:
    """How many answers behind the share ``unknown`` would have made its difference from ``known`` sure, else None."""

    def sure(number: int) -> bool:
        return abs(two_shares(unknown, number, known, known_number, design_effect)) > _Z

    if not sure(_LARGEST_SAMPLE):
        return None
    low, high = 0, _LARGEST_SAMPLE
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if sure(middle) else (middle, high)
    return high


def per_100_000(count: int, population: int) -> float:
    """A count per 100 000 inhabitants."""
    return 100_000 * count / population


def round_half_up(value: float) -> int:
    """The nearest whole number, a half away from zero, as the source rounds."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))
