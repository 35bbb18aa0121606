"""The key of *argument*: read from readings, counted, written into the notebook by command."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import krippendorff
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.answers.carried import make_bundle
from course.desk import steps
from course.desk.cli import main
from course.desk.keys.accepted import (
    CAUTION,
    Key,
    accept_threshold,
    agreement_table,
    build_key,
    key_of,
    say_readers,
)
from course.desk.keys.agreement import compute_alpha, pair_agreement
from course.desk.keys.blocks import BEGIN as MARK
from course.desk.keys.blocks import BLOCKS, END, find_blocks, rewrite_blocks, values_of
from course.desk.keys.codebook import Mark, Reading, load_codebook
from course.desk.keys.decisions import load_decisions
from course.desk.keys.ledger import require_fresh_key
from course.desk.keys.readings import load_file, load_readings
from course.errors import CourseError
from course.grader.coursedir import Course
from course.scoring.arrows import links
from course.scoring.maps import label_map
from docs.generate import write_readings
from docs.splits import links_table, paragraphs_table
from tests.notebooks import ROOT, map_value

READINGS = ROOT / "source/argument/readings"
CODEBOOK = READINGS / "codebook.toml"
BOOK = load_codebook(READINGS)
PARAGRAPHS, QUESTIONS = BOOK.paragraphs, BOOK.questions
ROLES, CLAIM_TYPES = BOOK.labels["role"], BOOK.labels["claim_type"]
BEGIN = MARK.format("argument")
# The readings that the module comes with: the tests use these alone, whatever an instructor adds.
FIRST = next(READINGS.rglob("automated.csv"))
PAGE = ROOT / "docs/marks.md"
HEADER, *ROWS = FIRST.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def key() -> Key:
    """The key of the readings that the module comes with."""
    return key_of(load_file(FIRST))


@pytest.fixture(scope="module")
def present() -> Key:
    """The key of all readings that are in the folder now."""
    return build_key(READINGS)


@pytest.fixture(autouse=True)
def codebook(tmp_path: Path) -> None:
    """The codebook lies beside whatever a test reads."""
    shutil.copy(CODEBOOK, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the first readings, to which others can be put."""
    made = tmp_path / "readings"
    made.mkdir()
    shutil.copy(FIRST, made)
    shutil.copy(CODEBOOK, made)
    return made


def reading_of(reader: str, like: str = "A", **changed: dict[str, str]) -> str:
    """Return the CSV of a reader who marks as another does but for some columns.

    `changed` maps a paragraph to columns and what stands in them.
    """
    names = HEADER.split(",")
    lines = [HEADER]
    for row in ROWS:
        cells = dict(zip(names, row.split(","), strict=True))
        if cells["reader"] == like:
            cells |= {"reader": reader} | changed.get(cells["paragraph"], {})
            lines.append(",".join(cells.values()))
    return "\n".join(lines) + "\n"


# --- what the key accepts -------------------------------------------------------------------------


def test_a_role_is_accepted_where_two_readers_gave_it_first_or_second(key: Key) -> None:
    """P06 was split 3 to 2; P05 has a second role from all; one reader's word is not enough."""
    assert key.accepted_roles["P06"] == ["reason", "evidence"]
    assert key.accepted_roles["P05"] == ["evidence", "concession"]
    assert key.accepted_roles["P13"] == ["evidence"]


def test_a_paragraph_on_which_readers_split_counts_for_less(key: Key) -> None:
    """The weight is the share of pairs of readers who agree: 5-0 is 1, 4-1 is 0.6, 3-2 is 0.4."""
    assert key.role_weights["P01"] == 1.0
    assert key.role_weights["P03"] == 0.6
    assert key.role_weights["P06"] == 0.4
    assert key.claim_weights["P15"] == 0.6
    assert key.accepted_claims["P15"] == ["policy"]


def test_a_link_is_accepted_where_two_readers_drew_it(key: Key) -> None:
    """Links carry the share of readers; one reader's link is not accepted; relations are apart."""
    assert key.accepted_links["P02", "P01"] == 1.0
    assert key.accepted_links["P08", "P12"] == 0.4
    assert ("P03", "P04") not in key.accepted_links
    assert key.accepted_challenges == {("P05", "P02"): 1.0, ("P14", "P16"): 0.6}


