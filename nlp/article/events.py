"""What kind of event an article tells: cue phrases weighted by where they stand (`data/lexicon/event_types.csv`).

A cue counts once, at its best place: title, lead (the first sentences) or body. Ceremony in the body is told by the
sentence of an awarding on the spot (`Nhân dịp này, ... đã trao`), not by the history of what was received.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nlp.layout import Span
from nlp.lexicon import LexiconError, table
from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.values import Award, Directive

_HIT = "article.event."
EVENTS = (
    "launch", "pact", "interim_review", "review", "ceremony", "appraisal", "instruction", "congress", "profile",
)  # fmt: skip
_THRESHOLD = 1.0
_LEAD_SENTENCES = 2
_SENTENCE_LENGTH = 450
_ON_THE_SPOT = regex.compile(
    r"(?<!\w)(?:nhân dịp này|dịp này|tại (?:buổi )?(?:lễ|hội nghị|đại hội|chương trình|buổi)|cũng tại|buổi lễ|"
    r"ngay tại|trong khuôn khổ|"
    r"ban tổ chức|kết thúc hội nghị)(?!\w)[^.;]{0,160}?(?<!\w)(?:trao|tặng|khen thưởng|nhận|tuyên dương|"
    r"biểu dương)(?!\w)"
)
_GIVES = regex.compile(r"(?<!\w)(?:trao|tặng|nhận|đón nhận)(?!\w)[^.;]{0,40}$")
_LONGEST_CAPTION = 260
_HISTORY = regex.compile(
    r"(?<!\w)(?:trong \d+ năm|qua các thời kì|nhiều năm|giai đoạn|từ năm|đã được|trong năm|kết quả|năm học|"
    r"qua \d+ năm|\d+ năm qua|liên tục)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    event: str
    phrase: str
    weights: tuple[float, float, float]


def patterns() -> Iterator[Pattern]:
    """Yield the cue phrases."""
    for row in table("event_types"):
        if row["event"] not in EVENTS:
            raise LexiconError(
                f"{row.file}:{row.line}: event: {row['event']!r} is unknown; write one of {', '.join(EVENTS)}"
            )
        try:
            weights = (float(row["title"]), float(row["lead"]), float(row["body"]))
        except ValueError:
            raise LexiconError(
                f"{row.file}:{row.line}: title, lead and body are weights; write numbers like 0.6"
            ) from None
        yield Pattern(row["cue"], _HIT + row["event"], _Cue(row["event"], row["cue"], weights))


def event_types(reading: Reading) -> list[str]:
    """Return the event types of the article, at least one (`other` where none is told)."""
    lead = lead_of(reading)
    best: dict[tuple[str, str], float] = {}
    in_lead: dict[str, float] = defaultdict(float)
    documents = [(m.start, m.end) for m in reading.of(Directive)]
    for hit in (h for event in EVENTS for h in reading.hits.get(_HIT + event, ())):
        cue: _Cue
        for cue in hit.refs:
            place = 0 if hit.start < reading.title.end else 1 if hit.start < lead.end else 2
            if cue.event in ("review", "instruction") and any(s <= hit.start < e for s, e in documents):
                continue
            if cue.event == "launch" and place and _by_others(reading, hit.start):
                continue
            key = (cue.event, cue.phrase)
            weight = cue.weights[place]
            best[key] = weight if key not in best else max(best[key], weight)
            if place < 2:
                in_lead[cue.event] = max(in_lead[cue.event], weight)
    scores: dict[str, float] = defaultdict(float)
    for (event, _), weight in best.items():
        scores[event] = (
            min(scores[event], weight) if weight < 0 else max(scores[event], weight) + (0.1 if scores[event] else 0)
        )
    return _chosen(reading, scores, in_lead)


def _chosen(reading: Reading, scores: dict[str, float], in_lead: dict[str, float]) -> list[str]:
    statuses = {r.status for r in reading.records}
    if "proposed" in statuses and scores["appraisal"] >= 0.4:
        scores["appraisal"] = 1.0
    if scores["launch"] >= _THRESHOLD and scores["pact"] >= 0.3:
        scores["pact"] = 1.0
    if not reading.of(Award):
        scores["ceremony"] = (
            min(scores["ceremony"], 1.0) if in_lead["ceremony"] >= 1 or scores["ceremony"] >= 1 else 0.0
        )
    told_in_body = False
    if scores["ceremony"] >= 0 and not (scores["ceremony"] >= 1 and in_lead["ceremony"] >= 1):
        told_in_body = _awards_on_the_spot(reading)
        if told_in_body:
            scores["ceremony"] = 1.0
        elif "conferred" not in statuses and not scores["ceremony"] >= 1:
            scores["ceremony"] = 0.0
    if scores["interim_review"] >= 1 and in_lead["review"] < 1:
        scores["review"] = 0.0
    if in_lead["congress"] >= 1 and not in_lead["review"] >= 1 and scores["review"] < 0.8:
        scores["review"] = 0.0
    events = [e for e in EVENTS if e != "profile" and scores[e] >= _THRESHOLD]
    main = [e for e in events if in_lead[e] >= _THRESHOLD]
    if not main and (scores["profile"] >= _THRESHOLD or _is_portrait(reading)):
        return ["profile", *[e for e in events if e != "ceremony"]]
    if not events:
        return ["other"]
    if not main and told_in_body:
        return [*events, "other"]  # the award was given at an event of another kind
    return events


_PORTRAIT_LENGTH = 1500


def _is_portrait(reading: Reading) -> bool:
    """Say whether the article tells the honours of one person, who is named in its title."""
    holders = {r.recipient for r in reading.records if r.status == "conferred" and r.recipient_kind == "individual"}
    holder = next(iter(holders)) if len(holders) == 1 else None
    title = reading.text[: reading.title.end].split()
    return holder is not None and holder.split()[-1] in title and len(reading.text) >= _PORTRAIT_LENGTH


def _by_others(reading: Reading, position: int) -> bool:
    """`do Thủ tướng Chính phủ phát động`: somebody's earlier launch, named in passing."""
    before = reading.folded[max(0, position - 60) : position]
    if _HABIT.match(reading.folded, position):
        return True
    return regex.search(r"(?<!\w)do\s[^,.;]{2,50}$", before) is not None


