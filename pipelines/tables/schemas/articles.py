"""What was told, and where exactly: articles and mentions."""

from pipelines.tables.columns import AT_LEAST_ONE, AT_LEAST_ZERO, column, one_of, table
from pipelines.tables.schemas.shared import article_key, found_by, place, site_key

LABELS = ("UNIT", "DIRECTIVE", "ANNIVERSARY", "AWARD", "CAMPAIGN")


ARTICLES = table(
    "articles",
    ("Articles", "Bài viết"),
    (
        "One row an article, in its newest version.",
        "Mỗi dòng là một bài viết, theo phiên bản mới nhất.",
    ),
    ["article_id"],
    {
        "article_id": column(
            "text",
            ("Key", "Khóa"),
            ("Key of the article, made of its site and address.", "Khóa của bài viết, tạo từ trang nguồn và địa chỉ."),
        ),
        "site_id": site_key(),
        "title": column("text", ("Title", "Tiêu đề"), ("The article's title.", "Tiêu đề bài viết.")),
        "text": column(
            "text",
            ("Text", "Toàn văn"),
            (
                "Title, empty line, body, without page chrome; Unicode NFC. All offsets count in it.",
                "Tiêu đề, dòng trống, nội dung; Unicode NFC. Mọi vị trí đều tính theo văn bản này.",
            ),
        ),
        "published_on": column(
            "date",
            ("Day of publication", "Ngày đăng"),
            ("Day printed on the page; null where none is printed.", "Ngày ghi trên trang; trống nếu trang không ghi."),
            null=True,
        ),
        "published_at": column(
            "text",
            ("Time of publication", "Thời điểm đăng"),
            (
                "ISO 8601 with offset, or the day alone where no time is printed.",
                "ISO 8601 kèm múi giờ, hoặc chỉ ngày nếu trang không ghi giờ.",
            ),
            null=True,
        ),
        "published_raw": column(
            "text",
            ("Date as printed", "Ngày đăng nguyên văn"),
            ("The date line as the page prints it.", "Dòng ngày tháng đúng như trên trang."),
            null=True,
        ),
        "published_source": column(
            "text",
            ("Source of the date", "Nơi lấy ngày đăng"),
            ("Which part of the page the date was read from.", "Phần của trang mà ngày được đọc ra."),
            null=True,
        ),
        "author": column("text", ("Author", "Tác giả"), ("As printed.", "Như ghi trên trang."), null=True),
        "source_credit": column(
            "text",
            ("Credited source", "Nguồn ghi trong bài"),
            ("The source that the page credits.", "Nguồn mà trang ghi."),
            null=True,
        ),
        "url": column("text", ("Address", "Địa chỉ"), ("Where it was published.", "Địa chỉ bài viết.")),
        "province": column(
            "text",
            ("Province", "Tỉnh, thành phố"),
            (
                "Province that the article is about, by the name in force when it was written; null for national.",
                "Tỉnh, thành phố mà bài viết nói đến, theo tên lúc viết; trống nếu là tin toàn quốc.",
            ),
            null=True,
        ),
        "event_types": column(
            "text",
            ("Kinds of event", "Loại sự kiện"),
            (
                "launch, pact, interim_review, review, ceremony, appraisal, instruction, congress, profile, other; "
                "several are joined by a semicolon.",
                "launch: phát động; pact: ký giao ước; interim_review: sơ kết; review: tổng kết; ceremony: trao tặng; "
                "appraisal: bình xét; instruction: văn bản chỉ đạo; congress: đại hội, hội nghị điển hình; "
                "profile: gương điển hình; other: khác. Nhiều loại cách nhau bằng dấu chấm phẩy.",
            ),
            null=True,
        ),
        "years": column(
            "text",
            ("Emulation years", "Năm thi đua"),
            (
                "Years or terms that it reports on or launches, joined by a semicolon.",
                "Các năm hoặc giai đoạn thi đua được nêu, cách nhau bằng dấu chấm phẩy.",
            ),
            null=True,
        ),
        "story_id": column(
            "text",
            ("Story", "Tin"),
            (
                "Shared by copies of one text on several sites: the key of the earliest. Count it to count stories.",
                "Chung cho các bản đăng lại của cùng một văn bản: khóa của bài sớm nhất. Đếm cột này để đếm số tin.",
            ),
            refers="articles.article_id",
        ),
        "version": column(
            "integer",
            ("Version", "Phiên bản"),
            ("Number of the version shown, from 1.", "Số thứ tự phiên bản đang hiển thị, từ 1."),
            check=AT_LEAST_ONE,
        ),
        "versions": column(
            "integer",
            ("Versions", "Số phiên bản"),
            (
                "How many versions were seen; older ones stay in the workspace.",
                "Số phiên bản đã thấy; bản cũ được giữ trong workspace.",
            ),
            check=AT_LEAST_ONE,
        ),
        "content_id": column(
            "text",
            ("Content", "Dấu vân nội dung"),
            ("Hash of what this version says.", "Mã băm nội dung của phiên bản này."),
        ),
        "read": column(
            "boolean",
            ("Read", "Đã đọc"),
            (
                "False where the reader failed on it, so that it has no mentions.",
                "Sai nếu bộ đọc gặp lỗi, nên bài không có chỗ nhắc nào.",
            ),
        ),
        "mentions": column(
            "integer", ("Mentions", "Số chỗ nhắc"), ("Mentions in it.", "Số chỗ nhắc trong bài."), check=AT_LEAST_ZERO
        ),
        "award_records": column(
            "integer",
            ("Award records", "Số lượt khen thưởng"),
            ("Rows of awards that it gives.", "Số dòng của bảng awards lấy từ bài."),
            check=AT_LEAST_ZERO,
        ),
    },
)

MENTIONS = table(
    "mentions",
    ("Mentions", "Chỗ nhắc"),
    (
        "One row an occurrence of a unit, directive, anniversary, award or campaign in an article.",
        "Mỗi dòng là một lần đơn vị, văn bản, ngày kỷ niệm, danh hiệu hoặc phong trào xuất hiện trong bài viết.",
    ),
    ["mention_id"],
    {
        "mention_id": column(
            "text", ("Key", "Khóa"), ("Article, label, start and end.", "Bài viết, nhãn, vị trí đầu và cuối.")
        ),
        "article_id": article_key(),
        "label": column(
            "text",
            ("Label", "Nhãn"),
            (
                "What it is.",
                "UNIT: đơn vị; DIRECTIVE: văn bản; ANNIVERSARY: kỷ niệm; AWARD: khen thưởng; CAMPAIGN: phong trào.",
            ),
            check=one_of(*LABELS),
        ),
        **place(),
        "text": column("text", ("Text", "Nguyên văn"), ("The words, as written.", "Đúng như trong bài.")),
        "value": column(
            "text",
            ("Value", "Giá trị"),
            ("What it means, in one line.", "Giá trị chuẩn hóa, trong một dòng."),
        ),
        "entity": column(
            "text",
            ("Entity", "Đối tượng"),
            (
                "Key in units, directives, anniversaries or campaigns; for AWARD, the award with class and authority.",
                "Khóa trong units, directives, anniversaries, campaigns; với AWARD là danh hiệu kèm hạng, cấp khen.",
            ),
        ),
        "attributes": column(
            "text",
            ("Values", "Các giá trị"),
            ("All values of the mention, as JSON.", "Mọi giá trị của chỗ nhắc, dạng JSON."),
        ),
        **found_by(),
    },
)
