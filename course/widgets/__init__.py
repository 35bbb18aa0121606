"""Panels of the course, one folder each: a class in ``panel.py``, ES modules and styles beside it.

Notebooks import them by strand: `course.widgets.argument`, `course.widgets.votes`,
`course.widgets.timeline`. What a browser gets is bundled in ``static/`` by ``make js``.
"""
