"""A Dask cluster that a run has work done by: its own on this machine, or one that is there."""

from pipeline.stages.cluster.at_worker import lent, workplace
from pipeline.stages.cluster.client import Cluster, Lost
from pipeline.stages.cluster.workforce import ClusterWorkforce

__all__ = ["Cluster", "ClusterWorkforce", "Lost", "lent", "workplace"]
