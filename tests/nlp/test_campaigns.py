"""Campaigns: quoted, listed, unquoted and repeated names; what is a slogan, a congress or a title; identity."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.campaigns.names import identity, known_id
from nlp.link import entity_key
from nlp.values import Campaign
from tests.nlp.honours_of import campaigns_in, honours_of


def names(text: str) -> list[str]:
    return [words for words, _ in campaigns_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phong trào thi đua “Dạy tốt - Học tốt” sôi nổi", ["Dạy tốt - Học tốt"]),
        ("phong trào thi đua đặc biệt “Tỉnh nhà vượt khó” được hưởng ứng", ["Tỉnh nhà vượt khó"]),
        ('Cuộc vận động "Người Việt Nam ưu tiên dùng hàng Việt Nam"', ["Người Việt Nam ưu tiên dùng hàng Việt Nam"]),
        ("tổ chức thi đua theo chủ đề “Kỷ cương, sáng tạo, về đích sớm”", ["Kỷ cương, sáng tạo, về đích sớm"]),
        ("phát động đợt thi đua “Mừng Đảng, mừng Xuân”", ["Mừng Đảng, mừng Xuân"]),
        ("phong trào thi đua “Tỉnh nhà vượt khó giai đoạn 2021-2025”", ["Tỉnh nhà vượt khó"]),
        (
            "phong trào thi đua “Tỉnh nhà vượt khó” giai đoạn 2021-2025, “Dân vận khéo”",
            ["Tỉnh nhà vượt khó", "Dân vận khéo"],
        ),
        ("phong trào thi đua quyết thắng ở đơn vị", ["thi đua quyết thắng"]),
        ("phong trào dân vận khéo trong 10 năm qua", ["dân vận khéo"]),
        ("phong trào thi đua xây dựng tổ chức Hội vững mạnh, chất lượng nâng lên", ["xây dựng tổ chức Hội vững mạnh"]),
        (
            "phong trào giúp nhau phát triển kinh tế, xóa đói, giảm nghèo, phát huy bản chất tốt đẹp",
            ["giúp nhau phát triển kinh tế, xóa đói, giảm nghèo"],
        ),
        (
            "phong trào thi đua thực hiện thắng lợi nhiệm vụ kinh tế - xã hội năm 2018",
            ["thực hiện thắng lợi nhiệm vụ kinh tế - xã hội"],
        ),
        (
            "đề“Toàn ngành đổi mới, sáng tạo” là chủ đề thi đua“Toàn ngành đổi mới, sáng tạo” của Bộ",
            ["Toàn ngành đổi mới, sáng tạo"] * 2,
        ),
        (
            "“Toàn ngành đoàn kết, vượt khó năm 2020 vì dân”. Đây là chủ đề phong trào thi đua năm 2020.",
            ["Toàn ngành đoàn kết, vượt khó năm 2020 vì dân"],
        ),
    ],
)
def test_names_and_their_ends(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "phát động phong trào thi đua yêu nước năm 2022",
        "các phong trào thi đua thường xuyên, theo chuyên đề",
        "phong trào nông dân năm 2018",
        'Đại hội Thi đua "CCB gương mẫu" lần thứ VI',
        "chương trình nghệ thuật chủ đề “Gia đình hạnh phúc”",
        "thực hiện phương châm “Thiết kế từ tâm”",
        "công tác hội và phong trào phụ nữ",
        "tặng Bằng khen “Giỏi việc nước, đảm việc nhà”",
        "phong trào thi đua” do Bộ phát động”, bà Thanh nhấn mạnh",
    ],
)
def test_what_is_no_campaign(text: str) -> None:
    assert names(text) == []


def test_a_name_that_was_announced_is_one_again() -> None:
    text = "Giao lưu với chủ đề “Người lính vì dân”.\nCuộc vận động “Người lính vì dân” lan tỏa."
    assert names(text) == ["Người lính vì dân", "Người lính vì dân"]


def test_items_of_a_list_after_one_anchor() -> None:
    text = (
        "Các đơn vị triển khai các phong trào thi đua sau: Phong trào thi đua rà soát hồ sơ; "
        "Ngành Y tế chung sức xây dựng nông thôn mới; Phong trào thi đua Chung tay cải cách hành chính."
    )
    assert names(text) == ["Ngành Y tế chung sức xây dựng nông thôn mới", "Chung tay cải cách hành chính"]


def test_launcher_and_period() -> None:
    ((_, value),) = campaigns_in(
        "Cuộc vận động “Hiếu thảo, nghĩa tình” do Quân khu 9 phát động giai đoạn 2021 - 2025 được triển khai."
    )
    assert value.launcher == "Quân khu 9"
    first, second = campaigns_in("phong trào “Tỉnh nhà vượt khó” giai đoạn 2021-2025, “Sạch từ nhà ra ngõ”")
    assert (first[1].period, second[1].period) == ("2021-2025", None)


def test_the_name_reads_clean() -> None:
    ((words, value),) = campaigns_in("phong trào thi đua “luyện quân, lập công , quyết thắng” trong đơn vị")
    assert words == "luyện quân, lập công , quyết thắng"
    assert value.name.casefold() == "luyện quân, lập công, quyết thắng"


def test_spellings_share_one_identity() -> None:
    spellings = (
        "Lao động giỏi, lao động sáng tạo",
        "LAO ĐỘNG GIỎI - LAO ĐỘNG SÁNG TẠO",
        "Lao động giỏi, Lao động sáng tạo",
    )
    assert len({entity_key(Campaign(s)) for s in spellings}) == 1
    assert known_id("Cả nước chung sức xây dựng nông thôn mới giai đoạn 2021-2025") == "ntm"
    assert identity("Một phong trào chưa ai biết") == "mot-phong-trao-chua-ai-biet"


PIECES = st.sampled_from(
    [
        "phong trào",
        "thi đua",
        "“",
        "”",
        '"',
        "'",
        "chủ đề",
        "cuộc vận động",
        "xây dựng quê hương",
        "Dân vận khéo",
        ",",
        ";",
        ":",
        "\n",
        "giai đoạn 2021-2025",
        "do Bộ Y tế phát động",
        "là",
        "Chung tay cải cách",
        "năm 2022",
        ".",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_is_read_and_names_do_not_overlap(text: str) -> None:
    reading = honours_of(text)
    found = reading.of(Campaign)
    for mention in found:
        words = reading.text[mention.start : mention.end]
        assert words == words.strip()
        assert isinstance(mention.value, Campaign)
        assert mention.value.name
    for one, other in pairwise(found):
        assert one.end <= other.start
