"""A small class that submits through Moodle: its download and grading worksheet, for the demo."""

import shutil
import zipfile
from pathlib import Path
from typing import Any

from course.desk.csvtable import write_csv
from course.desk.simulated.students import Case, do_the_work
from course.wholefile import write_whole

# A right one, a typical one, panels only and in a ZIP file, copied cells, other types.
LMS_CASES = (
    *("right", "typical-wrong-whole", "widgets-only"),
    *("copied-cells", "right-in-other-types"),
)
HEAD = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"),
    *("Last modified (submission)", "Last modified (grade)"),
)


def write_download(
    cases: list[Case], names: dict[str, str], released: Path, source: Any, folder: Path
) -> tuple[Path, Path]:
    """Write a download with folders and its worksheet; one more file is of nobody in the class.

    Args:
        cases: the students, whose files are named in all the ways that happen.
        names: their full names, by id.
        released: the folder of the student version.
        source: the instructor's notebook.
        folder: where both files go.
    """
    rows: list[tuple[object, ...]] = [HEAD]
    download = folder / "submissions.zip"
    with zipfile.ZipFile(download, "w", zipfile.ZIP_DEFLATED) as made:
        for number, case in enumerate(cases, start=1001):
            desk = folder / "students" / case.student
            shutil.copytree(released, desk)
            do_the_work(case, source, desk)
            name = names[case.student]
            place = f"{name}_{number}_assignsubmission_file_"
            if case.widgets:
                packed = shutil.make_archive(str(desk), "zip", desk)
                made.write(packed, f"{place}/my work.zip")
            else:
                notebook = next(desk.glob("*.ipynb"))
                again = "" if number % 2 else " (1)"
                made.write(notebook, f"{place}/{notebook.stem}{again}.ipynb")
            about = (f"Participant {number}", name, f"{case.student}@uni.example", "Submitted", "-")
            rows.append((*about, "30.00", f"Monday, 4 May 2026, {number % 9 + 1}:30 AM", "-"))
        notebook = next(released.glob("*.ipynb"))
        made.write(notebook, f"Somebody Else_1999_assignsubmission_file_/{notebook.name}")
    write_whole(folder / "worksheet.csv", write_csv(rows))
    return download, folder / "worksheet.csv"
