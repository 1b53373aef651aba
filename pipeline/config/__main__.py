"""`python -m pipeline.config` prints the reference page, which is kept as `docs/configuration.md`."""

import sys

from pipeline.config.reference import reference

sys.stdout.write(reference())
