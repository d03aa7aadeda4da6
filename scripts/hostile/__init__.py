"""The parts of `scripts/hostile-bench.py` and `scripts/soak.py`, in standard Python."""
