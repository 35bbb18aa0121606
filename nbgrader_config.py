"""All settings of nbgrader for this course.

The folder that holds this file is the course: `nbgrader ...`, the formgrader in JupyterLab and
`course ...` all read it. Four settings can be given by the environment instead:

    BACKYARD_EXCHANGE   the folder through which assignments and submissions travel (default:
                        `exchange/` beside this file, so that one laptop can play both sides)
    BACKYARD_DB         the gradebook's database, an SQLAlchemy address (default: SQLite, beside
                        this file)
    BACKYARD_COURSE_ID  the course's name in the exchange (default: backyard)
    BACKYARD_TIMEZONE   the time zone in which dates are read and shown (default: UTC)
"""

import os
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader import preprocessors

from course.desk.deadlines.late import GrantExtensions, LateSteps
from course.desk.feedback.exporter import FeedbackPage
from course.desk.feedback.preprocessors import PageContent, PageGrades, StudentsView
from course.desk.feedback.scheme import EscapedNames, MarkScheme
from course.desk.inbound import CollectSafely
from course.desk.lms.archive import ExtractSafely
from course.desk.lms.collector import CollectByRoster
from course.desk.points import WritePoints
from course.desk.seats.notice import ReleaseWithNotice
from course.grader.harmless.cleaning import SafeOutputs
from course.grader.intake.repair import SafeNotebook
from course.grader.run.drawing import DrawnFigures
from course.grader.run.execute import SandboxedExecute

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
    "readings",  # what a key is built from
]

# --- the exchange ---------------------------------------------------------------------------
if "BACKYARD_EXCHANGE" in os.environ:
    c.Exchange.root = os.environ["BACKYARD_EXCHANGE"]
else:
    c.Exchange.root = str(here / "exchange")
    c.Exchange.cache = str(here / "exchange" / ".cache")
    Path(c.Exchange.root).mkdir(exist_ok=True)

# Where there is no exchange: `nbgrader zip_collect` takes the downloads of an LMS.
c.ZipCollectApp.extractor_plugin = ExtractSafely
c.ZipCollectApp.collector_plugin = CollectByRoster
# Nothing is collected in another one's name, or half.
c.ExchangeFactory.collect = CollectSafely
# A release tells students what is due (BACKYARD_CONTACT: and whom to ask).
c.ExchangeFactory.release_assignment = ReleaseWithNotice

# --- student notebooks ----------------------------------------------------------------------
# A solution leaves nothing behind: the line above it shows where the answer goes, so that an
# untouched notebook runs from top to bottom without an error.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"

# A question's points are set once, in the settings of its check (or in the formgrader).
c.GenerateAssignment.preprocessors.prepend([WritePoints])
# Grades the model answers first, and refuses a key that does not fit them. Without it (None) the
# Formgrader's button hands out what it finds.
c.GenerateAssignment.pre_convert_hook = "course.desk.gate.before_generate"

# --- grading --------------------------------------------------------------------------------
# What a student's code may use. All settings: course/grader/sandbox/limits.py.
c.Sandbox.cell_seconds = 30  # a cell that takes longer is stopped
c.Sandbox.required = False  # True: refuse to grade where something cannot be protected
# Before a submission is copied, what is not safe to copy is set aside.
c.Autograde.pre_convert_hook = "course.grader.intake.hooks.before_autograde"
c.Autograde.post_convert_hook = "course.grader.intake.hooks.after_autograde"
# Tests, points, kernel and missing cells are set back to what the gradebook says. This does the
# work of nbgrader's own steps at once, which are slower and can be stopped by one odd cell.
c.Autograde.sanitize_preprocessors = [SafeNotebook, preprocessors.ClearOutput]
# The students' cells run in a sandbox, the tests in a process of their own.
c.Autograde.autograde_preprocessors = [
    SandboxedExecute,
    SafeOutputs,  # what formgrader and feedback pages show does nothing by itself
    preprocessors.IgnorePattern,
    ClearMetadataPreprocessor,
    preprocessors.LimitOutput,
    preprocessors.SaveAutoGrades,
    GrantExtensions,  # who has more time, before lateness is looked at
    preprocessors.AssignLatePenalties,
]
# What a late submission loses (course due sets the deadline, course extend gives more time):
# so many percent of the points earned for each day begun after the grace period.
c.AssignLatePenalties.plugin_class = LateSteps
c.LateSteps.percent_a_day = 0  # 0: lateness is shown and costs nothing
c.LateSteps.grace_minutes = 15
c.LateSteps.max_percent = 100
# How `course watch` works: how often it looks, and how many submissions of a student are graded.
c.Watch.wait_seconds = 30
c.Watch.tries = 0  # 0: all
# The time zone in which dates are read and shown, here and in the formgrader, e.g. America/Lima.
c.NbGraderAPI.timezone = os.environ.get("BACKYARD_TIMEZONE", "UTC")
# Figures whose pictures did not come with a notebook are drawn when a page is made of it, here and
# for a grader. Students read what was said of their answers, not the keys.
c.GenerateFeedback.preprocessors = [DrawnFigures, PageGrades, StudentsView, PageContent]
c.GenerateFeedback.exporter_class = FeedbackPage
# Whoever grades by hand in the formgrader reads the mark scheme beside the answer.
c.HTMLExporter.preprocessors = [DrawnFigures, MarkScheme, EscapedNames]
c.NbGrader.logfile = str(here / "nbgrader.log")

# What `nbgrader export` writes; others: CanvasExport and MoodleExport, from the same place.
c.ExportApp.plugin_class = "course.desk.lms.export.CsvExport"
