"""The panels of the votes strand, under the name that notebooks import."""

from course.widgets.count_replay import CountReplay
from course.widgets.denominator_explorer import DenominatorExplorer
from course.widgets.runoff_laboratory import RunoffLaboratory

__all__ = ["CountReplay", "DenominatorExplorer", "RunoffLaboratory"]
