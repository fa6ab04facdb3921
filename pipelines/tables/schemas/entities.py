"""Of whom and what: units, directives, anniversaries, campaigns, and which article tells of them."""

import pandera.pandas as pa

from pipelines.tables.columns import AT_LEAST_ONE, POSSIBLE_DATE, column, one_of, table
from pipelines.tables.schemas.shared import article_key, mention_key, place, telling_counts


def _entity_key(kind: tuple[str, str]) -> pa.Column:
    return column(
        "text",
        ("Key", "Khóa"),
        (
            f"Key of the {kind[0]}, made of its values; the same in every release.",
            f"Khóa của {kind[1]}, tạo từ chính giá trị; không đổi giữa các bản phát hành.",
        ),
    )


UNITS = table(
    "units",
    ("Units", "Đơn vị"),
    ("One row a named organisation or emulation bloc.", "Mỗi dòng là một tổ chức hoặc cụm, khối thi đua được nêu tên."),
    ["unit_id"],
    {
        "unit_id": _entity_key(("unit", "đơn vị")),
        "canonical": column("text", ("Name", "Tên"), ("Full official name.", "Tên chính thức đầy đủ.")),
        "province": column(
            "text",
            ("Province", "Tỉnh, thành phố"),
            (
                "Province it belongs to, by the name in force when written; null: central or unknown.",
                "Tỉnh, thành phố trực thuộc, theo tên lúc viết; trống: trung ương hoặc chưa rõ.",
            ),
            null=True,
        ),
        "level": column(
            "text",
            ("Level", "Cấp"),
            (
                "central, province, district, commune, base (enterprise, school ...), bloc (cụm, khối).",
                "central: trung ương; province: tỉnh; district: huyện; commune: xã; base: cơ sở; bloc: cụm, khối.",
            ),
            null=True,
            check=one_of("central", "province", "district", "commune", "base", "bloc"),
        ),
        **telling_counts(),
    },
)

DIRECTIVES = table(
    "directives",
    ("Directives", "Văn bản"),
    ("One row a cited official document.", "Mỗi dòng là một văn bản được viện dẫn."),
    ["directive_id"],
    {
        "directive_id": _entity_key(("document", "văn bản")),
        "doc_type": column(
            "text",
            ("Type", "Loại"),
            ("Chỉ thị, Nghị định, Quyết định ...", "Chỉ thị, Nghị định, Quyết định ..."),
            null=True,
        ),
        "number": column("text", ("Number", "Số"), ("Number alone.", "Số văn bản."), null=True),
        "code": column(
            "text",
            ("Code", "Số, ký hiệu"),
            ("Full code as cited: 34-CT/TW.", "Số và ký hiệu đầy đủ như viện dẫn: 34-CT/TW."),
            null=True,
        ),
        "date": column(
            "text",
            ("Date", "Ngày ban hành"),
            ("Date of issue, ISO as far as stated.", "Ngày ban hành, ISO, đến mức bài viết nêu."),
            null=True,
            check=POSSIBLE_DATE,
        ),
        "issuer": column("text", ("Issuer", "Cơ quan ban hành"), ("By its full name.", "Tên đầy đủ."), null=True),
        "title": column("text", ("Title", "Trích yếu"), ("Subject as stated.", "Trích yếu như được nêu."), null=True),
        **telling_counts(),
    },
)

ANNIVERSARIES = table(
    "anniversaries",
    ("Anniversaries", "Ngày kỷ niệm"),
    (
        "One row a commemorated event, and which time it is commemorated.",
        "Mỗi dòng là một sự kiện được kỷ niệm, kèm số năm.",
    ),
    ["anniversary_id"],
    {
        "anniversary_id": _entity_key(("anniversary", "dịp kỷ niệm")),
        "event": column("text", ("Event", "Sự kiện"), ("The event's name.", "Tên sự kiện.")),
        "nth": column(
            "integer",
            ("Years", "Số năm"),
            ("75 for the 75th anniversary.", "75 nếu kỷ niệm 75 năm."),
            null=True,
            check=AT_LEAST_ONE,
        ),
        "event_date": column(
            "text",
            ("Date of the event", "Ngày sự kiện"),
            (
                "ISO as far as stated; 08-19 where the year is not told.",
                "ISO đến mức được nêu; 08-19 nếu không nêu năm.",
            ),
            null=True,
            check=POSSIBLE_DATE,
        ),
        "anniversary_date": column(
            "text",
            ("Date of the anniversary", "Ngày kỷ niệm"),
            ("ISO as far as stated.", "ISO đến mức được nêu."),
            null=True,
            check=POSSIBLE_DATE,
        ),
        **telling_counts(),
    },
)

CAMPAIGNS = table(
    "campaigns",
    ("Campaigns", "Phong trào thi đua"),
    ("One row a named emulation movement.", "Mỗi dòng là một phong trào thi đua có tên."),
    ["campaign_id"],
    {
        "campaign_id": _entity_key(("campaign", "phong trào")),
        "name": column("text", ("Name", "Tên"), ("The movement's own name.", "Tên phong trào.")),
        "launcher": column(
            "text",
            ("Launched by", "Đơn vị phát động"),
            ("By its full name, where stated.", "Tên đầy đủ, nếu được nêu."),
            null=True,
        ),
        "period": column(
            "text",
            ("Period", "Giai đoạn"),
            ("2021-2025 or 2022, where stated.", "2021-2025 hoặc 2022, nếu được nêu."),
            null=True,
        ),
        **telling_counts(),
    },
)


def _link(entity: str, key: str, title: tuple[str, str]) -> pa.DataFrameSchema:
    return table(
        f"article_{entity}",
        (f"Articles and {title[0]}", f"Bài viết và {title[1]}"),
        (
            f"Which article mentions which of the {title[0]}, and where first.",
            f"Bài viết nào nhắc đến {title[1]} nào, và ở đâu trước tiên.",
        ),
        ["article_id", key],
        {
            "article_id": article_key(),
            key: column(
                "text",
                ("Entity", "Đối tượng"),
                (f"Key in the table {entity}.", f"Khóa trong bảng {entity}."),
                refers=f"{entity}.{key}",
            ),
            "mention_id": mention_key(),
            **place(),
            "mentions": column(
                "integer",
                ("Mentions", "Số lần nhắc"),
                ("Times the article mentions it.", "Số lần bài viết nhắc đến."),
                check=AT_LEAST_ONE,
            ),
        },
    )


ARTICLE_UNITS = _link("units", "unit_id", ("units", "đơn vị"))
ARTICLE_DIRECTIVES = _link("directives", "directive_id", ("directives", "văn bản"))
ARTICLE_ANNIVERSARIES = _link("anniversaries", "anniversary_id", ("anniversaries", "ngày kỷ niệm"))
ARTICLE_CAMPAIGNS = _link("campaigns", "campaign_id", ("campaigns", "phong trào"))
