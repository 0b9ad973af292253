"""What a paper has to report about its methods, from what the study itself knows."""
