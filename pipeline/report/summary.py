"""What a run did as one JSON object: `build/report.json`, and what `--json` prints."""

from dataclasses import asdict
from typing import Any, Final

from pipeline.records import LEVELS
from pipeline.report.report_model import REPORT_VERSION
from pipeline.stages.build import RunResult
from pipeline.stages.comparing import Comparison

__all__ = ["summary"]

_SHOWN: Final = 1000  # notes of each kind of change


def summary(result: RunResult) -> dict[str, Any]:
    """Return the run as plain data, as `Report` describes it."""
    fates = list(result.fates.values())
    return {
        "schema_version": REPORT_VERSION,
        "exit_code": result.exit_code,
        "pages": result.pages,
        "parsed": result.parsed,
        "unchanged": result.pages - result.parsed,
        "gone": result.gone,
        "ignored": dict(result.ignored),
        "records": result.records,
        "kinds": dict(result.kinds),
        "rejects": sum(result.reject_codes.values()),
        "reject_codes": dict(result.reject_codes),
        "unclaimed": {
            "characters": result.unclaimed_characters,
            "pages": result.unclaimed_pages,
            "visible": result.visible,
            "shown": [asdict(piece) for piece in result.unclaimed],
        },
        "count_warnings": result.count_warnings,
        "findings": sum(result.finding_codes.values()),
        "finding_codes": result.finding_codes,
        "finding_levels": {level: sum(result.of_level(level).values()) for level in LEVELS},
        "unused_rules": [rule._asdict() for rule in result.unused],
        "identity": asdict(result.identity) if result.identity else None,
        "would_change": _would_change(result.would_change) if result.would_change else None,
        "artifacts": {
            "written": fates.count("written"),
            "kept": fates.count("kept"),
            "deleted": len(result.deleted),
            "files": dict(sorted(result.fates.items())),
            "deleted_files": list(result.deleted),
        },
        "failures": [
            {"artifact": failure.path, "message": failure.message, "hint": failure.hint} for failure in result.failures
        ],
        "verified": result.verified,
        "differences": [asdict(difference) for difference in result.differences],
        "seconds": {**result.seconds, "total": round(sum(result.seconds.values()), 3)},
        "courses": [
            {
                "slug": course.slug,
                "title": course.title,
                "publisher": course.publisher,
                "records": course.count,
                "kinds": dict(course.kinds),
                "content_digest": course.digest,
            }
            for course in result.courses
        ],
        "shown": {
            "rejects": [asdict(reject) for reject in result.rejects],
            "findings": [one.model_dump(mode="json") for group in result.findings for one in group.examples],
        },
    }


def _would_change(found: Comparison) -> dict[str, Any]:
    """Return what of a comparison a lock has to do with: the notes of pages that were not read stay in it."""
    kinds = ("new", "changed", "retired", "taken_over")
    return {kind: [asdict(note) for note in getattr(found, kind)[:_SHOWN]] for kind in kinds}
