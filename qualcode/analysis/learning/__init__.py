"""Which codes fit a passage, learnt from the codebook and from what was reviewed."""
