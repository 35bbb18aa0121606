"""The panels of the votes strand, under the name that notebooks import."""

from course.widgets.count_replay.panel import CountReplay, DenominatorExplorer, RunoffLaboratory

__all__ = ["CountReplay", "DenominatorExplorer", "RunoffLaboratory"]
