"""The losses beside those of other libraries: the same function, timed in pairs, as ratios."""
