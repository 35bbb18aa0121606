"""Panels of the course, a folder each: a class in ``__init__.py``, ES modules and styles beside it.

A notebook imports a panel from its folder, or with others of its strand from
`course.widgets.argument`, `course.widgets.votes`, `course.widgets.timeline` or
`course.widgets.verdict`. What a browser gets is bundled in ``static/`` by ``make js``.
"""
