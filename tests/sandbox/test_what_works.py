"""What a notebook needs works on every rung of the sandbox."""

from __future__ import annotations

import sys

from tests.sandbox.conftest import Jail


def test_figures_tables_and_numbers(every: Jail) -> None:
    """numpy computes, pandas reads and writes, matplotlib saves a figure."""
    code = """
import os
import matplotlib.pyplot as plt, numpy as np, pandas as pd
frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
frame.to_csv("table.csv", index=False)
again = pd.read_csv("table.csv")
figure, axes = plt.subplots()
axes.bar(again["b"], again["a"])
figure.savefig("figure.png")
figure.savefig("figure.svg")
a = np.arange(9.0).reshape(3, 3)
result = [os.path.getsize("figure.png") > 1000, int((a @ a).sum()), again.equals(frame)]
"""
    assert every.result(code) == [True, 486, True]


def test_the_standard_library(every: Jail) -> None:
    """Programs, temporary files, databases, copies, threads, the clock."""
    code = """
import os, shutil, sqlite3, subprocess, tempfile, time
from concurrent.futures import ThreadPoolExecutor
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as file:
    file.write(b"x")
    shutil.copy2(file.name, folder)
db = sqlite3.connect("a.db")
db.execute("create table t (x)")
db.commit()
db.close()
listed = subprocess.run(["ls"], capture_output=True, text=True, check=True).stdout
with ThreadPoolExecutor(2) as pool:
    threads = list(pool.map(abs, [-1, -2]))
os.chmod("a.db", 0o600)
result = ["a.db" in listed, threads, time.localtime().tm_year > 2000, os.cpu_count() > 0]
"""
    assert every.result(code) == [True, [1, 2], True, True]


def test_another_python_starts_with_the_same_packages(every: Jail) -> None:
    """The environment is complete: a fresh interpreter imports from it."""
    every.given = {"python": sys.executable}
    code = """
import subprocess
program = "import numpy, pandas, ssl, ctypes, decimal; print(numpy.ones(3).sum())"
done = subprocess.run([given["python"], "-P", "-c", program], capture_output=True, text=True)
result = [done.stdout, done.stderr]
"""
    assert every.result(code) == ["3.0\n", ""]


def test_modules_that_were_not_imported_yet_can_be(every: Jail) -> None:
    """A notebook imports what the warm process did not know of."""
    code = "import wave, sched, statistics, xml.dom.minidom, IPython; result = IPython.__name__"
    assert every.result(code) == "IPython"


def test_it_is_in_an_empty_folder_that_it_can_write(every: Jail) -> None:
    """The working folder is the scratch folder."""
    code = """
import os
before = [name for name in os.listdir(".") if not name.startswith(".")]
os.makedirs("a/b")
open("a/b/c", "w").write("x")
os.rename("a/b/c", "d")
os.symlink("d", "e")
result = [before, open("e").read()]
"""
    assert every.result(code) == [[], "x"]
