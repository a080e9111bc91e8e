"""Candidates that passed the gate in; the items of a quiz out: no fact twice, no key given away, sections spread."""

import random
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from math import ceil

from quizbank.generation.candidates import JUDGED, Candidate
from quizbank.generation.wording import roots

LIST_MAKERS = frozenset(("several", "membership"))
LARGEST_SHARE = 0.6  # of a quiz that one pattern makes up ...
WORTH_TURNS = 3  # so many turns ahead of others a suggestion goes for each step that it is worth more
ALLOWED = 5  # ... unless that is fewer than this many items


def select(candidates: Sequence[Candidate], limit: int | None) -> list[Candidate]:
    """Return the candidates to keep, in reading order."""
    kept = apart(candidates)
    chosen = spread(kept, len(kept) if limit is None else max(limit, 0))
    return sorted(varied(chosen), key=lambda candidate: (candidate.citation.start, candidate.stem))


def apart(candidates: Sequence[Candidate], taken: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return the candidates of which none clashes with another or with one ``taken``; earlier makers win over later."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if not any(clashes(candidate, other) for other in (*taken, *kept)):
            kept.append(candidate)
    return kept


def unlike(candidates: Sequence[Candidate], taken: Sequence[Candidate]) -> list[Candidate]:
    """Return the suggestions that ask for no fact twice and clash with no item taken; earlier makers win over later.

    One may give another's key away: an author who takes both sees them side by side.
    """
    kept: list[Candidate] = []
    seen: set[object] = {("list", one.citation.start) for one in taken if one.maker in LIST_MAKERS}
    for one in candidates:
        place = (one.citation.start, frozenset(key.text for key in one.keys))
        asked: tuple[object, ...] = (one.fact, (roots(one.stem), " NOT " in one.stem), place)
        if one.maker in LIST_MAKERS or one.fact.startswith("list:"):
            asked = (*asked, ("list", one.citation.start))
        if not any(known in seen for known in asked) and not any(clashes(one, other) for other in taken):
            kept.append(one)
            seen.update(asked)
    return kept


def varied(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without the last ones of a maker that takes over."""
    left = list(chosen)
    while left:
        maker, count = Counter(candidate.maker for candidate in left).most_common(1)[0]
        if count <= max(ALLOWED, ceil(LARGEST_SHARE * len(left))):
            break
        left.remove(next(candidate for candidate in reversed(left) if candidate.maker == maker))
    return left


def clashes(one: Candidate, other: Candidate) -> bool:
    """Return whether two candidates ask for one fact, or one gives the other's key away."""
    same_words = roots(one.stem) == roots(other.stem)
    same_member = {one.maker, other.maker} <= LIST_MAKERS and bool(set(one.used) & set(other.used))
    same_place = one.citation.start == other.citation.start and _same_keys(one, other)
    return (
        one.fact.removeprefix(JUDGED) == other.fact.removeprefix(JUDGED)
        or same_place
        or same_member
        or same_words
        or gives_away(one, other)
        or gives_away(other, one)
    )


def _same_keys(one: Candidate, other: Candidate) -> bool:
    """Return whether two candidates have the same right answers; of numbers, "about 2 weeks" is "2 weeks"."""
    answers = [{key.text.removeprefix("About ") for key in asked.keys} for asked in (one, other)]
    return answers[0] == answers[1]


def gives_away(teller: Candidate, asked: Candidate) -> bool:
    """Return whether a stem, or what it cites as its own key, tells another item's key."""
    if asked.type != "single_best_answer" or asked.maker in ("quantity", "figure", "time", "classes"):
        return False
    told = roots(teller.stem)
    topic = roots(asked.topic)
    return any(
        roots(key.text) - topic and roots(key.text) <= told and len(told & (roots(asked.stem) - topic)) >= 2
        for key in asked.keys
    )


def spread(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Return at most ``limit`` candidates, taking turns between makers and sections; those worth more come first."""
    waiting: dict[tuple[str, tuple[str, ...]], deque[tuple[int, Candidate]]] = defaultdict(deque)
    for place, one in sorted(enumerate(candidates), key=lambda row: (-row[1].worth, row[0])):
        waiting[one.maker, one.citation.path].append((place, one))
    makers: Counter[str] = Counter()
    sections: Counter[tuple[str, ...]] = Counter()
    chosen: list[Candidate] = []
    while waiting and len(chosen) < limit:
        maker, path = min(waiting, key=lambda group: _turn(waiting[group][0], makers[group[0]] + sections[group[1]]))
        chosen.append(waiting[maker, path].popleft()[1])
        makers[maker] += 1
        sections[path] += 1
        if not waiting[maker, path]:
            del waiting[maker, path]
    return chosen


def _turn(waiting: tuple[int, Candidate], taken: int) -> tuple[int, int]:
    """Return when a candidate's turn comes, smallest first: what is worth more may go ahead of sections taken less often."""
    place, candidate = waiting
    return taken - WORTH_TURNS * candidate.worth, place


def key_positions(candidates: Sequence[Candidate], rng: random.Random) -> list[int]:
    """Return a place for the key of every shuffled single best answer, each place used about equally often."""
    used: Counter[int] = Counter()
    places = []
    for candidate in candidates:
        least = sorted(range(len(candidate.options)), key=lambda place: (used[place], rng.random()))
        places.append(least[0])
        used[least[0]] += 1
    return places