def test_a_decision_counts_as_one_reader_more(folder: Path, key: Key) -> None:
    """It accepts what no two readers gave, and the paragraph weighs as if six had read it."""
    (folder / "decisions.csv").write_text(
        "field,paragraph,answer,reason\n"
        "claim_type,P07,cause,it says what hurt the poor\n"
        "supports,P13,P16,it bears the warning out\n",
        "utf-8",
    )
    made = build_key(folder)
    assert made.accepted_claims["P07"] == ["cause", "value"]
    assert made.claim_weights["P07"] == 0.67
    assert made.accepted_links["P13", "P16"] == 0.17
    assert made.accepted_roles == key.accepted_roles


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("colour,P07,cause,why", "field: one of role, claim_type"),
        ("role,P70,reason,why", "paragraph: one of P01"),
        ("role,P07,cause,why", "answer: one of main_claim"),
        ("supports,P07,reason,why", "answer: one of P01"),
        ("role,P07,evidence,", "reason: why"),
    ],
)
def test_a_slip_in_a_decision_is_named_by_its_line(folder: Path, line: str, expected: str) -> None:
    """Each cell has to be one that the codebook knows, and no decision is without its reason."""
    text = f"field,paragraph,answer,reason\nrole,P13,reason,why\n{line}\n"
    (folder / "decisions.csv").write_text(text, "utf-8")
    with pytest.raises(CourseError, match=r"decisions\.csv, line 3") as error:
        build_key(folder)
    assert error.value.expected.startswith(expected)


def test_the_decisions_of_the_module_add_what_the_readings_lack(key: Key) -> None:
    """None repeats what two readings give anyway, none stands there twice."""
    decisions = load_decisions(READINGS, BOOK)
    assert len({(d.field, d.paragraph, d.answer) for d in decisions}) == len(decisions) > 0
    for d in decisions:
        known: dict[str, Any] = {
            "role": key.accepted_roles[d.paragraph],
            "claim_type": key.accepted_claims[d.paragraph],
            "supports": [t for f, t in key.accepted_links if f == d.paragraph],
            "challenges": [t for f, t in key.accepted_challenges if f == d.paragraph],
        }
        assert d.answer not in known[d.field], d


@pytest.mark.parametrize(("readers", "needed"), [(2, 2), (5, 2), (8, 2), (9, 3), (12, 3), (20, 5)])
def test_many_readers_raise_what_it_takes(readers: int, needed: int) -> None:
    """Two readers are enough among eight; beyond that it takes a quarter of them."""
    assert accept_threshold(readers) == needed


def test_where_nobody_agrees_nobody_loses_points(tmp_path: Path) -> None:
    """Two readers who differ on a paragraph accept nothing: any role will do and none counts."""
    (tmp_path / "a.csv").write_text(reading_of("A"), "utf-8")
    (tmp_path / "b.csv").write_text(reading_of("B", P02={"role": "credit"}), "utf-8")
    made = build_key(tmp_path)
    assert made.role_weights["P02"] == 0.0
    assert made.accepted_roles["P02"] == list(ROLES)


# --- the same readings, the same bytes ------------------------------------------------------------


def test_the_same_readings_give_the_same_bytes(folder: Path) -> None:
    """Neither the order of files and rows nor their number of files changes the key."""
    mixed = folder.parent / "mixed"
    mixed.mkdir()
    shutil.copy(CODEBOOK, mixed)
    rows = list(ROWS)
    random.Random(1).shuffle(rows)
    for place, reader in enumerate("DBAEC"):
        own = [row for row in rows if row.startswith(reader)]
        text = "\n".join([HEADER, *own]) + "\n"
        (mixed / f"automated-{place}.csv").write_text(text, "utf-8")
    text = notebook_text()
    made = rewrite_blocks(text, build_key(folder), Path("n.ipynb"))
    assert made == rewrite_blocks(text, build_key(folder), Path("n.ipynb"))
    assert made == rewrite_blocks(text, build_key(mixed), Path("n.ipynb"))


def test_spreadsheets_may_write_the_file_in_their_way(tmp_path: Path, key: Key) -> None:
    """A mark at the begin, semicolons, other line ends, capitals and "P1" change nothing."""
    text = FIRST.read_text("utf-8").replace(",P0", ",P").replace("main_claim", "Main claim")
    (tmp_path / "automated.csv").write_bytes(
        "\ufeff".encode() + text.replace(",", ";").replace("\n", "\r\n").encode()
    )
    made = build_key(tmp_path)
    assert (made.accepted_roles, made.accepted_links) == (key.accepted_roles, key.accepted_links)


# --- agreement ------------------------------------------------------------------------------------


