"""What was handed in: read within bounds, repaired where its meaning is clear, or refused."""
