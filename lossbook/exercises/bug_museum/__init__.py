"""Exercises of the page *The bug museum*: seventeen rooms."""

# In the order of the page, which is the order in which they are listed.
from lossbook.exercises.bug_museum import rooms_1_to_9, rooms_10_to_17  # noqa: F401
