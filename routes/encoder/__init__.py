"""Our trained multilingual encoder: a text cut into pieces, and what a small transformer makes of them.

``pieces`` cuts, ``network`` runs (ONNX Runtime, no torch), ``heads`` asks it questions. How it is trained:
``routes/training/encoder``.
"""
