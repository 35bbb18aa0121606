"""What must hold in the tables: one module a strand, called by :func:`course.data.check`."""
