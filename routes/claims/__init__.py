"""Who says what moves from where to where: `extract.extract` reads claims out of a report with resolved toponyms."""
