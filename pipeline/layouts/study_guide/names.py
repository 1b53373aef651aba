"""The names of a study guide as fields, and what above the text only says them again."""

from pipeline.layouts.fields import name_text
from pipeline.layouts.reading import GIVEN, Outline, Section, claim_leftovers
from pipeline.layouts.study_guide.context import GuideContext

__all__ = ["claim_guide_leftovers", "take_names"]


def take_names(context: GuideContext) -> None:
    """Claim what the head was read from, and set the fields that it gives."""
    head, ledger = context.head, context.reading.ledger
    for index, start, end, owner in head.claims:
        if owner.startswith("["):
            ledger.claim_boilerplate(index, owner.strip("[]"), start=start, end=end)
        else:
            ledger.claim(index, owner, start=start, end=end)
    if head.title is not None:
        context.fields["title"] = name_text(head.title)
    if head.course and head.course_place != GIVEN:
        context.fields["course"] = {"title": head.course, "url": head.course_url}
    if head.unit_number is not None:
        context.fields["unit"] = {"number": head.unit_number, "title": head.unit_title}
    context.fields |= {"topic": head.topic, "authors": head.authors, "updated": head.updated}
    _claim_breadcrumb(context)


def _claim_breadcrumb(context: GuideContext) -> None:
    """Claim what stands above the text and only says again what the names say: breadcrumb, unit line, signs."""
    head, reading, ledger = context.head, context.reading, context.reading.ledger
    for index, label in enumerate(reading.labels[: head.start]):
        if label is not None and label.kind in ("label", "heading") and ledger.is_free(index):
            ledger.claim_boilerplate(index, "breadcrumb" if label.kind == "label" else "site shell")
        at = 0
        text = reading.blocks[index].text
        owners = ledger.owners(index)
        if not owners and index in head.repeated:
            ledger.claim_boilerplate(index, "breadcrumb")
        elif any(owner in ("course", "unit", "topic", "title") for _, _, owner in owners):
            for start, end, _ in [*owners, (len(text), len(text), "")]:
                if text[at:start].strip():
                    ledger.claim_boilerplate(index, "breadcrumb", start=at, end=start)
                at = end


def claim_guide_leftovers(context: GuideContext) -> None:
    """Claim what is no content: words of the site, and the guide's own names once more."""
    head, outline = context.head, context.outline
    title = context.fields["title"].text if head.title else ""
    names = [head.course, head.unit_title, title]
    if head.topic and title:
        names += [f"{head.topic} {title}", head.topic]
    if head.unit_number is not None:
        names += [f"Unit {head.unit_number}", f"Unit {head.unit_number} {head.unit_title or ''}"]
    claim_leftovers(
        context.reading,
        Outline([Section("")], outside=outline.outside, hidden=outline.hidden),
        names=tuple(name for name in names if name),
        first=head.start,
        last=outline.end - 1,
    )
