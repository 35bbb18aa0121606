"""The panels of the argument strand, under the name that notebooks import."""

from course.text.codebook import RELATIONS
from course.text.codebook import ROLE_TEXTS as ROLES
from course.widgets.argument_map import ArgumentMap
from course.widgets.matching import Matching
from course.widgets.role_labeller import RoleLabeller

__all__ = ["RELATIONS", "ROLES", "ArgumentMap", "Matching", "RoleLabeller"]
