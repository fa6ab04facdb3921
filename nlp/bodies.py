"""Which body or office holder is named at a place of the text: who confers, issues or launches.

The guide marks organs as units and leaves titles out, but authority, issuer and launcher may be a title
(`Chủ tịch UBND tỉnh`, `Thủ tướng Chính phủ`). `body_at` reads both, after `nlp.units.find` has run.
"""

from dataclasses import dataclass

import regex

from nlp.places import seat_at
from nlp.reading import Reading
from nlp.values import Level, Mention, Unit


@dataclass(frozen=True, slots=True)
class Body:
    """A body at `start`:`end`. `canonical` holds the title, `organ` is the same without it (None for `Chủ tịch nước`).

    `level` and `province` are those of the organ.
    """

    start: int
    end: int
    canonical: str
    organ: str | None
    level: Level | None
    province: str | None


_OFFICES = {
    "thủ tướng chính phủ": ("Thủ tướng Chính phủ", "Chính phủ"),
    "thủ tướng cp": ("Thủ tướng Chính phủ", "Chính phủ"),
    "thủ tướng": ("Thủ tướng Chính phủ", "Chính phủ"),
    "chủ tịch nước chxhcn việt nam": ("Chủ tịch nước", None),
    "chủ tịch nước cộng hòa xã hội chủ nghĩa việt nam": ("Chủ tịch nước", None),
    "chủ tịch nước cộng hòa xhcn việt nam": ("Chủ tịch nước", None),
    "chủ tịch nước": ("Chủ tịch nước", None),
    "nhà nước": ("Chủ tịch nước", None),
    "tổng bí thư": ("Tổng Bí thư", "Ban Chấp hành Trung ương Đảng"),
}
_OFFICE = regex.compile(rf"(?:{'|'.join(sorted(_OFFICES, key=len, reverse=True))})(?!\w)")

# A title is followed by its organ at once: `Chủ tịch UBND tỉnh`, `Bộ trưởng Bộ Y tế`, `Tư lệnh Quân khu 5`.
_TITLE = regex.compile(
    r"(?P<title>(?:quyền |phó )?(?:"
    r"chủ tịch|tổng giám đốc|giám đốc|bộ trưởng|thứ trưởng|thủ trưởng|tổng bí thư|bí thư|"
    r"chủ nhiệm|hiệu trưởng|viện trưởng|vụ trưởng|cục trưởng|tổng cục trưởng|chi cục trưởng|"
    r"trưởng ban|trưởng phòng|trưởng đoàn|trưởng|chánh án|chánh văn phòng|chánh thanh tra|tổng thanh tra|"
    r"tổng kiểm toán nhà nước|tổng kiểm toán|thống đốc|phó thống đốc|tổng thư kí|"
    r"tư lệnh|tham mưu trưởng|chỉ huy trưởng|chính ủy|chính trị viên|tổng tham mưu trưởng|đoàn trưởng|hội trưởng"
    r"))\s+(?=\S)"
)


def body_at(reading: Reading, position: int) -> Body | None:
    """Return the body named from `position` on (spaces before it are skipped), or None where none stands there.

    `UBND tỉnh`, `Chủ tịch UBND tỉnh`, `Bộ trưởng Bộ Y tế`, `Thủ tướng Chính phủ`, `Chủ tịch nước`; a bare `tỉnh`,
    `thành phố`, `huyện` (`Cờ thi đua của tỉnh`) stands for its People's Committee.
    """
    folded = reading.folded
    while position < len(folded) and folded[position] == " ":
        position += 1
    unit = _unit_at(reading, position)
    if unit:
        return _of_unit(unit)
    office = _OFFICE.match(folded, position)
    if office and not (office[0] == "nhà nước" and folded[max(0, position - 4) : position] != "của "):
        canonical, organ = _OFFICES[office[0]]
        return Body(position, office.end(), canonical, organ, "central", None)
    titled = _TITLE.match(folded, position)
    if titled:
        organ_mention = _unit_at(reading, titled.end())
        if organ_mention:
            body = _of_unit(organ_mention)
            title = titled["title"].capitalize()
            return Body(position, body.end, f"{title} {body.canonical}", body.canonical, body.level, body.province)
        if titled["title"].endswith("chủ tịch"):
            return _of_seat(reading, position, titled.end(), f"{titled['title'].capitalize()} ")
    return _of_seat(reading, position, position, "")


def _of_seat(reading: Reading, position: int, place_at: int, title: str) -> Body | None:
    """Return the People's Committee of the place at `place_at`, or its holder of `title` (`chủ tịch tỉnh`)."""
    seat = seat_at(reading, place_at)
    if seat is None:
        return None
    organ = f"Ủy ban nhân dân {seat.official}"
    return Body(position, seat.end, f"{title}{organ}", organ, seat.level, seat.province)


def _unit_at(reading: Reading, position: int) -> Mention | None:
    """Return the longest unit that starts at `position`."""
    return reading.index(Unit).longest_at(position)


def _of_unit(mention: Mention) -> Body:
    value = mention.value
    assert isinstance(value, Unit)
    return Body(mention.start, mention.end, value.canonical, value.canonical, value.level, value.province)
