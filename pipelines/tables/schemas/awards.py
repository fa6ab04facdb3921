"""What was awarded: records as articles tell them, and awardings, each once."""

import pandera.pandas as pa

from pipelines.tables.columns import AT_LEAST_ONE, AT_LEAST_ZERO, POSSIBLE_YEAR, column, one_of, table
from pipelines.tables.schemas.shared import article_key, found_by, mention_key, place


def _award_values() -> dict[str, pa.Column]:
    return {
        "award": column(
            "text",
            ("Award", "Danh hiệu, hình thức"),
            (
                "The award's name, without class and authority.",
                "Tên danh hiệu thi đua hoặc hình thức khen thưởng, không kèm hạng và cấp khen.",
            ),
        ),
        "award_class": column(
            "text",
            ("Class", "Hạng, cấp"),
            (
                "Class or grade: hạng Nhất, hạng Nhì, hạng Ba; toàn quốc, cấp bộ, cấp tỉnh, cơ sở; 30 năm.",
                "Hạng hoặc cấp: hạng Nhất, hạng Nhì, hạng Ba; toàn quốc, cấp bộ, cấp tỉnh, cơ sở; 30 năm.",
            ),
            null=True,
        ),
        "authority": column(
            "text",
            ("Authority", "Cấp khen"),
            ("Who confers it, by its full name.", "Cơ quan hoặc người có thẩm quyền tặng, tên đầy đủ."),
            null=True,
        ),
        "level": column(
            "text",
            ("Level", "Cấp"),
            (
                "state: orders, medals, state titles; government: Government, Prime Minister; ministry_province; base.",
                "state: huân chương, huy chương, danh hiệu nhà nước; government: Chính phủ, Thủ tướng; "
                "ministry_province: bộ, ngành, tỉnh; base: cơ sở.",
            ),
            null=True,
            check=one_of("state", "government", "ministry_province", "base"),
        ),
        "status": column(
            "text",
            ("Status", "Tình trạng"),
            (
                "conferred, proposed or registered (aimed at).",
                "conferred: đã tặng; proposed: đề nghị; registered: đăng ký.",
            ),
            check=one_of("conferred", "proposed", "registered"),
        ),
        "recipient": column(
            "text",
            ("Recipient", "Đơn vị, cá nhân nhận"),
            (
                "The named unit or person; null where only a number is told.",
                "Tên đơn vị hoặc người nhận; trống nếu chỉ nêu số lượng.",
            ),
            null=True,
        ),
        "recipient_kind": column(
            "text",
            ("Kind of recipient", "Loại đối tượng"),
            (
                "collective, individual, household or mixed.",
                "collective: tập thể; individual: cá nhân; household: hộ; mixed: cả hai.",
            ),
            null=True,
            check=one_of("collective", "individual", "household", "mixed"),
        ),
        "quantity": column(
            "integer",
            ("Quantity", "Số lượng"),
            (
                "How many; 1 for a named recipient, null where not told.",
                "Số lượng; 1 nếu nêu tên, trống nếu không nêu.",
            ),
            null=True,
            check=AT_LEAST_ZERO,
        ),
        "year": column(
            "integer",
            ("Year", "Năm"),
            ("Year that the award is for or given in, where the text says so.", "Năm được khen, nếu bài viết có nêu."),
            null=True,
            check=POSSIBLE_YEAR,
        ),
    }


AWARDS = table(
    "awards",
    ("Awards", "Khen thưởng"),
    (
        "One row an award record: an award that an article says somebody received, is proposed for or aims at.",
        "Mỗi dòng là một lượt khen thưởng mà bài viết nêu: đã nhận, được đề nghị hoặc đăng ký.",
    ),
    ["award_id"],
    {
        "award_id": column(
            "text",
            ("Key", "Khóa"),
            ("Key of the record, made of its place and values.", "Khóa của lượt khen, tạo từ vị trí và giá trị."),
        ),
        "article_id": article_key(),
        "mention_id": mention_key(),
        **place(),
        **_award_values(),
        "recipient_unit": column(
            "text",
            ("Recipient unit", "Đơn vị nhận"),
            (
                "Key of the recipient in units, where it is a unit that the article names.",
                "Khóa của đơn vị nhận trong bảng units, nếu bài viết có nêu.",
            ),
            null=True,
            refers="units.unit_id",
        ),
        "event_id": column(
            "text",
            ("Awarding", "Lần khen"),
            ("The awarding that this record tells of.", "Lần khen thưởng mà dòng này nói đến."),
            refers="award_events.event_id",
        ),
        **found_by(),
    },
)

AWARD_EVENTS = table(
    "award_events",
    ("Awardings", "Lần khen thưởng"),
    (
        "One row an awarding, however many articles tell it. Records of several stories are one awarding when award, "
        "class, authority, named recipient, year and status are the same; records without recipient or year are "
        "brought together only among copies of one story.",
        "Mỗi dòng là một lần khen thưởng, dù nhiều bài cùng đưa tin. Các dòng ở nhiều tin được gộp khi trùng danh "
        "hiệu, hạng, cấp khen, người nhận, năm và tình trạng; thiếu người nhận hoặc năm thì chỉ gộp trong một tin.",
    ),
    ["event_id"],
    {
        "event_id": column(
            "text",
            ("Key", "Khóa"),
            ("Key of the awarding, made of its values.", "Khóa của lần khen, tạo từ các giá trị."),
        ),
        **_award_values(),
        "records": column(
            "integer",
            ("Records", "Số dòng"),
            ("Rows of awards that tell it.", "Số dòng của bảng awards nói đến."),
            check=AT_LEAST_ONE,
        ),
        "articles": column(
            "integer",
            ("Articles", "Số bài viết"),
            ("Articles that tell it.", "Số bài viết đưa tin."),
            check=AT_LEAST_ONE,
        ),
        "stories": column(
            "integer",
            ("Stories", "Số tin"),
            ("Stories that tell it.", "Số tin, bài đăng lại tính một."),
            check=AT_LEAST_ONE,
        ),
    },
)

ARTICLE_AWARD_EVENTS = table(
    "article_award_events",
    ("Articles and awardings", "Bài viết và lần khen thưởng"),
    ("Which article tells of which awarding.", "Bài viết nào đưa tin lần khen nào."),
    ["article_id", "event_id"],
    {
        "article_id": article_key(),
        "event_id": column(
            "text",
            ("Awarding", "Lần khen"),
            ("Key in award_events.", "Khóa trong award_events."),
            refers="award_events.event_id",
        ),
        "mention_id": mention_key(),
        **place(),
        "records": column(
            "integer",
            ("Records", "Số dòng"),
            ("Records that the article gives of it.", "Số dòng bài viết cho về lần khen này."),
            check=AT_LEAST_ONE,
        ),
    },
)
