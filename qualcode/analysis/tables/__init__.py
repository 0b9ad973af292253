"""The tables of a study, each computed from one ledger of everything that counts."""
