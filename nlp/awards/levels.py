"""The level of an award by law: who confers it decides.

Sources: Luật Thi đua, khen thưởng 15/2003/QH11, 39/2013/QH13 (amendments) and 06/2022/QH15: huân chương, huy chương,
danh hiệu vinh dự nhà nước and giải thưởng Hồ Chí Minh, Nhà nước are conferred by the State President (Đ.33-70 of 2022);
Cờ thi đua của Chính phủ, Bằng khen của Thủ tướng and Chiến sĩ thi đua toàn quốc by the Government and its head
(Đ.21, 25, 73); ministries, central organisations and provinces confer Cờ thi đua, Bằng khen and their titles
(Đ.22, 26, 27, 74); everything below is of the base level (Đ.23, 24, 28, 75).
"""

import regex

from nlp.awards.names import AwardName
from nlp.fold import key
from nlp.values import AwardLevel

_GOVERNMENT = regex.compile(r"(?:chính phủ|thủ tướng(?: chính phủ)?|hội đồng bộ trưởng)$")
_BELOW_PROVINCE = regex.compile(
    r"(?<!\w)(?:huyện|quận|thị xã|xã|phường|thị trấn|cơ sở|trường|bệnh viện|công ti|tổng công ti|tập đoàn|"
    r"lữ đoàn|trung đoàn|tiểu đoàn|sư đoàn|xí nghiệp|nhà máy|ngân hàng thương mại|quận ủy|huyện ủy|đồn)(?!\w)"
)
_CITY_OF_PROVINCE = regex.compile(r"thành phố [^,]+, tỉnh ")


def level_of(name: AwardName, class_level: AwardLevel | None, authority: str | None) -> AwardLevel | None:
    """Return the level of an award with a known grade or authority, or None where neither tells it."""
    if name.level == "state":
        return "state"
    if class_level is not None:
        return class_level
    if authority is not None and name.id in ("bang_khen", "co_thi_dua", "co_chinh_phu"):
        folded = key(authority)
        if _GOVERNMENT.match(folded):
            return "government"
        if _BELOW_PROVINCE.search(folded) or _CITY_OF_PROVINCE.search(folded):
            return "base"
        return "ministry_province"
    return name.level
