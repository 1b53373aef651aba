"""What a look at a build loads: commands that read no page do not wait for the libraries that read pages."""

import subprocess
import sys


def test_looking_at_a_build_loads_no_reader_of_pages() -> None:
    code = (
        "import sys, pipeline.stages.inspecting;"
        "print([name for name in ('bs4', 'lxml', 'markdown_it', 'pipeline.layouts') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
