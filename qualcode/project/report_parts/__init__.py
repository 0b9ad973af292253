"""The parts of a report, each read from a study."""