def test_alpha_is_that_of_the_library_on_the_same_table(key: Key) -> None:
    """Roles are nominal labels, a row a reader; links are binary over the 272 ordered pairs."""
    roles = [[ROLES.index(r.labels("role")[p]) for p in PARAGRAPHS] for r in key.readings]
    pairs = [(a, b) for a in PARAGRAPHS for b in PARAGRAPHS if a != b]
    drawn = [[int(pair in r.links("supports")) for pair in pairs] for r in key.readings]
    assert len(pairs) == 272
    for name, table in (("role", roles), ("supports", drawn)):
        wanted = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
        assert compute_alpha(key.readings, name) == pytest.approx(wanted, abs=0.0005)


def test_alpha_is_worked_out_as_by_hand() -> None:
    """Four units, two readers, one disagreement: alpha is 1 - 7 · 2 / (2 · 3 · 5) = 0.533."""
    one, other = ("yes", "yes", "no", "no"), ("yes", "yes", "no", "yes")
    assert compute_alpha([_loaded("A", one), _loaded("B", other)], "loaded") == pytest.approx(0.533)


def test_alpha_has_no_value_where_nothing_differs() -> None:
    """One label everywhere, or one reader alone, says nothing about agreement."""
    same = _loaded("A", ("yes",) * 4), _loaded("B", ("yes",) * 4)
    assert compute_alpha(same, "loaded") is None
    assert compute_alpha(same[:1], "loaded") is None


def _loaded(reader: str, values: tuple[str, ...]) -> Any:
    marks = {p: Mark(loaded=v) for p, v in zip(PARAGRAPHS, values, strict=False)}
    return Reading(reader, marks, BOOK)


def test_pairs_who_agree_are_counted() -> None:
    """Three alike and two alike are 3 + 1 of 10 pairs; one reader makes no pair."""
    assert pair_agreement(["a", "a", "a", "b", "b"]) == 0.4
    assert pair_agreement(["a"]) == 0.0


def test_people_and_programs_are_told_apart(folder: Path) -> None:
    """From two people on, the table of agreement has their figure beside that of the programs."""
    assert agreement_table(build_key(folder))[1] == ("role", "0.88", "0.88", "–")
    for reader, role in (("lopez", "reason"), ("ruiz", "evidence")):
        text = reading_of(reader, P13={"role": role})
        (folder / f"{reader}.csv").write_text(text, "utf-8")
    found = build_key(folder)
    people = compute_alpha([r for r in found.readings if not r.automated], "role")
    assert people is not None
    assert people < 1
    assert agreement_table(found)[1][2:] == ("0.88", f"{people:.2f}")


