"""Carries values between the student's process and the judge, as data only.

The student's process writes (`dumps...`), the judge reads (`loads...`). The judge believes nothing:
a message is JSON, its size, depth and lengths are checked, and no class or code that it names is
loaded. What cannot travel arrives as a placeholder with the name of its type.
"""

from course.grading.travel.bounds import Bounds, TravelError
from course.grading.travel.calls import dumps_call, dumps_result, loads_call, loads_result
from course.grading.travel.message import dumps, dumps_names, loads, loads_names
from course.grading.travel.writer import Callables

__all__ = [
    "Bounds",
    "Callables",
    "TravelError",
    "dumps",
    "dumps_call",
    "dumps_names",
    "dumps_result",
    "loads",
    "loads_call",
    "loads_names",
    "loads_result",
]
