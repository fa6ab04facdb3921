"""The same awarding told several times (title, body, captions; a total and its parts) gives its records once."""

from nlp.fold import key
from nlp.values import AwardRecord


def merge(records: list[AwardRecord], title_end: int = 0) -> list[AwardRecord]:
    """Return the records without those that another, fuller one tells too; order is kept.

    `title_end`: where the article's title ends; a title often tells as done what the body tells as proposed.
    """
    by_award: dict[str, list[AwardRecord]] = {}
    for record in records:
        by_award.setdefault(_stem(record.value.award), []).append(record)
    kept = [
        r for told in by_award.values() for r in _merge_one(_without_hasty_titles(_without_proxies(told), title_end))
    ]
    order = {id(r): n for n, r in enumerate(records)}
    return sorted(kept, key=lambda r: order[id(r)])


def _merge_one(records: list[AwardRecord]) -> list[AwardRecord]:
    """Return the records of one award without those that a fuller one tells too."""
    kept: list[AwardRecord] = []
    for record in sorted(records, key=_fullness, reverse=True):
        twin = next((k for k in kept if _told_by(record, k)), None)
        if twin is None:
            kept.append(record)
            continue
        twin.year = twin.year or record.year
        if twin.value.authority is None and record.value.authority is not None and twin.rule == record.rule:
            twin.value = record.value
    return _parts_of_totals(kept)


def _without_proxies(records: list[AwardRecord]) -> list[AwardRecord]:
    """Of an award given posthumously, drop the relatives who receive it."""
    dead = [r for r in records if r.rule.endswith(".posthumous") and r.recipient is not None]
    return [r for r in records if r in dead or r.recipient is None or not _is_proxy(r, dead)]


def _is_proxy(record: AwardRecord, dead: list[AwardRecord]) -> bool:
    same = [d for d in dead if _same_award(record, d) and record.recipient_kind == d.recipient_kind]
    return bool(same) and not any(_one_name(record.recipient or "", d.recipient or "") for d in same)


def _without_hasty_titles(records: list[AwardRecord], title_end: int) -> list[AwardRecord]:
    """Drop what the title tells as conferred where the body only tells of a proposal."""
    told = {r.status for r in records if r.mention.start >= title_end}
    if told != {"proposed"}:
        return records
    return [r for r in records if r.mention.start >= title_end or r.status == "proposed"]


def _fullness(record: AwardRecord) -> tuple[int, ...]:
    return (
        record.recipient is not None,
        record.quantity is not None,
        record.value.authority is not None and record.confidence == 1.0,
        record.value.class_ is not None,
        record.recipient_kind not in (None, "mixed"),
        record.value.authority is not None,
    )


def _told_by(record: AwardRecord, fuller: AwardRecord) -> bool:
    if not _same_award(record, fuller) or record.status != fuller.status:
        return False
    if record.year and fuller.year and record.year != fuller.year:
        return False
    return _same(record, fuller)


def _same(record: AwardRecord, fuller: AwardRecord) -> bool:
    if record.recipient is not None:
        return fuller.recipient is not None and _one_name(record.recipient, fuller.recipient)
    if record.quantity is not None:
        if fuller.recipient is not None:
            return record.quantity == 1 and record.recipient_kind == fuller.recipient_kind
        return record.quantity == fuller.quantity and record.recipient_kind == fuller.recipient_kind
    return _covers(fuller, record)


def _covers(fuller: AwardRecord, record: AwardRecord) -> bool:
    """A telling without name and number is told by any record of its kind."""
    if record.recipient_kind in (None, fuller.recipient_kind):
        return True
    if record.recipient_kind == "mixed" and fuller.recipient is not None:
        return False  # `các tập thể, cá nhân` are more than the one who is named
    if record.recipient_kind == "mixed":
        return fuller.recipient_kind in ("collective", "individual", "mixed")
    return fuller.recipient_kind == "mixed"


def _same_award(a: AwardRecord, b: AwardRecord) -> bool:
    if not _one_award(key(a.value.award), key(b.value.award)):
        return False
    if a.value.class_ and b.value.class_ and a.value.class_ != b.value.class_:
        return False
    one, other = a.value.authority, b.value.authority
    return not one or not other or _organ(one) == _organ(other)


_EPITHETS = (" xuất sắc", " tiên tiến", " toàn diện")


def _stem(award: str) -> str:
    folded = key(award)
    for epithet in _EPITHETS:
        folded = folded.removesuffix(epithet)
    return folded


def _one_award(a: str, b: str) -> bool:
    """An epithet may be left out in one of two tellings (`Cờ thi đua`, `Cờ thi đua xuất sắc`)."""
    return a == b or any(a + e == b or b + e == a for e in _EPITHETS)


def _organ(authority: str) -> str:
    folded = key(authority)
    for title in ("phó chủ tịch ", "chủ tịch ", "bộ trưởng ", "thủ trưởng ", "giám đốc ", "chỉ huy "):
        folded = folded.removeprefix(title)
    return {"thủ tướng chính phủ": "chính phủ", "thủ tướng": "chính phủ"}.get(folded, folded)


def _one_name(a: str, b: str) -> bool:
    one, other = key(a), key(b)
    return one == other or one.endswith(" " + other) or other.endswith(" " + one)


_MANY = 8
_MOST = 0.7  # of a long list some names are always lost


def _parts_of_totals(records: list[AwardRecord]) -> list[AwardRecord]:
    """Drop a number whose members are named elsewhere: `bốn cá nhân` where four persons are named."""
    dropped: set[int] = set()
    for record in records:
        if record.recipient is not None or record.quantity is None:
            continue
        named = [
            r for r in records
            if r.recipient is not None and r.status == record.status and _same_award(r, record)
            and (record.recipient_kind in (r.recipient_kind, "mixed") or record.recipient_kind is None)
        ]  # fmt: skip
        if len(named) == record.quantity or (record.quantity >= _MANY and len(named) >= _MOST * record.quantity):
            dropped.add(id(record))
    return [r for r in records if id(r) not in dropped]
