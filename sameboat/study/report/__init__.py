"""What leaves the study for readers: findings, codebook, extracts."""
