"""Runs killed at random moments: whatever is killed, the next run ends with the undisturbed bytes."""
