"""The stages of a build, each of which works on what changed: records to papers, papers to readings, readings to a graph."""  # noqa: E501
