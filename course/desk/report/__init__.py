"""What the class did: grades, what it found hard, and the tables that say so."""
