"""What passes between the student's process and the judge, as data only."""
