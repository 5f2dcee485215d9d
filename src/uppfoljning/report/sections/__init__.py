"""The parts that more than one report has."""
