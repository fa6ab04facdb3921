"""Huân chương and huy chương that no list holds, and those whose head word is told once for several.

Vietnam's orders and medals are named by law (`data/lexicon/awards.csv`). Those of other countries
(`Huân chương Ăng-co`, `Huy chương Pushkin`) and of associations (`Huy chương Vì sự nghiệp ...`) are an open class:
their names begin with a capital, or with `vì sự nghiệp`.
"""

import regex

_NAME = regex.compile(
    r"[ ]\"?(?P<name>(?!(?:Vàng|Bạc|Đồng|HCV|HCB|HCĐ|SEA|Olympic|ASIAD|Asiad|Nhà nước|Hạng|Đảng|Chủ tịch)(?!\w))"
    r"(?:(?:V|v)ì\s(?:sự nghiệp|an ninh|hòa bình|thế hệ)(?:\s[\p{L}-]+){1,9}?"
    r"|\p{Lu}[\p{L}'’-]+(?:\s\p{L}[\p{L}'’-]*){0,6}?))"
    r"(?=\"|[ ]?[,.;:()\n]|[ ]?$|[ ]-|[ ](?:hạng|của|cho|tặng|năm|do|vì|và|từ|tại|trong|là|được|đã|này|nhân|khi|về|"
    r"trao|lần|cao quý|với|để|theo|bậc|ở)(?!\w))"
)
_FOREIGN = regex.compile(
    r"(?:[ ]của)?[ ](?P<of>(?:(?:hội đồng nhà nước|nhà nước|hoàng gia|chính phủ|quốc vương|quốc hội|liên bang|"
    r"tổng thống|"
    r"vương quốc|nhà vua|cộng hòa(?: \p{L}+){0,4})[ ])*"
    r"(?:cu-?ba|cam-?pu-?chia|lào|pháp|nga|liên xô|liên bang nga|mông cổ|hungary|ba lan|bungari|bulgaria|"
    r"tiệp khắc|đức|nhật bản|hàn quốc|trung quốc|ấn độ|anh|bỉ|ý|italia|mỹ|mĩ|thái lan|myanmar|ukraine|belarus|"
    r"kazakhstan|azerbaijan|chile|venezuela|triều tiên|algeria|palestine))(?!\w)"
)


def name_after(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of the open name that follows `huân chương` or `huy chương` at `end`, or None."""
    m = _NAME.match(text, end, min(len(text), end + 120))
    return m.span("name") if m else None


def foreign_after(folded: str, end: int) -> tuple[int, int] | None:
    """Return the span of the foreign state that follows an order's name at `end`: `của Hội đồng Nhà nước Cuba`."""
    m = _FOREIGN.match(folded, end)
    return m.span("of") if m else None


_NEXT_ORDER = regex.compile(
    r"(?:[ ]?\([^()\n]{1,25}\))?[ ]?(?:,|;|và|, và)[ ]{1,2}(?P<name>lao động|độc lập|quân công|chiến công|kháng chiến|"
    r"bảo vệ tổ quốc|chiến sĩ giải phóng|giải phóng|hồ chí minh|sao vàng)(?=[ ]hạng[ ])"
)


def next_order(folded: str, end: int) -> tuple[int, int] | None:
    """Return the span of the next order's name in `các huân chương Độc lập hạng Nhất, Lao động hạng Nhì`, or None."""
    m = _NEXT_ORDER.match(folded, end)
    return m.span("name") if m else None
