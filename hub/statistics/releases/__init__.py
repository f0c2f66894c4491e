"""Making releases: closing months, counting, protecting, the gate, keeping and reading."""
