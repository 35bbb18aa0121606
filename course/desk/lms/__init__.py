"""What comes from and goes to a learning management system: lists of people, downloads, names."""
