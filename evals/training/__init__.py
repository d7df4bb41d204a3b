"""Training of the built-in reader's encoder: material from the labelled examples, the network, and the export; torch is needed here only."""
