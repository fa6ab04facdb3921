"""Who receives: the list after `cho`, or the subject of `được tặng`, `đón nhận`, `đạt`; named, or counted by kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from nlp.fold import fold
from nlp.reading import Reading
from nlp.records.persons import NameBook, Person
from nlp.records.quantities import Group, bare_noun, group_at, groups
from nlp.values import Anniversary, Mention, RecipientKind, Unit


@dataclass(frozen=True, slots=True)
class Recipient:
    """A named recipient (quantity 1), or a kind with a number (None where not told). `end`: where its words end."""

    name: str | None
    kind: RecipientKind | None
    quantity: int | None
    end: int = 0


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
    units = {m.start: m for m in reversed(book.units_in(position, limit))}
    found: list[Recipient] = []
    skipped = 0
    while position < limit:
        filler = _FILLER.match(folded, position, limit)
        group = group_at(folded, _spaces(folded, position), limit)
        after_filler = filler.end() if filler else position
        if found and ";" in folded[position:after_filler] and _NEXT_CLAUSE.match(folded, after_filler, limit):
            break
        unit = units.get(position) or units.get(after_filler)
        person = None if unit else book.person_at(after_filler)
        if unit is not None and unit.start <= (group.start if group else limit):
            pass
        elif group is None or _names_at(reading, book, units, group):
            group = None
        if unit is not None and (group is None or unit.start <= group.start):
            assert isinstance(unit.value, Unit)
            if _ACTS.match(folded, unit.end):
                break  # the subject of the next clause
            if not (found and found[-1].name and _superior(found[-1].name, unit.value.canonical)):
                found.append(Recipient(unit.value.canonical, "collective", 1, unit.end))
            position = _past_parentheses(folded, unit.end)
        elif group is not None:
            names = _named_members(reading, book, group, limit) if group.quantity and group.quantity > 1 else []
            if names:
                return found + names
            found.append(Recipient(None, group.kind, group.quantity, group.end))
            position = group.end
        elif person is not None:
            found.append(Recipient(book.full(person), "individual", 1, person.end))
            position = _past_parentheses(folded, person.end)
        elif (refound := group_at(folded, after_filler, limit)) is not None and not _names_at(
            reading, book, units, refound
        ):
            found.append(Recipient(None, refound.kind, refound.quantity, refound.end))
            position = refound.end
        elif (people := _people_at(reading, after_filler)) is not None or (
            people := _people_at(reading, _spaces(folded, position))
        ) is not None:
            found.append(people)
            position = people.end
        elif (meant := _meant_at(reading, book, after_filler, limit)) is not None:
            found.append(meant)
            position = meant.end
        elif filler and filler.end() > position and not found:
            position = filler.end()
        elif (
            not found
            and skipped < _MAX_SKIP
            and not _STOP.match(folded, after_filler)
            and (w := _WORD.match(reading.text, after_filler, limit))
        ):
            position, skipped = w.end(), skipped + 1
        elif found and (following := _after_description(reading, book, units, position, limit)) is not None:
            position = following
        else:
            break
    return found


_NEXT_CLAUSE = regex.compile(r"[^.;]{0,120}?(?<!\w)(?:được|đạt|nhận|vinh dự|trao|tặng)(?!\w)")
_PEOPLE = regex.compile(
    r"(?:(?:đảng bộ|chính quyền|cán bộ|chiến sĩ|quân|quân dân|nhân dân|đồng bào|các dân tộc|lực lượng vũ trang|"
    r"lực lượng vũ trang nhân dân)"
    r"(?:,\s|\svà\s|\s)){1,6}(?:các dân tộc\s)?(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn)\s?"
)
_PLACE_NAME = regex.compile(r"\p{Lu}[\p{L}'’]*(?:[ -]\p{Lu}[\p{L}'’]*){0,3}|\d{1,2}(?!\d)")


def _people_at(reading: Reading, position: int) -> Recipient | None:
    """`cán bộ và nhân dân huyện Gio Linh`: the people of a place are a collective of their own."""
    m = _PEOPLE.match(reading.folded, position)
    name = _PLACE_NAME.match(reading.text, m.end()) if m else None
    if m is None or name is None:
        return None
    written = " ".join(reading.text[position : name.end()].split())
    return Recipient(written[0].upper() + written[1:], "collective", 1, name.end())


_MEANT_PERSON = regex.compile(
    r"(?:(?:đại diện |thân nhân )?gia đình(?:\s(?:anh|chị|ông|bà|em|đại tá))?|anh|chị|ông|bà|em|cô|anh ấy|"
    r"(?:lái xe|tài xế|người \p{L}+|cán bộ|nữ \p{L}+|nam \p{L}+|em|anh|chị|nạn nhân)(?:\s\p{L}+){0,3}?\snày)"
    r"(?=\s?(?:[.,;)\n]|vì|do|để|trước|$))"
)
_MEANT_OFFICER = regex.compile(
    r"(?:chủ tịch|giám đốc|tổng giám đốc|hiệu trưởng|bí thư|trưởng phòng|phó hiệu trưởng|phó giám đốc)\s"
    r"(?:công ti|nhà trường|đơn vị|bệnh viện|doanh nghiệp|tập đoàn|hội)(?!\w)(?!\s\p{Lu})"
)
_MEANT_UNIT = regex.compile(
    r"(?:nhà trường|trường|công ti|đơn vị|bệnh viện|ngân hàng|doanh nghiệp|tập đoàn|trung tâm|học viện|"
    r"tổng công ti|hội|viện|"
    r"cục|chi cục|sở|khoa|báo|đài|lữ đoàn|sư đoàn|trung đoàn|trường)(?:\snày)?"
    r"(?=\s?(?:[.,;)\n]|vì|do|để|năm|trước|về|và(?!\w)|nhân|$))"
)


def _meant_at(reading: Reading, book: NameBook, position: int, limit: int) -> Recipient | None:
    """`cho gia đình anh`, `cho lái xe này`, `cho Công ty`: the person or unit that the article is about."""
    person = _MEANT_PERSON.match(reading.folded, position, limit + 1)
    if person and book.main_person:
        return Recipient(book.main_person, "individual", 1, person.end())
    officer = _MEANT_OFFICER.match(reading.folded, position, limit)
    if officer:
        return Recipient(None, "individual", 1, officer.end())
    unit = _MEANT_UNIT.match(reading.folded, position, limit + 1)
    name = main_unit(reading, book, unit[0]) if unit else None
    return Recipient(name, "collective", 1, unit.end()) if unit and name else None


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


def _named_members(reading: Reading, book: NameBook, group: Group, limit: int) -> list[Recipient]:
    """`2 đơn vị là Sở A và Sở B`, `4 cá nhân: ông ..., anh ...`: the names take the place of the number."""
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


# The subject of `được tặng`, `đón nhận`, `đạt`

_OBLIQUE = regex.compile(
    r"(?:của|tại|do|với|trong|theo|thuộc|cùng|về|từ|ở|đến|cho|vào|bởi|trên|thay mặt|chủ tịch|hđqt|"
    r"hội đồng quản trị|gđ|pgđ|pct|giám đốc|tổng giám đốc|bí thư|hiệu trưởng|"
    r"trưởng|phó|viện trưởng|cục trưởng|hội viên|thành viên|bí thư chi bộ|ct\.?|trưởng phòng|chính trị viên|"
    r"chủ nhiệm|công tác|ủy viên|tư lệnh|gồm|ngoài|so với|được|trực thuộc|dự|sinh viên|học sinh|giáo viên)"
    r"\s{0,2}(?:\"|tập thể\s|các\s)?$"
)
_JOINT = regex.compile(r'\s?"?(?:\([^()\n]{0,60}\))?\s?(?:,|và|;|, và|cùng|,\scùng)\s(?:đồng chí\s|các\s|tập thể\s)?"?')
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
_GENERIC_UNIT = regex.compile(
    r"(?<!\w)(?:nhà trường|trường|công ti|đơn vị|viện|bệnh viện|ngân hàng|hội|sở|cơ quan|doanh nghiệp|tập đoàn|"
    r"phòng|trung tâm|"
    r"lữ đoàn|học viện|cục|chi cục|tổng công ti|khoa|ban|đoàn|tập thể|huyện|xã|tỉnh|thành phố|"
    r"quỹ)(?!\w)(?=\s?(?:$|,|đã|cũng|được|còn|vinh|vừa|nhiều|liên|luôn|là|có|\d|lần|từng|ta))"
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
        if any(s < item[1] and item[0] < e for s, e in excluded) or _in_parentheses(folded, start, item[0]):
            continue
        if _OBLIQUE.search(folded, max(start, item[0] - 40), item[0]) and not (
            subjects and _JOINT.fullmatch(folded, subjects[-1][1], item[0])
        ):
            continue
        subjects.append(item)
    people: list[Recipient] = []
    for m in _PEOPLE_START.finditer(folded, start, end):
        told = _people_at(reading, m.start())
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
        meant_unit = _meant_unit(reading, book, subjects[-1][1], end)
        if meant_unit:  # `Tập thể cán bộ, giáo viên nhà trường được ...`
            return meant_unit
    for item in reversed(subjects[:-1]):
        if _JOINT.fullmatch(folded, item[1], chosen[0][0]):
            chosen.insert(0, item)
        else:
            break
    return [_recipient(book, item[2], item[1]) for item in chosen]


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
    return _meant_unit(reading, book, start, end)


def _meant_unit(reading: Reading, book: NameBook, start: int, end: int) -> list[Recipient]:
    meant = _GENERIC_UNIT.search(reading.folded, start, end)
    unit = main_unit(reading, book, meant[0]) if meant else None
    return [Recipient(unit, "collective", 1, end)] if unit else []


def hero(reading: Reading, book: NameBook) -> list[Recipient]:
    """Return whom the article is about: the unit that opens its title, or its person."""
    titled = book.units_in(reading.title.start, reading.title.end)
    if titled and titled[0].start - reading.title.start < 3:
        value = titled[0].value
        assert isinstance(value, Unit)
        return [Recipient(value.canonical, "collective", 1)]
    person = book.main_person
    in_title = person is not None and person.split()[-1] in reading.text[: reading.title.end].split()
    return [Recipient(person, "individual", 1)] if in_title and book.is_portrait else []


def main_unit(reading: Reading, book: NameBook, head: str = "") -> str | None:
    """Return the unit that the article is about: the one its title opens with, else the one named most often there.

    `head`: the folded word that stands for it (`công ti`); a unit of that kind goes before others.
    """
    titled = book.units_in(reading.title.start, reading.title.end)
    if titled and titled[0].start - reading.title.start < 3:
        value = titled[0].value
        assert isinstance(value, Unit)
        return value.canonical
    counts: dict[str, int] = {}
    for m in book.units:
        assert isinstance(m.value, Unit)
        if m.value.level == "base" or (head and fold(m.value.canonical).startswith(head)):
            weight = 1000 if head and fold(m.value.canonical).startswith(head) else 1
            counts[m.value.canonical] = counts.get(m.value.canonical, 0) + weight
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] > 1 else None


def _in_parentheses(folded: str, start: int, position: int) -> bool:
    return folded.rfind("(", start, position) > folded.rfind(")", start, position)


def without_number(recipient: Recipient) -> Recipient:
    """Return a counted recipient without its number, which was told for several awards together."""
    return replace(recipient, quantity=None) if recipient.name is None else recipient
