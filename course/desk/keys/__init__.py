"""The key of an assignment that is built from several readings, and how far the readings agree."""

from course.desk.keys.accepted import Key, build_key, key_of
from course.desk.keys.reading import Mark, Reading
from course.desk.keys.readings import load_file, load_readings

__all__ = ["Key", "Mark", "Reading", "build_key", "key_of", "load_file", "load_readings"]
