"""The half-yearly report, the final one and the paper for a committee."""
