"""The study notes a record gives: fronts, backs and masks; pure."""
