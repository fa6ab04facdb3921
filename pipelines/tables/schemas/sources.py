"""How the data came about: sites, what was seen of each by day, pages, runs."""

from pipelines.tables.columns import AT_LEAST_ONE, column, one_of, table
from pipelines.tables.schemas.shared import article_key, count_column, site_key

SITES = table(
    "sites",
    ("Sites", "Trang nguồn"),
    ("One row a site that pages were fetched from or looked for on.", "Mỗi dòng là một trang nguồn."),
    ["site_id"],
    {
        "site_id": column("text", ("Key", "Khóa"), ("Name of its profile.", "Tên hồ sơ trang.")),
        "name": column("text", ("Name", "Tên"), ("The publisher's name.", "Tên cơ quan, báo.")),
        "kind": column(
            "text",
            ("Kind", "Loại"),
            (
                "newspaper, province_portal, department ...",
                "newspaper: báo; province_portal: cổng tỉnh; department: sở ...",
            ),
            null=True,
        ),
        "family": column("text", ("Family", "Nền tảng"), ("How its pages are built.", "Kiểu dựng trang."), null=True),
        "province": column(
            "text", ("Province", "Tỉnh, thành phố"), ("Before 1 July 2025.", "Trước ngày 01/7/2025."), null=True
        ),
        "province_now": column(
            "text", ("Province today", "Tỉnh, thành phố nay"), ("Since 1 July 2025.", "Từ ngày 01/7/2025."), null=True
        ),
    },
)


SOURCES = table(
    "sources",
    ("Sources by day", "Nguồn theo ngày"),
    (
        "One row a site and day on which it was visited, or to which its feeds date articles: the denominators, and "
        "what became of every page.",
        "Mỗi dòng là một trang nguồn trong một ngày thu thập, hoặc ngày đăng mà RSS ghi: mẫu số để so sánh, và kết "
        "quả của từng trang.",
    ),
    ["site_id", "day"],
    {
        "site_id": site_key(),
        "day": column("date", ("Day", "Ngày"), ("Day of the visit, in Vietnam.", "Ngày thu thập, giờ Việt Nam.")),
        "seen": count_column(
            ("Seen", "Đã thấy"),
            ("Articles seen in feeds and listings, on any topic.", "Số bài thấy trong RSS, danh mục, mọi chủ đề."),
        ),
        "on_topic": count_column(
            ("On topic", "Đúng chủ đề"),
            (
                "Of these, taken for emulation news by title and summary.",
                "Trong đó, số bài có tiêu đề, tóm tắt về thi đua khen thưởng.",
            ),
        ),
        "dated": count_column(
            ("Dated to the day", "Đăng trong ngày"),
            (
                "Articles on any topic that the site's feeds and sitemaps date to this day, whenever they were seen.",
                "Số bài, mọi chủ đề, mà RSS, sơ đồ trang ghi đăng ngày này, thấy lúc nào cũng tính.",
            ),
        ),
        "fetched": count_column(("Fetched", "Đã tải"), ("Pages kept in the archive.", "Số trang đã lưu.")),
        "articles": count_column(("Articles", "Bài viết"), ("Of these, articles.", "Trong đó là bài viết.")),
        "skipped": count_column(
            ("No article", "Không phải bài viết"),
            (
                "Of these, no articles: listings, shells, errors told by the server.",
                "Trong đó không phải bài viết: trang danh mục, trang rỗng, trang báo lỗi.",
            ),
        ),
        "failed": count_column(
            ("Failed", "Lỗi"), ("Of these, pages that could not be parsed.", "Trong đó không đọc được.")
        ),
    },
)

PAGES = table(
    "pages",
    ("Pages", "Trang đã tải"),
    (
        "One row a page in the archive, with what became of it: the provenance of every article.",
        "Mỗi dòng là một trang trong kho lưu, kèm kết quả xử lý: nguồn gốc của từng bài viết.",
    ),
    ["page_id"],
    {
        "page_id": column("text", ("Key", "Khóa"), ("Id of the record in the archive.", "Mã bản ghi trong kho lưu.")),
        "site_id": site_key(),
        "url": column("text", ("Address", "Địa chỉ"), ("As fetched.", "Địa chỉ đã tải.")),
        "fetched_at": column("text", ("Fetched at", "Thời điểm tải"), ("ISO 8601.", "ISO 8601.")),
        "status": column("integer", ("HTTP status", "Mã HTTP"), ("The server's answer.", "Trả lời của máy chủ.")),
        "outcome": column(
            "text",
            ("Outcome", "Kết quả"),
            ("article, skipped or failed.", "article: bài viết; skipped: không phải bài viết; failed: lỗi."),
            check=one_of("article", "skipped", "failed"),
        ),
        "reason": column(
            "text", ("Reason", "Lý do"), ("Why it is no article.", "Vì sao không phải bài viết."), null=True
        ),
        "article_id": article_key(null=True),
        "version": column(
            "integer",
            ("Version", "Phiên bản"),
            ("Version of the article that the page holds.", "Phiên bản bài viết trên trang."),
            null=True,
            check=AT_LEAST_ONE,
        ),
        "archive": column("text", ("Archive file", "Tệp lưu"), ("WARC file that keeps it.", "Tệp WARC lưu trang.")),
    },
)

RUNS = table(
    "runs",
    ("Runs", "Lần thu thập"),
    ("One row a crawl that the data come from.", "Mỗi dòng là một lần thu thập."),
    ["run_id"],
    {
        "run_id": column(
            "text",
            ("Key", "Khóa"),
            ("Start of the run in UTC and four digits.", "Thời điểm bắt đầu (UTC) và bốn chữ số."),
        ),
        "started_at": column("text", ("Started", "Bắt đầu"), ("ISO 8601, UTC.", "ISO 8601, UTC.")),
        "sites": count_column(("Sites", "Số trang nguồn"), ("Sites visited.", "Số trang nguồn đã thu thập.")),
        "requests": count_column(("Requests", "Số yêu cầu"), ("Requests made.", "Số yêu cầu đã gửi.")),
        "fetched": count_column(("Fetched", "Đã tải"), ("Pages kept.", "Số trang đã lưu.")),
        "unchanged": count_column(
            ("Unchanged", "Không đổi"), ("Pages that had not changed.", "Số trang không thay đổi.")
        ),
        "failed": count_column(("Failed", "Lỗi"), ("Requests that failed.", "Số yêu cầu lỗi.")),
        "thidua": column(
            "text",
            ("Version of thidua", "Phiên bản thidua"),
            ("The program's version.", "Phiên bản chương trình."),
            null=True,
        ),
    },
)
