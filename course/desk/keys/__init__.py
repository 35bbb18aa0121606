"""The key of an assignment that is built from several readings, and how far the readings agree."""
