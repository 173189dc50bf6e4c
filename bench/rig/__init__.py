"""What the benchmarks of answering need: questions of every kind, learners, and a floor to compare with."""
