"""What worker processes of all kinds have in common: they end with their parent, are sent messages, and are watched."""

from pipeline.processes.ending import end_with, own_signals, signals_held
from pipeline.processes.messages import read_message, write_message
from pipeline.processes.scratch import scratch_folder, sweep
from pipeline.processes.watched import Ended, WatchedProcess, cpu_seconds

__all__ = [
    "Ended",
    "WatchedProcess",
    "cpu_seconds",
    "end_with",
    "own_signals",
    "read_message",
    "scratch_folder",
    "signals_held",
    "sweep",
    "write_message",
]
