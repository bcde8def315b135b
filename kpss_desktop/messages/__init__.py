"""The words for errors, kinds, reasons and values, in the clerk's language. Data comes in, one sentence goes out."""

from __future__ import annotations

from kpss_desktop.messages.caveats import caveat_advice, caveat_sentence
from kpss_desktop.messages.exports import bundle_words, list_words
from kpss_desktop.messages.failures import (
    describe,
    failed_readings_sentence,
    field_name,
    reason_sentence,
    refusal_sentence,
)
from kpss_desktop.messages.keeping import (
    describe_step,
    difference_sentence,
    diverged_advice,
    diverged_sentence,
    repair_sentence,
    trouble_sentence,
)
from kpss_desktop.messages.values import (
    certainty_sentence,
    date_text,
    documents_text,
    doubt_text,
    group_title,
    kind_name,
    size_text,
    source_sentence,
)

__all__ = [
    "bundle_words",
    "caveat_advice",
    "caveat_sentence",
    "certainty_sentence",
    "date_text",
    "describe",
    "describe_step",
    "difference_sentence",
    "diverged_advice",
    "diverged_sentence",
    "documents_text",
    "doubt_text",
    "failed_readings_sentence",
    "field_name",
    "group_title",
    "kind_name",
    "list_words",
    "reason_sentence",
    "refusal_sentence",
    "repair_sentence",
    "size_text",
    "source_sentence",
    "trouble_sentence",
]
