"""The store: a resolution as triples, the folder that keeps them, its lock and snapshots, exports.

What is where: :mod:`kg.store.triples` (nouns to RDF), :mod:`kg.store.folder` (opening a store),
:mod:`kg.store.writer` (the one who writes), :mod:`kg.store.snapshots` (what readers see) and
:mod:`kg.store.export`.
"""
