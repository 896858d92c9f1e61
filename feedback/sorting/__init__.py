"""Sorting: from one blob of text to remarks an author can act on. Pure: no Flask, no database, no network."""
