// Shared by every widget of the course.
