"""`guidepress docs`: the documentation that came with this installation."""

import importlib.metadata
from pathlib import Path
from typing import Final

import click

from pipeline.cli.meant import meant
from pipeline.cli.options import examples

__all__ = ["command"]

# Where pyproject.toml has a wheel put `docs/`, below the environment's own folder.
_INSTALLED: Final = "share/doc/guidepress/"
_PAGE: Final = """<!doctype html><meta charset=utf-8><title>{title}</title>
<style>body{{max-width:46rem;margin:2rem auto;padding:0 1rem;font:17px/1.5 system-ui}}pre{{overflow:auto}}
img{{max-width:100%}}</style>{body}"""


@click.command(
    "docs",
    epilog=examples(
        "guidepress docs  # what there is",
        "guidepress docs layouts  # one page, as text",
        "guidepress docs layouts --open  # in a browser",
    ),
)
@click.argument("page", required=False)
@click.option("--open", "in_browser", is_flag=True, help="Show it in a browser instead.")
def command(page: str | None, *, in_browser: bool) -> int:
    """Print a page of the documentation, or list them."""
    pages = _pages()
    if page is None:
        width = max(map(len, pages))
        for name, path in pages.items():
            click.echo(f"{name:<{width}}  {_title(path)}")
        return 0
    name = page.removeprefix("docs/").removesuffix(".md").lower()
    if name not in pages:
        from pipeline.config import UserError

        raise UserError(f"there is no page `{page}`{meant(page, pages)}", hint=f"there are {', '.join(pages)}")
    if in_browser:
        click.launch(_as_html(pages[name]).as_uri())
    else:
        click.echo_via_pager(pages[name].read_text(encoding="utf-8").removesuffix("\n"))
    return 0


def _pages() -> dict[str, Path]:
    """Return the pages by name: those of the checkout, else those that the wheel brought."""
    checkout = Path(__file__).resolve().parents[4]
    found = [checkout / "README.md", checkout / "CHANGELOG.md", *sorted((checkout / "docs").glob("*.md"))]
    if not found[-1].is_file() or found[-1].parent.name != "docs":
        files = importlib.metadata.files("guidepress") or []
        found = sorted(Path(str(file.locate())) for file in files if _INSTALLED in str(file) and file.suffix == ".md")
    if not found:
        from pipeline.config import UserError

        raise UserError("this installation has no documentation", hint="install guidepress again, from its wheel")
    return {path.stem.lower(): path for path in found}


def _title(path: Path) -> str:
    """Return a page's first heading."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line.lstrip("# ") for line in lines if line.startswith("# ")), path.stem)


def _as_html(path: Path) -> Path:
    """Write a page as HTML, beside its pictures, into a temporary folder that stays: a browser reads it later."""
    import shutil
    import tempfile

    from markdown_it import MarkdownIt

    folder = Path(tempfile.mkdtemp(prefix="guidepress-docs-"))
    pictures = path.parent / "docs" / "img" if (path.parent / "docs").is_dir() else path.parent / "img"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / pictures.relative_to(path.parent))
    body = MarkdownIt("commonmark").enable("table").render(path.read_text(encoding="utf-8"))
    page = folder / f"{path.stem}.html"
    page.write_text(_PAGE.format(title=path.stem, body=body), encoding="utf-8")
    return page
