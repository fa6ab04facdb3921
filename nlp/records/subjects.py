"""The recipients that are subject of `được tặng`, `đón nhận`, `đạt`: named, counted, or meant by a pronoun."""

from collections.abc import Sequence

import regex

from nlp.reading import Reading
from nlp.records.meant import meant_unit, people_at
from nlp.records.persons import NameBook, Person
from nlp.records.quantities import Group, bare_noun, groups
from nlp.records.recipient import Recipient
from nlp.values import Anniversary, Mention, Unit

_OBLIQUE = regex.compile(
    r"(?:của|tại|do|với|trong|theo|thuộc|cùng|về|từ|ở|đến|cho|vào|bởi|trên|thay mặt|chủ tịch|hđqt|"
    r"hội đồng quản trị|gđ|pgđ|pct|giám đốc|tổng giám đốc|bí thư|hiệu trưởng|"
    r"trưởng|phó|viện trưởng|cục trưởng|hội viên|thành viên|bí thư chi bộ|ct\.?|trưởng phòng|chính trị viên|"
    r"chủ nhiệm|công tác|ủy viên|tư lệnh|gồm|ngoài|so với|được|trực thuộc|dự|sinh viên|học sinh|giáo viên)"
    r"\s{0,2}(?:\"|tập thể\s|các\s)?$"
)

_JOINT = regex.compile(r'\s?"?(?:\([^()\n]{0,60}\))?\s?(?:,|và|;|, và|cùng|,\scùng)\s(?:đồng chí\s|các\s|tập thể\s)?"?')

_APPOSED = regex.compile(r"(?:,|\s\()(?:(?!(?<!\w)(?:được|trao|tặng|đã|cho|do)(?!\w))[^.;\n]){2,80}(?:,|;|và|,\svà)\s")
"""`ông A, thuyền trưởng tàu X, và ông B, thuyền viên`: what describes one person stands between two."""

_PRONOUN = regex.compile(
    r"(?<!\w)(?:anh|chị|ông|bà|cô|em|thầy|cháu|đồng chí)(?=\s?(?:$|,|đã|cũng|được|còn|vinh|vừa|là|nhiều|lần|\d|"
    r"từng|và|có))"
)

_PEOPLE_START = regex.compile(
    r"(?<!\w)(?:đảng bộ|chính quyền|cán bộ|quân|nhân dân|đồng bào|lực lượng vũ trang)(?!\w)(?=[,\s])"
)

_SOMEBODY = regex.compile(
    r"(?<!\w)(?:đồng chí|ông|bà|thầy|cô|anh|chị)\s(?:phó\s)?(?:hiệu trưởng|giám đốc|chủ tịch|bí thư|trưởng|"
    r"viện trưởng)[^,;]{0,40}$"
)


