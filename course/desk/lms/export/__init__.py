"""Export plugins of nbgrader: grades as a general CSV file, for Canvas, for Moodle.

    nbgrader export --exporter=course.desk.lms.export.CanvasExport --to canvas.csv

or, with the same plugins, `course export --for canvas`.
"""

from course.desk.lms.export.canvas import CanvasExport
from course.desk.lms.export.general import CsvExport
from course.desk.lms.export.moodle import MoodleExport

__all__ = ["CanvasExport", "CsvExport", "MoodleExport"]
