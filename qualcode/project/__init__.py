"""The library's front door: each module holds the verbs of one part of the method.

`batch.run` does the whole way from a folder to the table; `codebooks` finds, checks, shows
and copies codebooks; `ingest` takes sources in; `shipped` names what comes with qualcode.
Nothing is loaded before it is asked for.
"""
