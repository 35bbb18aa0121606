"""The panels of the votes strand, under the name that notebooks import."""

from course.widgets.count_replay.panel import CountReplay
from course.widgets.denominator_explorer.panel import DenominatorExplorer
from course.widgets.runoff_laboratory.panel import RunoffLaboratory

__all__ = ["CountReplay", "DenominatorExplorer", "RunoffLaboratory"]