_HABIT = regex.compile(r"phát động\s(?:nhiều|các)\sphong trào")


def _awards_on_the_spot(reading: Reading) -> bool:
    """Say whether a sentence of the body awards at the event itself: `Nhân dịp này ...`, or a caption."""
    for record in reading.records:
        if record.status != "conferred":
            continue
        sentence = reading.layout.sentence_at(record.mention.start)
        text = reading.folded[sentence.start : sentence.end]
        if _ON_THE_SPOT.search(text):
            return True
        line = reading.layout.line_at(record.mention.start)
        before = reading.folded[sentence.start : record.mention.start]
        short = line.end - line.start <= _LONGEST_CAPTION
        if (
            short
            and _GIVES.search(before)
            and not _HISTORY.search(text)
            and _by_hand(reading, sentence.start, record.mention.start)
        ):
            return True
    return any(_ON_THE_SPOT_PLAIN.search(reading.folded, s.start, s.end) for s in reading.layout.sentences[2:])


_HANDS = regex.compile(
    r"\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*){2}|^\s*(?:Trao|Tặng|Các cá nhân|Các tập thể|Lãnh đạo|Đại diện|Chỉ huy)"
)
_ON_THE_SPOT_PLAIN = regex.compile(
    r"(?<!\w)(?:nhân dịp này|dịp này|tại (?:buổi )?(?:lễ|hội nghị|đại hội|chương trình|buổi)|buổi lễ|"
    r"buổi phát động)(?!\w)[^.;]{0,160}?(?<!\w)"
    r"(?:trao thưởng|trao khen thưởng|khen thưởng (?:cho|các|\d)|tuyên dương)(?!\w)"
)


def _by_hand(reading: Reading, start: int, end: int) -> bool:
    """Captions tell who hands the award over, by name."""
    return _HANDS.search(reading.text[start:end]) is not None


def lead_of(reading: Reading, count: int = _LEAD_SENTENCES) -> Span:
    """Return title and first sentences, which tell what the article is about."""
    sentences = reading.layout.sentences
    if not sentences:
        return Span(0, 0)
    after_title = [s for s in sentences if s.start >= reading.title.end][:count]
    end = after_title[-1].end if after_title else reading.title.end
    return Span(0, min(end, max(reading.title.end, count * _SENTENCE_LENGTH)))
