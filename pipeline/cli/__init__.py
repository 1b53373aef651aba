"""The command line: one file a command, no logic."""

from pipeline.cli.app import main

__all__ = ["main"]
