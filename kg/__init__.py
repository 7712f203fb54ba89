"""methodome: papers in, a graph of machine-learning methods out, with the sentence that proves each edge.

>>> import kg
>>> graph = kg.build("papers.txt", store="graph.kg")  # doctest: +SKIP
>>> graph["FPN"].children  # doctest: +SKIP
"""
