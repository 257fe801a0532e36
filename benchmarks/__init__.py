"""The losses beside those of other libraries: how fast, and how exact.

``python -m benchmarks`` measures times and memory, ``python -m benchmarks.accuracy`` errors,
``python -m benchmarks.distributed`` what a gradient costs on a cluster.
"""
