"""The recipients listed after an award: `cho ông A, bà B`, `cho 12 tập thể và 8 cá nhân`, `gồm: Sở X, Sở Y`."""

import regex

from nlp.reading import Reading
from nlp.records.meant import meant_at, people_at, place_at, titled_at
from nlp.records.persons import NameBook
from nlp.records.quantities import Group, group_at
from nlp.records.recipient import Recipient
from nlp.values import Mention, Unit

_FILLER = regex.compile(
    r"(?:\s|,|;|:|\"|\+|•|-|và(?!\w)|cùng(?!\w)|gồm(?:\scó)?(?!\w)|là(?!\w)|cho(?!\w)|đối với(?!\w)|tới(?!\w)|"
    r"đại diện(?!\w)|"
    r"thân nhân(?!\w)|gia đình(?=\s\p{L}+\s)|tập thể(?!\w)|cá nhân(?!\w)|cán bộ(?!\w)|công nhân(?!\w)|"
    r"nhân viên(?!\w)|viên chức(?!\w)|người lao động(?!\w)|"
    r"đơn vị(?!\w)|các(?!\w)|lãnh đạo(?!\w)|toàn thể(?!\w)|hai(?!\w)|ba(?!\w)|\d{1,2}[.)]|/)+"
)

_PARENTHESIS = regex.compile(r"\s?\([^()\n]{0,120}\)")

_STOP = regex.compile(
    r"(?:vì|do|có|đã|trong|nhằm|để|trước|nhân|tại|là|được|đạt|sau|theo|với|nhờ|về|từ|khi|mà|này|khác|sẽ|cũng|còn|"
    r"tiêu biểu)(?!\w)"
)

_WORD = regex.compile(r"\s{0,2}\p{Ll}[\p{L}/]*")

_ACTS = regex.compile(
    r"[\s\"]{0,2}(?:đã|cũng|vừa|sẽ|tiếp tục|quyết định|vinh dự)?\s?(?:trao|tặng|đón|nhận|được|đạt|công nhận|khen|"
    r"đề nghị|vinh dự|tổ chức|phối hợp)(?!\w)"
)

_NAMES_FOLLOW = regex.compile(r"[^.;:\n]{0,90}?(?:(?<!\w)(?:gồm|gồm có|bao gồm|là|đó là|như)(?!\w):?|:)\s{0,2}")

_ARMY = (
    "tổ",
    "tiểu đội",
    "trung đội",
    "đại đội",
    "tiểu đoàn",
    "trung đoàn",
    "lữ đoàn",
    "sư đoàn",
    "quân khu",
    "quân chủng",
)

_MAX_SKIP = 7


def listed(reading: Reading, book: NameBook, position: int, limit: int) -> list[Recipient]:
    """Return the recipients that are listed from `position` on, up to `limit` at most."""
    folded = reading.folded
    start = position
    units = {m.start: m for m in reversed(book.units_in(position, limit))}
    found: list[Recipient] = []
    skipped = 0
    while position < limit:
        filler = _FILLER.match(folded, position, limit)
        after_filler = filler.end() if filler else position
        if found and ";" in folded[position:after_filler] and _NEXT_CLAUSE.match(folded, after_filler, limit):
            break
        one = _one_at(reading, book, units, (position, after_filler), limit)
        if one is None and found and found[-1].name and found[-1].kind == "collective":
            one = place_at(reading, after_filler)
        if one is not None:
            if one.name and one.kind == "collective" and _ACTS.match(folded, one.end):
                break  # the subject of the next clause
            names = _named_members(reading, book, one, limit)
            if names:
                return found + names
            if not (found and found[-1].name and one.name and _superior(found[-1].name, one.name)):
                found.append(one)
            position = _past_parentheses(folded, one.end) if one.name else one.end
        elif found:
            following = _after_description(reading, book, units, position, limit)
            if following is None:
                break
            position = following
        elif after_filler > position:
            position = after_filler
        elif (
            skipped < _MAX_SKIP
            and not _STOP.match(folded, position)
            and (w := _WORD.match(reading.text, position, limit))
        ):
            position, skipped = w.end(), skipped + 1
        else:
            break
    return found or _described(reading, book, start, limit)


def _one_at(
    reading: Reading, book: NameBook, units: dict[int, Mention], places: tuple[int, int], limit: int
) -> Recipient | None:
    """Return the recipient at the first of two places: where the list stands, and behind its filler words."""
    position, after_filler = places
    folded = reading.folded
    group = group_at(folded, _spaces(folded, position), limit)
    if group is not None and _names_at(reading, book, units, group):
        group = None
    unit = units.get(position) or units.get(after_filler)
    if unit is not None and (group is None or unit.start <= group.start):
        assert isinstance(unit.value, Unit)
        return Recipient(unit.value.canonical, "collective", 1, unit.end)
    if group is not None:
        return Recipient(None, group.kind, group.quantity, group.end)
    person = book.person_at(after_filler)
    if person is not None:
        return Recipient(book.full(person), "individual", 1, person.end)
    group = group_at(folded, after_filler, limit)
    if group is not None and not _names_at(reading, book, units, group):
        return Recipient(None, group.kind, group.quantity, group.end)
    return (
        titled_at(reading, after_filler)
        or people_at(reading, after_filler)
        or people_at(reading, _spaces(folded, position))
        or _officer_at(reading, book, units, after_filler)
        or meant_at(reading, book, after_filler, limit)
    )