def test_a_missing_library_is_told_with_the_way_to_it(
    key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package krippendorff the error says how to install it."""
    monkeypatch.setitem(__import__("sys").modules, "krippendorff", None)
    with pytest.raises(CourseError, match=r"backyard-course\[key\]"):
        compute_alpha(key.readings, "role")


# --- the readings themselves -----------------------------------------------------------


@pytest.mark.parametrize("reader", "ABCDE")
def test_each_reading_earns_most_of_the_points(key: Key, reader: str) -> None:
    """Handed in as a student's answers each reading gets 85 percent of each question or more.

    That holds, too, of a key that is made without it.
    """
    reading = next(r for r in key.readings if r.reader == reader)
    others = key_of([r for r in key.readings if r is not reading])
    for made in (key, others):
        for kind, answer, accepted, options in (
            (ROLES, "role", made.accepted_roles, made.role_weights),
            (CLAIM_TYPES, "claim_type", made.accepted_claims, made.claim_weights),
        ):
            labels = label_map(PARAGRAPHS, kind)
            wanted = labels.read_key(accepted, weights=options)
            assert labels.score_read(reading.labels(answer), wanted).fraction >= 0.85
        drawn = links(PARAGRAPHS)
        right = drawn.read_key(made.accepted_links, challenges=made.accepted_challenges)
        assert drawn.score_read(map_value(reading), right).fraction >= 0.85


# --- an answers.json as a reading -----------------------------------------------------------------


def answers_json(**parts: Any) -> str:
    """Return an answers.json with answers to the parts "roles", "claims", "map"."""
    entries = {
        QUESTIONS[part]: {"value": value, "saved": "2026-01-01T10:00:00Z"}
        for part, value in parts.items()
    }
    other = {"argument-10": {"value": {"a": "x"}, "saved": "2026-01-01T10:00:00Z"}}
    return json.dumps({"format": 1, "answers": entries | other}, indent=2)


def test_what_a_colleague_did_in_the_panels_is_a_reading(folder: Path) -> None:
    """Roles, kinds of claim and map of an answers.json count as those of a CSV file do."""
    (reading,) = [r for r in load_readings(folder) if r.reader == "C"]
    (folder / "lopez.json").write_text(
        answers_json(
            roles=reading.labels("role"),
            claims=reading.labels("claim_type"),
            map=map_value(reading),
        ),
        "utf-8",
    )
    lopez = next(r for r in load_readings(folder) if r.reader == "lopez")
    assert not lopez.automated
    for name in ("role", "claim_type"):
        assert lopez.labels(name) == reading.labels(name)
    for relation in ("supports", "challenges"):
        assert lopez.links(relation) == reading.links(relation)


def test_part_of_the_panels_is_enough(folder: Path, key: Key) -> None:
    """Who labelled two paragraphs and drew no map moves these two paragraphs and nothing else."""
    (folder / "ruiz.json").write_text(answers_json(roles={"P02": "background", "P07": "reason"}))
    made = build_key(folder)
    moved = [p for p in PARAGRAPHS if made.role_weights[p] != key.role_weights[p]]
    assert moved == ["P02"]
    assert made.accepted_links == key.accepted_links
    assert made.claim_weights == key.claim_weights


def test_the_widgets_own_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `course.answers.store` writes for a widget can be loaded as it is."""
    from course.answers.store import AnswerStore

    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    links = {"links": [{"from": "P02", "to": "P01", "relation": "supports"}]}
    assert AnswerStore(tmp_path).save(QUESTIONS["map"], links).saved
    (reading,) = load_file(tmp_path / "answers.json", reader="lopez")
    assert reading.links("supports") == {("P02", "P01")}
    assert reading.labels("role") == {}


def finished_notebook(path: Path, **parts: Any) -> Path:
    """Write a notebook whose panels carry these answers in what they put out."""
    cells = []
    for part, value in parts.items():
        entry: Any = {"value": value, "saved": "2026-01-01T10:00:00Z"}
        bundle = make_bundle(QUESTIONS[part], entry)
        cells.append(new_code_cell("panel", outputs=[new_output("display_data", bundle)]))
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_a_colleagues_finished_notebook_is_a_reading(tmp_path: Path) -> None:
    """What the panels put out is read; without it, the error says what to take instead."""
    links = {"links": [{"from": "P02", "to": "P01", "relation": "supports"}]}
    path = finished_notebook(tmp_path / "argument.ipynb", roles={"P02": "evidence"}, map=links)
    (reading,) = load_file(path, reader="lopez")
    assert reading.reader == "lopez"
    assert reading.labels("role") == {"P02": "evidence"}
    assert reading.links("supports") == {("P02", "P01")}
    with pytest.raises(CourseError, match="answers to argument-03, argument-04, argument-06"):
        load_file(finished_notebook(path, roles={}))


ANOTHER = """
paragraphs = 3
[labels]
role = ["claim", "ground"]
claim_type = ["fact", "wish"]
[questions]
roles = "prices-03"
claims = "prices-04"
map = "prices-05"
"""


def test_another_text_has_a_key_by_a_codebook_of_its_own(tmp_path: Path) -> None:
    """Paragraphs, labels and questions are those of the file; what it leaves out is not asked."""
    (tmp_path / "codebook.toml").write_text(ANOTHER)
    rows = [
        f"{reader},P0{n},{role},{to},-,{kind},anything"
        for reader in "AB"
        for n, role, to, kind in ((1, "claim", "-", "wish"), (2, "ground", "P01", "fact"))
    ]
    rows += [
        f"{reader},P03,{role},P01,-,fact,x" for reader, role in (("A", "claim"), ("B", "ground"))
    ]
    head = "reader,paragraph,role,supports,challenges,claim_type,loaded"
    (tmp_path / "people.csv").write_text("\n".join([head, *rows]))
    made = build_key(tmp_path)
    assert made.accepted_roles == {"P01": ["claim"], "P02": ["ground"], "P03": ["claim", "ground"]}
    assert made.accepted_links == {("P02", "P01"): 1.0, ("P03", "P01"): 1.0}
    assert [row[0] for row in agreement_table(made)[1:3]] == ["role", "kind of claim"]
    assert len(agreement_table(made)) == 5
    text = notebook_text(check_cell("roles")).replace("course key argument", "course key prices")
    written = rewrite_blocks(text, made, Path("prices.ipynb"))
    (block,) = find_blocks(written, Path("prices.ipynb"))
    assert block.mark == MARK.format("prices")
    assert values_of(block)["accepted_roles"] == made.accepted_roles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no 'questions'"),
        ("paragraphs = \n", "line 1"),
        (ANOTHER.replace("claims", "kinds"), "kinds in [questions]"),
        (ANOTHER.replace("claim_type", "claim"), "no 'claim_type'"),
    ],
)
def test_a_slip_in_a_codebook_is_named(tmp_path: Path, text: str, found: str) -> None:
    """The error names the file and what is missing, or the line."""
    (tmp_path / "codebook.toml").write_text(text)
    with pytest.raises(CourseError, match="codebook") as error:
        load_codebook(tmp_path)
    assert found in error.value.found


