"""Identities of a build, course by course: what earlier runs made and found is taken from the state."""

from pipeline.stages.resolving.settling.known import identities_of, known_from, retired_of
from pipeline.stages.resolving.settling.settler import Settler

__all__ = ["Settler", "identities_of", "known_from", "retired_of"]