_OFFICE = regex.compile(
    r"(?:nguyên\s)?(?:phó\s)?(?:chủ tịch|giám đốc|tổng giám đốc|bí thư|bộ trưởng|thứ trưởng|hiệu trưởng|"
    r"cục trưởng|trưởng)\s(?=\S)"
)


def _officer_at(reading: Reading, book: NameBook, units: dict[int, Mention], position: int) -> Recipient | None:
    """`cho Chủ tịch UBND tỉnh Nguyễn Văn Nam`: the office holder receives, named or not."""
    title = _OFFICE.match(reading.folded, position)
    unit = units.get(title.end()) if title else None
    if unit is None:
        return None
    person = book.person_at(_spaces(reading.folded, unit.end))
    return (
        Recipient(book.full(person), "individual", 1, person.end)
        if person
        else Recipient(None, "individual", 1, unit.end)
    )


_FARTHEST_NAME = 70
_NO_DESCRIPTION = regex.compile(r"[.;:\n\"]|(?<!\w)(?:phải|không|thì|nói|mà|được|trao|tặng|vì|nhận|đã|của|do)(?!\w)")


def _described(reading: Reading, book: NameBook, start: int, limit: int) -> list[Recipient]:
    """`cho Phó Thủ tướng, Bộ trưởng Ngoại giao Phạm Văn Nam`: the first person behind words that describe him."""
    for person in book.persons_in(start, min(limit, start + _FARTHEST_NAME)):
        if _NO_DESCRIPTION.search(reading.folded, start, person.start) is None:
            return [Recipient(book.full(person), "individual", 1, person.end)]
        break
    return []


_NEXT_CLAUSE = regex.compile(r"[^.;]{0,120}?(?<!\w)(?:được|đạt|nhận|vinh dự|trao|tặng)(?!\w)")


def _spaces(folded: str, position: int) -> int:
    while position < len(folded) and folded[position] == " ":
        position += 1
    return position


def _names_at(reading: Reading, book: NameBook, units: dict[int, Mention], group: Group) -> bool:
    """An uncounted `tập thể`, `cá nhân` before a name only says what the name is."""
    if group.quantity is not None:
        return False
    after = _spaces(reading.folded, group.end)
    colon = after + 1 if reading.folded.startswith(":", after) else after
    return (
        after in units
        or _spaces(reading.folded, colon) in units
        or (
            colon < len(reading.folded)
            and book.person_at(_spaces(reading.folded, colon)) is not None
            and reading.folded[after - 1] == " "
        )
    )


def _named_members(reading: Reading, book: NameBook, group: Recipient, limit: int) -> list[Recipient]:
    """`2 đơn vị là Sở A và Sở B`, `4 cá nhân: ông ..., anh ...`: the names take the place of the number."""
    if group.name is not None or not group.quantity or group.quantity < 2:
        return []
    m = _NAMES_FOLLOW.match(reading.folded, group.end, limit)
    if not m:
        return []
    names = [r for r in listed(reading, book, m.end(), limit) if r.name]
    return names if len(names) >= 2 else []


def _superior(name: str, other: str) -> bool:
    """Army units are told with the unit above them: `Đại đội 3, Tiểu đoàn 1`."""
    ranks = [next((i for i, head in enumerate(_ARMY) if n.lower().startswith(head)), -1) for n in (name, other)]
    return -1 < ranks[0] < ranks[1]


def _past_parentheses(folded: str, position: int) -> int:
    while m := _PARENTHESIS.match(folded, position):
        position = m.end()
    return position


_TO_NEXT = regex.compile(r"(?:[^.;\n]{0,140}?)(?:[;,]|\svà)\s{1,2}")

_TO_SEMICOLON = regex.compile(r"[^.;\n]{0,140}?;\s{0,2}")


def _after_description(
    reading: Reading, book: NameBook, units: dict[int, Mention], position: int, limit: int
) -> int | None:
    """Return where the next member of a list starts after the words that describe the last one, or None."""
    m = _TO_NEXT.match(reading.folded, position, limit)
    tries = 0
    while m and tries < 4:
        person = book.person_at(m.end(), honorific_needed=True)
        if person is not None and person.end <= limit:
            return m.end()
        m = _TO_NEXT.match(reading.folded, m.end(), limit)
        tries += 1
    semicolon = _TO_SEMICOLON.match(reading.folded, position, limit)
    if semicolon and (semicolon.end() in units or book.person_at(semicolon.end())):
        return semicolon.end()
    return None
