"""Whom the text means without naming: `nhà trường`, `gia đình anh`, the people of a place, the hero of the article."""

import regex

from nlp.fold import fold
from nlp.reading import Reading
from nlp.records.persons import NameBook
from nlp.records.recipient import Recipient
from nlp.values import Unit

_PEOPLE = regex.compile(
    r"(?:(?:đảng bộ|chính quyền|cán bộ|chiến sĩ|quân|quân dân|nhân dân|đồng bào|các dân tộc|lực lượng vũ trang|"
    r"lực lượng vũ trang nhân dân)"
    r"(?:,\s|\svà\s|\s)){1,6}(?:các dân tộc\s)?(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn)\s?"
)

_PLACE_NAME = regex.compile(r"\p{Lu}[\p{L}'’]*(?:[ -]\p{Lu}[\p{L}'’]*){0,3}|\d{1,2}(?!\d)")


def people_at(reading: Reading, position: int) -> Recipient | None:
    """`cán bộ và nhân dân huyện Gio Linh`: the people of a place are a collective of their own."""
    m = _PEOPLE.match(reading.folded, position)
    name = _PLACE_NAME.match(reading.text, m.end()) if m else None
    if m is None or name is None:
        return None
    written = " ".join(reading.text[position : name.end()].split())
    return Recipient(written[0].upper() + written[1:], "collective", 1, name.end())


_PLACE = regex.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn)\s{1,2}")


def place_at(reading: Reading, position: int) -> Recipient | None:
    """`Sở Y tế, Sở Xây dựng và huyện Nghi Xuân`: in a list of units a place is one of them."""
    m = _PLACE.match(reading.folded, position)
    name = _PLACE_NAME.match(reading.text, m.end()) if m else None
    if name is None:
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
    r"cục|chi cục|sở|khoa|báo|đài|lữ đoàn|sư đoàn|trung đoàn|tiểu đoàn|đại đội|đồn|trường)(?:\s(?:này|trên))?"
    r"(?=\s?(?:[.,;)\n]|vì|do|để|năm|trước|về|và(?!\w)|nhân|danh hiệu|bằng|giấy|huân|huy|kỉ|cờ|$))"
)


def meant_at(reading: Reading, book: NameBook, position: int, limit: int) -> Recipient | None:
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


_GENERIC_UNIT = regex.compile(
    r"(?<!\w)(?:nhà trường|trường|công ti|đơn vị|viện|bệnh viện|ngân hàng|báo|đài|tạp chí|hội|sở|cơ quan|"
    r"doanh nghiệp|tập đoàn|"
    r"phòng|trung tâm|"
    r"vùng|quân khu|sư đoàn|trung đoàn|tiểu đoàn|đại đội|đồn|hải đội|lữ đoàn|học viện|cục|chi cục|"
    r"tổng công ti|khoa|ban|"
    r"đoàn|tập thể|huyện|xã|tỉnh|thành phố|"
    r"quỹ)(?:\s(?:này|trên))?(?!\w)(?=\s?(?:$|,|đã|cũng|được|còn|vinh|vừa|nhiều|liên|luôn|là|có|\d|lần|từng|ta))"
)


def meant_unit(reading: Reading, book: NameBook, start: int, end: int) -> list[Recipient]:
    meant = _GENERIC_UNIT.search(reading.folded, start, end)
    unit = (_last_unit(book, meant) or main_unit(reading, book, meant[0])) if meant else None
    return [Recipient(unit, "collective", 1, end)] if unit else []


_NEAR = 500


def _last_unit(book: NameBook, meant: "regex.Match[str]") -> str | None:
    """`doanh nghiệp này`: the unit of that kind which was named last."""
    if not meant[0].endswith((" này", " trên")):
        return None
    head = meant[0].rpartition(" ")[0]
    for unit in reversed(book.units_in(max(0, meant.start() - _NEAR), meant.start())):
        assert isinstance(unit.value, Unit)
        if fold(unit.value.canonical).startswith(head) or (head in _ANY_UNIT and unit.value.level == "base"):
            return unit.value.canonical
    return None


