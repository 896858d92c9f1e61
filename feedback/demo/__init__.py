"""A small archive to try things on: four serials by three authors, and what sixteen readers said about them.

The stories and the reviews were written for this; ``archive`` puts them in through the same doors as everybody's.
"""
