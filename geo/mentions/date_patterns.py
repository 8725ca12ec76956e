"""How dates are written, in lower case: one pattern with a named group for each way."""

from __future__ import annotations

import re

_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)


_W = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"


_D = r"(?:[12]?\d|3[01]|0[1-9])(?:st|nd|rd|th)?"


_Y = r"(?:19|20)\d\d"


_N = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|an?|a few|few|several|a couple of)"
)


_PART = (
    r"(?:early|mid|late|the start of|the beginning of|the end of|the middle of|the last days of"
    r"|the first days of|the first half of|the second half of)"
)


PATTERN = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?P<numeric>\b(?P<nd>{_D})[-./](?P<nm>0?[1-9]|1[0-2])[-./](?P<ny>{_Y})\b)",
            rf"(?P<iso>\b{_Y}-[01]\d-[0-3]\d\b)",
            rf"(?P<range>\b(?P<rd1>{_D})(?:\s+(?P<rm1>{_M}))?\s*(?:to|and|until|till|[-–])\s*(?P<rd2>{_D})\s+(?P<rm2>{_M})(?:,?\s+(?P<ry>{_Y}))?)",
            rf"(?P<us_range>\b(?P<um>{_M})\s+(?P<ud1>{_D})\s*(?:to|and|until|[-–])\s*(?P<ud2>{_D})(?:,?\s+(?P<uy>{_Y}))?)\b(?!\s*(?:{_M}))",
            rf"(?P<dmy>\b(?:{_W},?\s+)?(?:the\s+)?(?P<d1>{_D})(?:\s+of)?\s+(?P<m1>{_M})(?:,?\s+(?P<y1>{_Y}))?\b)",
            rf"(?P<mdy>\b(?:{_W},?\s+)?(?P<m2>{_M})\s+(?P<d2>{_D})(?:,?\s+(?P<y2>{_Y}))?\b(?!:\d))",
            r"(?P<ordinal>\b(?:the|that)\s+(?P<od>(?:[12]?\d|3[01])(?:st|nd|rd|th))\b(?:\s+of\s+(?:the|this)\s+(?:current\s+)?month|(?=\s*[,.;:)]|\s+(?:a|an|the|in|at|near|when|and|after|with|its|his|but|some)\b)))",
            rf"(?P<part>\b(?P<pp>{_PART})[\s-]+(?P<pm>{_M})(?:,?\s+(?P<py>{_Y}))?\b)",
            rf"(?P<month>\b(?P<mm>{_M})(?:,?\s+(?:of\s+)?(?P<my>{_Y}))\b)",
            r"(?P<last_month>\b(?:last|in|since|of|this|until|by|through|during)\s+(?P<lm>january|february|march|april|may|june|july|august|september|october|november|december)\b(?!\s+\d))",
            (
                rf"(?P<weekday>\b(?:(?P<wmod>last|this|next|the following|the same|the previous|that|the)"
                rf"\s+)?(?P<wd>{_W})(?P<wn>(?:'s|’s)?(?:\s+(?:night|evening))?)\b(?!-))"
            ),
            r"(?P<overnight>\b(?:overnight|last night|during the night|in the night)\b)",
            (
                r"(?P<today>\b(?:today|tonight|this (?:morning|afternoon|evening)|at dawn today"
                r"|earlier in the day)\b)"
            ),
            r"(?P<yesterday>\byesterday\b)",
            (
                r"(?P<day_before>\b(?:the day before|the previous day|a day earlier"
                r"|the day after|the next day|the following day|a day later)\b)"
            ),
            r"(?P<same_day>\b(?:the same day|that day|that night|the same night|the same evening)\b)",
            r"(?P<weekend>\b(?:at|over|during) the weekend\b|\blast weekend\b)",
            (
                r"(?P<week>\b(?:(?:earlier|late|later|early)\s+)?(?P<wk>this|last|the past|the previous)"
                r"\s+week(?:'s|’s)?\b)"
            ),
            (
                r"(?P<this_month>\b(?P<tm>this|last)\s+month(?:'s|’s)?\b"
                r"|\bsince the (?:start|beginning) of the month\b)"
            ),
            r"(?P<this_year>\b(?P<ty>this|last)\s+year(?:'s|’s)?\b)",
            rf"(?P<ago>\b(?P<an>{_N})\s+(?P<au>days?|weeks?|months?|years?)\s+(?P<ad>ago|earlier|before|later|after)\b)",
            (
                r"(?P<hours>\b(?:in|over|during|within) the (?:last|past) (?:24|48|twenty-four) hours\b"
                r"|\bin the past day\b|\bin the last day\b)"
            ),
            rf"(?P<year>\b(?:in|since|until|of|from|by|during|late|early|summer|spring|autumn|winter)\s+(?P<yy>{_Y})\b(?!\s*(?:people|men|fighters|troops|soldiers|civilians)))",
        ),
    )
    + ")",
)
"""A date in a text in lower case, at a word's start."""


_LEADS = (
    r"(?:an?|at|autumn|by|during|earl(?:y|ier)|eight|eleven|few|five|four|from|in|last|later?|mid|next|nine|of|one"
    r"|over|several|seven|since|six|spring|summer|ten|that|the|this|three|through|twelve|two|until|winter|within)"
)


_SECOND = (
    r"(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|afternoon|beginning|couple"
    r"|dawn|day|end|evening|few|first|following|in|last|middle|month|morning|next|night|past|previous|same|second"
    r"|start|this|week|year)"
)


OPENING = re.compile(
    r"(?<!\w)(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun"
    rf"|overnight|today|tonight|yesterday|{_LEADS}[\s-]+(?:the\s+)?{_SECOND})"
)
"""A sieve before `PATTERN`, which is slow: where a date may begin, by its first two words."""


SINCE = re.compile(r"\b(?:since|until|till|before|by)\s+(?:last\s+|the\s+|early\s+|late\s+)?$")
