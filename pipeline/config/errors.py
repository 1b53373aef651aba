"""What a person can put right: usage, configuration, surroundings. Each class owns its exit code (DESIGN section 6)."""

from typing import ClassVar

__all__ = ["ConfigError", "SurroundingsError", "UserError"]


class UserError(Exception):
    """A run that cannot go on: what was expected and found, where, and what to do next.

    >>> try:
    ...     pipeline.load_settings(Path("other.toml"))
    ... except pipeline.UserError as error:
    ...     print(error)
    other.toml: there is no such settings file
      hint: `guidepress init` writes a commented guidepress.toml

    `where` is a path as the user knows it, with `line` if there is one; `detail` says what was expected.
    """

    exit_code: ClassVar[int] = 2

    def __init__(
        self, message: str, *, where: str = "", line: int | None = None, detail: str = "", hint: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        """Return the message in the form of every error: `where:line: message`, then detail and hint, indented."""
        place = f"{self.where}:{self.line}: " if self.where and self.line else f"{self.where}: " if self.where else ""
        lines = [place + self.message]
        lines += [f"  {line}" for line in self.detail.splitlines()]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class ConfigError(UserError):
    """A settings file, an environment variable or a flag that does not make valid settings."""


class SurroundingsError(UserError):
    """A folder that is missing, empty, full or closed to us; another run at work."""