# --- what cannot be read --------------------------------------------------------------------------


def _line(number: int, **changed: str) -> str:
    """Return the first readings with some columns of one line (2 is the first row) changed."""
    names = HEADER.split(",")
    lines = [HEADER, *ROWS]
    cells = dict(zip(names, lines[number - 1].split(","), strict=True)) | changed
    lines[number - 1] = ",".join(cells.values())
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (_line(5, role="premise"), 5, "'premise'"),
        (_line(5, role=""), 5, "role: one of"),
        (_line(9, claim_type="-"), 9, "claim_type: one of"),
        (_line(7, paragraph="P18"), 7, "'P18'"),
        (_line(7, paragraph="P05"), 7, "line 6 has them"),
        (_line(7, supports="P01 P99"), 7, "'P99'"),
        (_line(7, supports="P06"), 7, "does not speak to itself"),
        (_line(7, supports=""), 7, "- for none"),
        (_line(8, loaded="very"), 8, "loaded: one of yes, no"),
        (_line(8, reader=" "), 8, "reader: a name"),
        (_line(8, supports="P12,P01"), 8, "11 cells"),
        (HEADER.replace("claim_type", "kind") + "\n" + ROWS[0], 1, "no column claim_type"),
        ("", 1, "no column reader"),
    ],
)
def test_a_slip_in_a_csv_file_is_named_by_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    """An error names file and line, what was expected, what was found and what to do."""
    path = tmp_path / "lopez.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(CourseError) as error:
        load_file(path)
    assert error.value.where == f"{path}, line {line}"
    assert said in str(error.value)


