"""The panels of the argument strand, under the name that notebooks import."""

from course.widgets.argument_map.panel import RELATIONS, ArgumentMap
from course.widgets.matching.panel import Matching
from course.widgets.role_labeller.panel import ROLES, RoleLabeller

__all__ = ["RELATIONS", "ROLES", "ArgumentMap", "Matching", "RoleLabeller"]
