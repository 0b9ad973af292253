"""The pairs as a sheet on which a partnership judges itself: asked, filled in, scored."""