def subject(
    reading: Reading, book: NameBook, start: int, end: int, excluded: Sequence[tuple[int, int]] = ()
) -> list[Recipient]:
    """Return the recipients that stand as subject in `start`:`end`, [] where there is none.

    `excluded`: spans that are no subject (the giver in `được UBND tỉnh tặng`).
    """
    folded = reading.folded
    items: list[tuple[int, int, Mention | Person | Group]] = []
    items += [(m.start, m.end, m) for m in book.units_in(start, end)]
    items += [(p.start, p.end, p) for p in book.persons_in(start, end)]
    items += [(g.start, g.end, g) for g in groups(folded, start, end) if g.kind]
    items.sort(key=lambda i: (i[0], -i[1]))
    excluded = [*excluded, *((m.start, m.end) for m in reading.mentions if isinstance(m.value, Anniversary))]
    subjects: list[tuple[int, int, Mention | Person | Group]] = []
    for item in items:
        if subjects and item[0] < subjects[-1][1]:
            continue
        if subjects and _qualifies(folded, subjects[-1], item[0]):
            continue
        if any(s < item[1] and item[0] < e for s, e in excluded) or _in_parentheses(folded, start, item[0]):
            continue
        if _OBLIQUE.search(folded, max(start, item[0] - 40), item[0]) and not (
            subjects and _JOINT.fullmatch(folded, subjects[-1][1], item[0])
        ):
            continue
        subjects.append(item)
    people: list[Recipient] = []
    for m in _PEOPLE_START.finditer(folded, start, end):
        told = people_at(reading, m.start())
        if told and told.end <= end and not (people and m.start() < people[-1].end):
            people.append(told)
    if people and (not subjects or people[-1].end >= subjects[-1][1]):
        return [people[-1]]
    if not subjects and (kind := bare_noun(folded, start, end)):
        return [Recipient(None, kind, None, end)]
    if not subjects:
        return _anaphor(reading, book, start, end) or _owner(folded, items, excluded)
    chosen = [subjects[-1]]
    last = subjects[-1][2]
    if isinstance(last, Group) and last.quantity is None and last.kind != "individual":
        whole = meant_unit(reading, book, subjects[-1][1], end)
        if whole:  # `Tập thể cán bộ, giáo viên nhà trường được ...`
            return whole
    for item in reversed(subjects[:-1]):
        persons = isinstance(item[2], Person) and isinstance(chosen[0][2], Person) and chosen[0][2].honored
        if _JOINT.fullmatch(folded, item[1], chosen[0][0]) or (
            persons and _APPOSED.fullmatch(folded, item[1], chosen[0][0])
        ):
            chosen.insert(0, item)
        else:
            break
    return [_recipient(book, item[2], item[1]) for item in chosen]


_PLURAL = ("các", "những", "nhiều", "một số", "toàn thể")


def _qualifies(folded: str, before: tuple[int, int, Mention | Person | Group], start: int) -> bool:
    """`nhiều tập thể, cá nhân Công an thành phố`: the unit only says whose they are."""
    group = before[2]
    if not isinstance(group, Group) or folded[before[1] : start] != " ":
        return False
    return group.quantity is not None or folded.startswith(_PLURAL, group.start)


_MOUTHPIECE = regex.compile(r"(?:ngôn luận|chủ quản|trực thuộc|thành viên)(?:\scủa)?\s$")

_OFFICER = regex.compile(
    r"(?:chủ tịch|giám đốc|bí thư|hiệu trưởng|trưởng|trưởng phòng|phó|cán bộ|nhân viên|công nhân)\s$"
)


def _owner(
    folded: str, items: list[tuple[int, int, Mention | Person | Group]], excluded: Sequence[tuple[int, int]]
) -> list[Recipient]:
    """`Phong trào thi đua của Lữ đoàn 6 có nhiều đổi mới, được ... tặng`: where nobody is subject, the owner."""
    for start, end, item in reversed(items):
        if _MOUTHPIECE.search(folded, max(0, start - 40), start):
            return []
        if isinstance(item, Mention) and _OFFICER.search(folded, max(0, start - 30), start):
            return [Recipient(None, "individual", 1, end)]
        if isinstance(item, Mention) and not any(s < end and start < e for s, e in excluded):
            assert isinstance(item.value, Unit)
            return [Recipient(item.value.canonical, "collective", 1, end)]
    return []


def _recipient(book: NameBook, item: Mention | Person | Group, end: int) -> Recipient:
    if isinstance(item, Person):
        return Recipient(book.full(item), "individual", 1, end)
    if isinstance(item, Group):
        return Recipient(None, item.kind, item.quantity, end)
    assert isinstance(item.value, Unit)
    return Recipient(item.value.canonical, "collective", 1, end)


def _anaphor(reading: Reading, book: NameBook, start: int, end: int) -> list[Recipient]:
    folded = reading.folded
    if _SOMEBODY.search(folded, start, end):
        return [Recipient(None, "individual", 1, end)]
    if _PRONOUN.search(folded, start, end):
        before = book.persons_in(max(0, start - 600), start)
        name = book.full(before[-1]) if before else book.main_person
        return [Recipient(name, "individual", 1, end)]
    return meant_unit(reading, book, start, end)


def _in_parentheses(folded: str, start: int, position: int) -> bool:
    return folded.rfind("(", start, position) > folded.rfind(")", start, position)
