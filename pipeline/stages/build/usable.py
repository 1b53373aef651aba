"""Settings that are valid one by one, and cannot be meant together."""

from pipeline.config import ConfigError, Settings
from pipeline.stages.resolving import failing_names

__all__ = ["refuse_unusable"]


def refuse_unusable(settings: Settings) -> None:
    """Raise ConfigError for a build folder among the raw pages, and for a name in `fail_on` that nothing has.

    What a build writes below a raw folder would be read as pages by the next one.
    """
    build = settings.build.resolve()
    for root in settings.raw:
        if build.is_relative_to(root.resolve()):
            message = f"the build folder {settings.build} lies in the raw folder {root}: its files would be read as pages"
            hint = "give folders of their own to both: `raw` and `build` in guidepress.toml, or --raw and --build"
            where, line = settings.place_of("build", "raw")
            raise ConfigError(message, where=where, line=line, hint=hint)
    failing_names(settings)
