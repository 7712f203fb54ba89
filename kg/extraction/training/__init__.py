"""Making the models that the extractor ships; needs the packages of the group ``train``."""
