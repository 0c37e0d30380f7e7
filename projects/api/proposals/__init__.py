"""Evidence that other systems propose: read, checked as strictly as a person's, and put into the review queue."""