_TITLE_VERB = regex.compile(
    r"\s(?:vinh dự\s|vừa\s|tự hào\s|sẽ\s)?(?:đón|nhận|đón nhận|được|đạt|tròn|kỉ niệm|giành|tổ chức|"
    r"mít tinh|lần thứ)(?!\w)"
)
_TITLE_HEAD = regex.compile(
    r"(?:báo|đài|tạp chí|đoàn|đội|đại đội|tiểu đoàn|trung đoàn|lữ đoàn|sư đoàn|đồn|hải đội|hải đoàn|tàu|"
    r"trạm|tổ|nhà hát|"
    r"nhà máy|xí nghiệp|công ti|tổng công ti|tập đoàn|ngân hàng|trường|học viện|đại học|bệnh viện|viện|"
    r"trung tâm|hội|quỹ|"
    r"câu lạc bộ|hợp tác xã|khoa|phòng|ban|cục|chi cục|vùng|xã|phường|huyện|quận|tỉnh|thành phố|thị xã|"
    r"thị trấn|làng|thôn)\s"
)
_LONGEST_SUBJECT = 9  # words


def title_subject(reading: Reading) -> str | None:
    """Return the body with which the title opens as its subject (`Đoàn bay 919 đón nhận ...`), as it is written."""
    start, end = reading.title.start, reading.title.end
    verb = _TITLE_VERB.search(reading.folded, start, end)
    if verb is None or not _TITLE_HEAD.match(reading.folded, start, verb.start() + 1):
        return None
    words = reading.text[start : verb.start()].split()
    named = any(w[0].isupper() or w[0].isdecimal() for w in words[1:])
    if not 2 <= len(words) <= _LONGEST_SUBJECT or not named or any(not w[0].isalnum() for w in words):
        return None
    return " ".join(words) if not all(w.isupper() for w in words) else None


def hero(reading: Reading, book: NameBook) -> list[Recipient]:
    """Return whom the article is about: the unit that opens its title, or its person."""
    titled = _titled(reading, book)
    if titled:
        return [Recipient(titled, "collective", 1)]
    person = book.main_person
    in_title = person is not None and person.split()[-1] in reading.text[: reading.title.end].split()
    return [Recipient(person, "individual", 1)] if in_title and book.is_portrait else []


def _titled(reading: Reading, book: NameBook) -> str | None:
    """Return the unit that opens the title, known or as it is written there."""
    units = book.units_in(reading.title.start, reading.title.end)
    if units and units[0].start - reading.title.start < 3:
        assert isinstance(units[0].value, Unit)
        return units[0].value.canonical
    return title_subject(reading)


def titled_at(reading: Reading, position: int) -> Recipient | None:
    """Return the title's subject where its words stand again at `position`."""
    name = title_subject(reading)
    if name is None or not reading.folded.startswith(fold(name), position):
        return None
    end = position + len(name)
    return None if reading.folded[end : end + 1].isalnum() else Recipient(name, "collective", 1, end)


def main_unit(reading: Reading, book: NameBook, head: str = "") -> str | None:
    """Return the unit that the article is about: the one its title opens with, else the one named most often there.

    `head`: the folded word that stands for it (`công ti`); a unit of that kind goes before others.
    """
    titled = _titled(reading, book)
    if titled:
        return titled
    head = regex.sub(r"\s(?:này|trên)$", "", head)
    of_kind = {name: count for name, count in book.unit_counts.items() if fold(name).startswith(head)} if head else {}
    if of_kind:
        return max(of_kind, key=lambda name: of_kind[name])
    if head and head not in _ANY_UNIT:
        return None  # `Báo được tặng ...` is no other kind of unit
    counts = book.base_unit_counts
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] > 1 else None


_ANY_UNIT = frozenset(
    ("đơn vị", "cơ quan", "tập thể", "doanh nghiệp", "công ti", "nhà trường", "trường", "tập đoàn", "ban")
)
