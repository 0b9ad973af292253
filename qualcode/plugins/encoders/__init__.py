"""Encoders that ship: texts into vectors."""
