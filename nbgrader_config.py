"""All settings of nbgrader for this course.

The folder that holds this file is the course: `nbgrader ...`, the formgrader in JupyterLab and
`course ...` all read it. Three settings can be given by the environment instead:

    BACKYARD_EXCHANGE   the folder through which assignments and submissions travel (default:
                        `exchange/` beside this file, so that one laptop can play both sides)
    BACKYARD_DB         the gradebook's database, an SQLAlchemy address (default: SQLite, beside
                        this file)
    BACKYARD_COURSE_ID  the course's name in the exchange (default: backyard)
"""

import os
import secrets
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors

from course.grading.repair import OneCellAQuestion
from course.report.feedback import StudentsView

c = get_config()  # given by Jupyter while it reads this file

here = Path(__file__).resolve().parent

# --- the course -----------------------------------------------------------------------------
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = os.environ.get("BACKYARD_COURSE_ID", "backyard")
# A second writer waits up to 30 s for the database instead of failing at once.
c.CourseDirectory.db_url = os.environ.get(
    "BACKYARD_DB", f"sqlite:///{here / 'gradebook.db'}?timeout=30"
)
# What never travels with an assignment or a submission.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    ".answers.json.lock",
    "*.tmp",
]

# --- the exchange ---------------------------------------------------------------------------
if "BACKYARD_EXCHANGE" in os.environ:
    c.Exchange.root = os.environ["BACKYARD_EXCHANGE"]
else:
    c.Exchange.root = str(here / "exchange")
    c.Exchange.cache = str(here / "exchange" / ".cache")
    Path(c.Exchange.root).mkdir(exist_ok=True)

# --- student notebooks ----------------------------------------------------------------------
# A solution leaves nothing behind: the line above it shows where the answer goes, so that an
# untouched notebook runs from top to bottom without an error.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"

# --- grading --------------------------------------------------------------------------------
c.Execute.timeout = 30  # seconds a cell may take
c.Execute.shutdown_kernel = "immediate"  # a kernel that has done its work is not waited for
# Every cell is run: no tag leaves one out.
c.Execute.skip_cells_with_tag = secrets.token_hex(8)
# A question's cell that a student copied and pasted counts once.
c.Autograde.sanitize_preprocessors = [
    preprocessors.ClearOutput,
    OneCellAQuestion,
    preprocessors.DeduplicateIds,
    preprocessors.OverwriteKernelspec,
    preprocessors.OverwriteCells,
    preprocessors.CheckCellMetadata,
]
# A grade cell that a student deleted is put back, so that the answer it checks still counts.
c.OverwriteCells.add_missing_cells = True
# Students read what was said of their answers, not the keys.
c.GenerateFeedback.preprocessors = [
    preprocessors.GetGrades,
    StudentsView,
    CSSHTMLHeaderPreprocessor,
]
c.NbGrader.logfile = str(here / "nbgrader.log")

# What `nbgrader export` writes.
c.ExportApp.plugin_class = "nbgrader.plugins.export.CsvExportPlugin"
