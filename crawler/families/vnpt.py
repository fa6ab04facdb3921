"""VNPT portals (also iGate): a news detail module with its title, date, lead and content in named blocks."""

from crawler.families.base import Family


class Vnpt(Family):
    name = "vnpt"
    title = (".title-detail", ".news-detail .title", ".detail-title", ".tieude_chitiet", ".tieu-de-chi-tiet")
    date = (".date-detail", ".news-detail .date", ".detail-date", ".ngaydang", ".ngay-dang")
    body = (".content-detail", ".news-detail .content", ".detail-content", ".noidung_chitiet", ".noi-dung-chi-tiet")
    author = (".author-detail", ".tacgia", ".tac-gia")
    source = (".source-detail", ".nguontin")