def test_paragraphs_left_out_are_named(tmp_path: Path) -> None:
    """A reader of a CSV file has to mark all 17 paragraphs."""
    path = tmp_path / "lopez.csv"
    path.write_text("\n".join([HEADER, *ROWS[:15]]), "utf-8")
    with pytest.raises(CourseError, match="none for P16, P17"):
        load_file(path)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('{"format": 1,\n "answers": {', "line 2", "Expecting"),
        ("[]", "", "entry 'answers'"),
        (answers_json(), "", "argument-10"),
        (answers_json(roles=["P01"]), "argument-03", "labels by paragraph"),
        (answers_json(roles={"P40": "reason"}), "argument-03", "P40"),
        (answers_json(roles={"P04": "fact"}), "argument-03, P04", "fact"),
        (answers_json(claims={"P04": 3}), "argument-04, P04", "3"),
        (answers_json(map={"links": [{"from": "P02"}]}), "argument-06, link 1", "from and to"),
        (
            answers_json(map={"links": [{"from": "P02", "to": "P01", "relation": "likes"}]}),
            "argument-06, link 1",
            "likes",
        ),
    ],
)
def test_a_slip_in_an_answers_file_is_named_by_its_question(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    """An answers.json has no rows: the error names question and paragraph, or the line of JSON."""
    path = tmp_path / "lopez.json"
    path.write_text(text, "utf-8")
    with pytest.raises(CourseError) as error:
        load_file(path)
    assert error.value.where == ", ".join(filter(None, [str(path), place]))
    assert said in str(error.value)


def test_a_file_that_is_no_reading_is_named(folder: Path) -> None:
    """A spreadsheet's own format, another encoding and a missing file are told with the remedy."""
    (folder / "lopez.xlsx").write_bytes(b"PK")
    with pytest.raises(CourseError, match=r"lopez.xlsx(.|\n)*save it as CSV"):
        load_readings(folder)
    (folder / "lopez.xlsx").unlink()
    (folder / "lopez.csv").write_bytes(
        reading_of("L").replace("L,P03", "\x81,P03").encode("latin-1")
    )
    with pytest.raises(CourseError, match=r"lopez.csv, line 4\n(.|\n)*UTF-8"):
        load_readings(folder)
    with pytest.raises(CourseError, match="No such file"):
        load_file(folder / "nowhere.csv")


def test_two_readers_of_one_name_are_named_with_both_files(folder: Path) -> None:
    """A second file of reader B is not added to the first."""
    (folder / "more.csv").write_text(reading_of("B"), "utf-8")
    with pytest.raises(CourseError, match=r"more.csv(.|\n)*reader B, who is in automated.csv"):
        load_readings(folder)


def test_one_reading_makes_no_key(tmp_path: Path) -> None:
    """A key takes two readers who can agree."""
    (tmp_path / "a.csv").write_text(reading_of("A"), "utf-8")
    with pytest.raises(CourseError, match="two readings or more"):
        build_key(tmp_path)


def test_a_name_cannot_smuggle_a_line_into_the_notebook(tmp_path: Path) -> None:
    """Readers' names stand in a comment of the key: a name with a line end is refused."""
    path = tmp_path / "a.csv"
    path.write_text(reading_of("A").replace("\nA,", '\n"A\nimport os",'), "utf-8")
    with pytest.raises(CourseError, match="reader's name"):
        load_file(path)


# --- the notebook ---------------------------------------------------------------------------------


def check_cell(part: str, inside: str = "", hidden: bool = True, grade: bool = True) -> Any:
    """Return a check cell with an empty block for a part."""
    name = QUESTIONS[part]
    lines = [
        f"# Check {name}: run this cell.",
        "### BEGIN HIDDEN TESTS" if hidden else "",
        BEGIN,
        f"# block: {part}",
        *([inside] if inside else []),
        END,
        'print("Añadir “todo”")',
        "### END HIDDEN TESTS" if hidden else "",
    ]
    cell = new_code_cell("\n".join(lines), id=name)
    cell.metadata["nbgrader"] = {
        "grade": grade,
        "grade_id": name,
        "locked": True,
        "points": 2,
        "schema_version": 3,
        "solution": not grade,
        "task": False,
    }
    return cell


def notebook_text(*cells: Any) -> str:
    """Return a small notebook as Jupyter saves it, with blocks for all parts by default."""
    made = list(cells) or [check_cell(part) for part in BLOCKS]
    notebook = new_notebook(cells=[new_markdown_cell("# ¿Qué? “Argumento”", id="top"), *made])
    return str(nbformat.writes(notebook)) + "\n"


def test_the_blocks_are_rewritten_and_nothing_else(key: Key) -> None:
    """In a notebook as Jupyter saves it each byte outside of the blocks stays."""
    text = notebook_text()
    made = rewrite_blocks(text, key, Path("n.ipynb"))
    assert made != text
    assert _outside(made) == _outside(text)
    assert made == rewrite_blocks(made, key, Path("n.ipynb"))


def _outside(text: str) -> list[str]:
    """Return the lines of a notebook without those between the marks."""
    begin, end = json.dumps(BEGIN)[:-1], json.dumps(END)[:-1]
    outside, lines = True, []
    for line in text.splitlines():
        outside |= end in line
        lines += [line] * outside
        outside &= begin not in line
    return lines


def test_the_blocks_set_what_the_key_holds(key: Key) -> None:
    """Run as Python, the blocks give the accepted answers and weights of the key."""
    made = rewrite_blocks(notebook_text(), key, Path("n.ipynb"))
    names: dict[str, Any] = {}
    for cell in json.loads(made)["cells"][1:]:
        exec("".join(cell["source"]), names)
    assert names["accepted_roles"] == key.accepted_roles
    assert names["role_weights"] == key.role_weights
    assert names["accepted_claims"] == key.accepted_claims
    assert names["claim_weights"] == key.claim_weights
    assert names["accepted_links"] == key.accepted_links
    assert names["accepted_challenges"] == key.accepted_challenges
    assert (names["needed"], names["background"]) == (key.needed, key.background)
    for block in find_blocks(made, Path("n.ipynb")):
        assert values_of(block).items() <= names.items()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (notebook_text(new_code_cell("x = 1", id="x")), "found:    none"),
        (notebook_text(check_cell("roles", hidden=False)), "where students would receive it"),
        (notebook_text(check_cell("roles", grade=False)), "where students would receive it"),
        (notebook_text().replace("# block: roles", "# block: rolls"), "# block: rolls"),
        (notebook_text().replace("# --- end of key ---", "# end"), "'# --- end of key ---'"),
        ("{}", "a notebook"),
    ],
)
def test_a_notebook_that_cannot_take_the_key_is_told(key: Key, text: str, said: str) -> None:
    """No block, an unknown or open one, or one that would be released, stops the command."""
    with pytest.raises(CourseError) as error:
        rewrite_blocks(text, key, Path("argument.ipynb"))
    assert said in str(error.value)


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def course(course_copy: Course) -> Path:
    """A course whose argument has a small notebook with empty blocks; we are in its folder."""
    place = course_copy.root / "source/argument"
    for path in place.glob("*.ipynb"):
        path.unlink()
    (place / "argument.ipynb").write_text(notebook_text(), "utf-8")
    shutil.rmtree(place / "readings")
    (place / "readings").mkdir()
    shutil.copy(FIRST, place / "readings")
    shutil.copy(CODEBOOK, place / "readings")
    return course_copy.root


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Run `course key argument …`; return all that it says, on one line."""
    assert main(["key", "argument", *arguments]) == code
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def test_check_says_whether_notebook_and_readings_agree(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` ends with 1 and writes nothing until the key is built, then with 0."""
    notebook = course / "source/argument/argument.ipynb"
    before = notebook.read_bytes()
    assert "NOT IN STEP: source/argument/argument.ipynb" in said(capsys, "--check", code=1)
    assert notebook.read_bytes() == before
    assert "written: source/argument/argument.ipynb" in said(capsys)
    assert "agrees with the readings" in said(capsys, "--check")
    made = notebook.read_bytes()
    assert "Nothing to write" in said(capsys)
    assert notebook.read_bytes() == made
    notebook.write_bytes(made.replace(b'\\"P06\\": 0.4', b'\\"P06\\": 0.9'))
    assert "role weights · P06 │ 0.9 │ 0.4" in said(capsys, "--check", code=1)


