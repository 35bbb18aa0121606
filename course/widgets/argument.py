"""The panels of the argument strand, under the name that notebooks import."""

from course.widgets.argument_map.panel import RELATIONS, ROLES, ArgumentMap, Matching, RoleLabeller

__all__ = ["RELATIONS", "ROLES", "ArgumentMap", "Matching", "RoleLabeller"]
