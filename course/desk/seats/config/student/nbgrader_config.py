"""nbgrader's settings for a student's JupyterLab; `docs/jupyterhub.md` says how to place them.

They are given by the environment, so that one file serves every student:

    BACKYARD_EXCHANGE   the folder through which assignments travel
    BACKYARD_COURSE_ID  the course's name there (default: backyard)
    BACKYARD_STUDENT    who sits here (default: the name of the account)
    BACKYARD_CACHE      where copies of submissions are kept (default: Jupyter's data folder)
"""

import os

from course.desk.seats.submit import CheckedSubmit

c = get_config()

c.CourseDirectory.course_id = os.environ.get("BACKYARD_COURSE_ID", "backyard")
if "BACKYARD_EXCHANGE" in os.environ:
    c.Exchange.root = os.environ["BACKYARD_EXCHANGE"]
if "BACKYARD_STUDENT" in os.environ:
    c.CourseDirectory.student_id = os.environ["BACKYARD_STUDENT"]
if "BACKYARD_CACHE" in os.environ:
    c.Exchange.cache = os.environ["BACKYARD_CACHE"]
# What never travels with a submission.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    ".answers.json.lock",
    "*.tmp",
]
# A submission that lacks an answer says which, before it is sent.
c.ExchangeFactory.submit = CheckedSubmit