def test_the_command_says_agreement_with_its_caution(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever an agreement is printed it is said that programs made the readings."""
    text = said(capsys)
    for part in ("role │ 0.88", "Programs of one family"):
        assert part in text


def test_a_reading_that_is_added_moves_what_it_should_and_the_table_says_so(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One reader joins one other on a role and a link: both are accepted now, the weights move."""
    said(capsys)
    before = build_key(course / "source/argument/readings")
    new = course / "lopez.csv"
    new.write_text(
        reading_of("lopez", P13={"role": "reason"}, P03={"role": "reason", "supports": "P04"}),
        "utf-8",
    )
    preview = said(capsys, "--add", "lopez.csv", "--check", code=1)
    assert not (course / "source/argument/readings/lopez.csv").exists()
    text = said(capsys, "--add", "lopez.csv")
    for part in (
        "5 by programs of one family (A, B, C, D, E), 1 by people (lopez)",
        "accepted roles · P13 │ evidence │ reason, evidence",
        "role weights · P13 │ 1.0 │ 0.67",
        "accepted links · P03 → P04 │ – │ 0.33",
        "accepted links · P03 → P01 │ 1.0 │ 0.83",
    ):
        assert part in text
        assert part in preview
    assert "P01 │ main_claim" not in text
    assert "course regrade argument" in text
    after = build_key(course / "source/argument/readings")
    assert after.accepted_roles != before.accepted_roles
    moved = [p for p in PARAGRAPHS if after.accepted_roles[p] != before.accepted_roles[p]]
    assert moved == ["P03", "P13"]
    assert "agrees" in said(capsys, "--check")
    (course / "source/argument/readings/lopez.csv").unlink()
    assert "accepted roles · P13 │ reason, evidence │ evidence" in said(capsys)


def test_an_answers_file_is_added_under_its_readers_name(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answers.json does not say whose it is: the command asks, then keeps it as NAME.json."""
    said(capsys)
    (course / "answers.json").write_text(answers_json(roles={"P02": "background"}), "utf-8")
    assert "--reader NAME" in said(capsys, "--add", "answers.json", code=1)
    assert "40 letters" in said(capsys, "--add", "answers.json", "--reader", "../up", code=1)
    text = said(capsys, "--add", "answers.json", "--reader", "lopez")
    assert "accepted roles · P02 │ evidence │ evidence, background" in text
    assert (course / "source/argument/readings/lopez.json").is_file()
    assert "no file of this name yet" in said(
        capsys, "--add", "answers.json", "--reader", "lopez", code=1
    )


def test_of_a_notebook_only_the_answers_are_kept(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A colleague's notebook is added as what its panels hold, under the colleague's name."""
    said(capsys)
    finished_notebook(course / "argument.ipynb", roles={"P02": "background"})
    assert "--reader NAME" in said(capsys, "--add", "argument.ipynb", code=1)
    text = said(capsys, "--add", "argument.ipynb", "--reader", "lopez")
    assert "accepted roles · P02" in text
    kept = json.loads((course / "source/argument/readings/lopez.json").read_text("utf-8"))
    assert kept["answers"]["argument-03"]["value"] == {"P02": "background"}
    assert "Nothing to write" in said(capsys)


def test_a_stale_key_is_refused_with_the_way_to_mend_it(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither `generate` nor `check` hands out a key that its readings no longer give."""
    for command in ("generate", "check"):
        assert main([command, "argument"]) == 1
        error = capsys.readouterr().err
        assert "source/argument/argument.ipynb" in error
        assert "write the key anew: course key argument" in error
    said(capsys)
    require_fresh_key(course, "argument")


@pytest.mark.parametrize("text", [_line(5, role="premise"), reading_of("B"), "reader\n"])
def test_a_reading_that_cannot_be_added_leaves_all_as_it_was(
    course: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A slip in the file, or a reader who is there already, copies nothing and writes nothing."""
    notebook = course / "source/argument/argument.ipynb"
    before = notebook.read_bytes()
    (course / "new.csv").write_text(text, "utf-8")
    assert "new.csv" in said(capsys, "--add", "new.csv", code=1)
    assert notebook.read_bytes() == before
    assert not (course / "source/argument/readings/new.csv").exists()


def test_an_assignment_without_readings_is_told(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course key votes` says that the key of votes does not come from readings."""
    assert main(["key", "votes"]) == 1
    assert "only assignments whose key comes from readings" in capsys.readouterr().err


# --- what is kept and what is handed out ----------------------------------------------------------


def test_the_readings_are_never_released(course: Path) -> None:
    """The student version of argument holds neither readings nor key."""
    steps.generate_assignment(Course(course), "argument")
    released = course / "release/argument"
    assert [path.name for path in released.rglob("*")] == ["argument.ipynb"]
    assert "accepted" not in (released / "argument.ipynb").read_text("utf-8")


def test_no_reading_lies_in_what_is_handed_out() -> None:
    """No row of a reading stands in release/, data/ or the package, in any file."""
    every = [
        line for path in READINGS.rglob("*.csv") for line in path.read_text("utf-8").split("\n")
    ]
    rows = {row.partition(",")[2] for row in every if row.count(",") > 5}
    for part in ("release", "data", "course"):
        for path in (ROOT / part).rglob("*"):
            assert path.name != "readings", path
            if path.is_file() and path.suffix != ".pyc":
                text = path.read_text("utf-8", errors="replace")
                assert not [row for row in rows if row in text], path


def test_the_notebook_agrees_with_the_readings(present: Key) -> None:
    """The key in the notebook is what the readings give: otherwise run `course key argument`."""
    path = ROOT / "source/argument/argument.ipynb"
    text = path.read_bytes().decode("utf-8")
    assert rewrite_blocks(text, present, path) == text
    assert {block.name for block in find_blocks(text, path)} == set(BLOCKS)


def test_the_page_on_questions_shows_the_figures_of_the_key(present: Key) -> None:
    """Colleagues see how the readers split, below the caution on whose readings they are."""
    said = write_readings("argument")
    assert say_readers(present) in said
    assert said.index(CAUTION) < said.index("| role | 0.")
    for rows in (agreement_table(present), paragraphs_table(present), links_table(present)):
        for row in rows:
            assert f"| {' | '.join(row)} |" in said
    assert write_readings("votes") == ""


def test_wherever_agreement_is_discussed_it_is_said_whose_it_is() -> None:
    """The caution is on the page on keys and in the folder of readings."""
    page = PAGE.read_text("utf-8").replace("*", "")
    assert page.index("All five are programs of one family") < page.index("Habernal and Gurevych")
    assert "all five programs are of one family" in (READINGS / "README.md").read_text("utf-8")


def test_a_reading_that_is_set_aside_does_not_count(folder: Path) -> None:
    """Folders beside the readings are left out, and so are hidden files and the README."""
    (folder / "aside").mkdir()
    (folder / "aside/lopez.csv").write_text(reading_of("lopez"), "utf-8")
    (folder / ".~lock.automated.csv#").write_text("", "utf-8")
    (folder / "README.md").write_text("# Readings", "utf-8")
    assert [reading.reader for reading in load_readings(folder)] == list("ABCDE")
