"""The value of a campaign mention: its name as it reads, launcher and period as the sentence tells them."""

import regex

from nlp.bodies import Body, body_at
from nlp.campaigns.spans import NameSpan
from nlp.reading import Reading
from nlp.values import Campaign, Mention, Unit

_PERIOD_AFTER = regex.compile(
    r'[\s"\'”]{0,3}[(,]?\s?(?:trong\s)?(?:giai đoạn|năm học|nhiệm kì|năm)\s(?P<a>(?:19|20)\d\d)'
    r"(?:\s{0,2}(?:-|/|đến(?:\snăm)?)\s{0,2}(?P<b>(?:19|20)\d\d))?(?!\d)"
)
_PERIOD_BEFORE = regex.compile(r"(?:giai đoạn|năm)\s(?P<a>(?:19|20)\d\d)(?:\s{0,2}-\s{0,2}(?P<b>(?:19|20)\d\d))?(?!\d)")
_LAUNCHED_BY = regex.compile(r'["\s]{0,3}[^.;\n"]{0,40}?(?<!\w)do\s{1,2}')
_LAUNCH = regex.compile(r"(?<!\w)(?:phát động|phát phong trào)(?!\w)")


def campaign_mention(reading: Reading, span: NameSpan) -> Mention:
    """Return the mention of the campaign named at `span`."""
    value = Campaign(_name(reading.text[span.start : span.end]), _launcher(reading, span), _period(reading, span))
    return Mention(span.start, span.end, value, span.rule, span.confidence)


def _name(written: str) -> str:
    name = " ".join(regex.sub(r"[\"“”„«»]", "", written).split())
    name = regex.sub(r"\s+([,;.])", r"\1", name)
    name = regex.sub(r"\s*[–—]\s*", " - ", name)
    return name[:1].upper() + name[1:] if name[:1].islower() and not name[:2].isupper() else name


def _period(reading: Reading, span: NameSpan) -> str | None:
    m = _PERIOD_AFTER.match(reading.folded, span.end) or _PERIOD_BEFORE.search(
        reading.folded, span.anchor, span.start if span.announced is None else span.announced
    )
    if not m:
        return None
    return f"{m['a']}-{m['b']}" if m["b"] else m["a"]


def _launcher(reading: Reading, span: NameSpan) -> str | None:
    folded = reading.folded
    sentence = reading.layout.sentence_at(span.start)
    by = _LAUNCHED_BY.match(folded, span.end, max(span.end, sentence.end)) or _LAUNCHED_BY.match(
        folded, span.anchor, span.start
    )
    if by:
        body = body_at(reading, by.end())
        if body and _LAUNCH.search(folded, body.end, min(len(folded), body.end + 40)):
            return body.canonical
    launch = _LAUNCH.search(folded, sentence.start, max(sentence.start, span.start))
    if launch and span.start - launch.end() < 120:
        body = _last_body(reading, sentence.start, launch.start())
        return body.canonical if body else None
    return None


def _last_body(reading: Reading, start: int, end: int) -> Body | None:
    units = reading.index(Unit).within(start, end)
    return body_at(reading, units[-1].start) if units else None
