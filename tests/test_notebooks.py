from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
@pytest.mark.enable_socket  # the kernel talks to us over loopback
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of jupyter_client and zmq, not ours
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "strip the outputs before committing"
    for name in ("example.de.txt", "example.en.txt"):
        (tmp_path / name).write_bytes((NOTEBOOKS / name).read_bytes())
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("srcdoc" in output.get("data", {}).get("text/html", "") for output in shown)
    assert (tmp_path / "routes.geojson").exists()
