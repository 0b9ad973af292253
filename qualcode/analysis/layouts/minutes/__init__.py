"""Minutes: attendance, items, decisions, actions, and who is said to say what."""
