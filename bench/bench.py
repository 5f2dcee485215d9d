"""Speed and memory as ratios of medians, measured in one run on one machine. See docs/val.md for the limits.

Runs real processes in turns, so that whatever else the machine does hits all of them alike. Prints each ratio beside
its limit and exits with 1 when one is broken.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXEMPEL = ROOT / "exempel"
sys.path.insert(0, str(ROOT / "bench"))

import falsklarm  # noqa: E402 - beside this file
from big_project import write_project  # noqa: E402 - beside this file

BIN = Path(sys.executable).parent
PYTHON = sys.executable

# What `kvartal` must not be much slower than: WeasyPrint alone, on the same HTML, attachments, metadata and finisher.
BARE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse
from uppfoljning.output.pdf import _with_ua
from uppfoljning.output.pdf import margin_text_to_artifacts
html, json_text, fonts, target = (Path(a) for a in sys.argv[1:5])
class Fetcher(URLFetcher):
    def fetch(self, url, headers=None):
        if url.startswith("data:"):
            return super().fetch(url, headers)
        font = (fonts / url.removeprefix("typsnitt:")).read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
day = datetime(2022, 8, 15, tzinfo=UTC)
document = weasyprint.HTML(string=html.read_text(encoding="utf-8"), url_fetcher=Fetcher()).render()
document.metadata.generate_rdf_metadata = _with_ua(document.metadata.generate_rdf_metadata)
attachment = weasyprint.Attachment(
    string=json_text.read_text(encoding="utf-8"), name="data.json", created=day, modified=day, relationship="Data")
document.write_pdf(
    target, finisher=margin_text_to_artifacts, pdf_variant="pdf/a-3a", pdf_identifier=b"0" * 16,
    attachments=[attachment])
print(len(document.pages))
"""

# The HTML that the PDF is made of. The HTML file that users get has its fonts inside it.
PDF_HTML = """
import sys
from pathlib import Path
from uppfoljning.pipeline.granska import granska
from uppfoljning.pipeline.kinds import KVARTAL
from uppfoljning.pipeline.report import make_report
from uppfoljning.model.period import Kvartal
rapport = make_report(KVARTAL, granska(Path(sys.argv[2])), Kvartal.parse(sys.argv[3]), None, None)
Path(sys.argv[1]).write_text(rapport.html, encoding="utf-8")
"""

# What the page numbers cost: the layout of the same HTML with and without the margins' text, in turns, as processor
# time; and how many times a page is laid out. WeasyPrint lays pages out again when their text asks for the number of a
# page that comes later, but not when only their margins do.
PAGE_NUMBERS = """
import statistics, sys, time
from pathlib import Path
from uppfoljning.output.pdf import _font_fetcher, import_weasyprint
weasyprint = import_weasyprint()
from weasyprint.layout import page
make_page, made = page.make_page, []
page.make_page = lambda *args, **named: made.append(1) or make_page(*args, **named)
html, fonts, rounds = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]), int(sys.argv[3])
bare = "@page { @bottom-left { content: none } @bottom-right { content: none } } "
bare += "@page :first { @top-left { content: none } } @page exempel { @top-right { content: none } }"
texts = {"with": html, "without": html.replace("</style>", bare + "</style>", 1)}
times = {name: [] for name in texts}
for turn in range(rounds + 1):
    for name, text in texts.items():
        made.clear()
        start = time.process_time()
        document = weasyprint.HTML(string=text, url_fetcher=_font_fetcher(fonts)).render()
        if turn:
            times[name].append(time.process_time() - start)
        elif name == "with":
            print(len(made) / len(document.pages))
print(statistics.median(times["with"]) / statistics.median(times["without"]))
"""


# What reading and judging the figures costs in a fresh process: everything that the report does for them but draw them.
FIGURES = """
import time
from pathlib import Path
from uppfoljning.load.load import load
from uppfoljning.model.period import Kvartal
from uppfoljning.facts.lage import merge
import uppfoljning.report
start = time.perf_counter()
from uppfoljning.check import indikatorer, tables
from uppfoljning.formats.csv import read_csv
from uppfoljning.facts.figures.judge import follow
from uppfoljning.facts.redact.redact import hide_small
from uppfoljning.report.sections.figures import indicator_views, statistics_view
from uppfoljning.words.problem import problem_sentence
from uppfoljning.load.tables.read import read_table
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.model import Indikatorfil
took = time.perf_counter() - start
underlag = load(Path(".")).underlag
start = time.perf_counter()
for path in sorted(Path("data").glob("*/*.csv")):
    read_table(read_csv(path.read_bytes(), path.as_posix()), "compstat" if "compstat" in path.parts else "enkat")
Indikatorfil.model_validate(read_yaml(Path("data/indikatorer.yaml").read_bytes(), "indikatorer.yaml").rot.varde)
for rule in (*tables.RULES, *indikatorer.RULES):
    list(rule(underlag))
hide_small(underlag)
found = follow(underlag, Kvartal(2022, 2))
statistics_view(underlag, found)
for huvudomrade in underlag.huvudomraden:
    problem_sentence(found, huvudomrade), indicator_views(found, huvudomrade)
print(took + time.perf_counter() - start)
"""


def seconds(command: Sequence[str | Path]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def medians(commands: dict[str, Sequence[str | Path]], rounds: int) -> dict[str, float]:
    """The median wall time of each command, run in turns after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            took = seconds(command)
            if turn:
                times[name].append(took)
    return {name: statistics.median(found) for name, found in times.items()}


def peak_memory(command: Sequence[str | Path]) -> float:
    """The most memory one process held, in MB (Linux counts in kB)."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=-3, stderr=-3);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([PYTHON, "-c", code, *command], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return int(done.stdout) / 1024


class Results:
    """Prints each ratio beside its limit and remembers whether one was broken."""

    def __init__(self) -> None:
        self.broken = False

    def ratio(self, name: str, value: float, limit: float) -> None:
        """One ratio and its limit."""
        ok = value <= limit
        self.broken |= not ok
        print(f"  {'ok  ' if ok else 'FAIL'} {name:<62} {value:6.2f}  (högst {limit:g})")


def bench_startup(results: Results) -> None:
    """``validera`` and ``--help`` against bare Python and against the linters people use for the same files."""
    data = ROOT / "data"
    files = sorted(data.rglob("*.yaml"))
    schema = Path(tempfile.mkdtemp()) / "schema.json"
    schema.write_text('{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}', encoding="utf-8")
    found = medians(
        {
            "python": [PYTHON, "-c", "pass"],
            "help": [BIN / "uppfoljning", "--help"],
            "validera": [BIN / "uppfoljning", "validera"],
            "yamllint": [BIN / "yamllint", "-d", "relaxed", *files],
            "check-jsonschema": [BIN / "check-jsonschema", "--schemafile", schema, *files],
        },
        rounds=15,
    )
    results.ratio("--help / python -c pass", found["help"] / found["python"], 12)
    results.ratio("validera / python -c pass", found["validera"] / found["python"], 30)
    results.ratio("validera / yamllint, samma filer", found["validera"] / found["yamllint"], 1)
    results.ratio("validera / check-jsonschema, samma filer", found["validera"] / found["check-jsonschema"], 1)


def bench_report(results: Results, work: Path) -> None:
    """``kvartal`` against WeasyPrint alone on the same HTML, for both municipalities of the repository."""
    kvartal = [BIN / "uppfoljning", "kvartal", "2022-K2", "--ut", work / "a.pdf"]
    other = [BIN / "uppfoljning", "kvartal", "2023-K4", "--katalog", EXEMPEL, "--ut", work / "b.pdf"]
    bare = {
        "bare": bare_command(work / "r", ROOT, "2022-K2"),
        "other bare": bare_command(work / "e", EXEMPEL, "2023-K4"),
    }
    found = medians({"kvartal": kvartal, "other": other, **bare}, rounds=7)
    results.ratio("kvartal / WeasyPrint ensamt, samma HTML", found["kvartal"] / found["bare"], 1.1)
    results.ratio("kvartal i exempel/ / WeasyPrint ensamt", found["other"] / found["other bare"], 1.1)
    took = [
        float(subprocess.run([PYTHON, "-c", FIGURES], cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(5)
    ]
    results.ratio("läsa och bedöma siffror / kvartal", statistics.median(took) / found["kvartal"], 0.1)
    print(f"       kvartal, minnestopp: {peak_memory(kvartal):.0f} MB")
    numbers = [PYTHON, "-c", PAGE_NUMBERS, work / "r.html", ROOT / "templates" / "fonts", "7"]
    again, cost = subprocess.run(numbers, cwd=ROOT, check=True, capture_output=True).stdout.split()
    results.ratio("sidor som ställs upp / sidor i rapporten", float(again), 1)
    results.ratio("sidbrytning med sidnummer / utan", float(cost), 1.1)


def bare_command(stem: Path, project: Path, quarter: str) -> list[str | Path]:
    """The command that makes a project's report by WeasyPrint alone and prints its number of pages."""
    html, attached = stem.with_suffix(".html"), stem.with_suffix(".json")
    subprocess.run([PYTHON, "-c", PDF_HTML, html, project, quarter], cwd=ROOT, check=True)
    status = [BIN / "uppfoljning", "status", quarter, "--katalog", project, "--format", "json"]
    with attached.open("w", encoding="utf-8") as target:
        subprocess.run(status, cwd=ROOT, check=True, stdout=target)
    return [PYTHON, "-c", BARE, html, attached, ROOT / "templates" / "fonts", stem.with_suffix(".pdf")]


def bench_hundred(results: Results, work: Path) -> None:
    """The report of a hundred insatser in six huvudområden, against that of 25 in two and against WeasyPrint alone."""
    sizes = {"100": (100, 6), "25": (25, 2), "1": (1, 1)}
    commands: dict[str, Sequence[str | Path]] = {}
    for name, (insatser, areas) in sizes.items():
        write_project(work / f"h{name}", insatser, quarters=2, areas=areas)
        target = work / f"h{name}.pdf"
        commands[name] = [BIN / "uppfoljning", "kvartal", "--katalog", work / f"h{name}", "--ut", target]
    commands["bare"] = bare_command(work / "hundra", work / "h100", "2020-K2")
    found = medians(commands, rounds=5)
    # What a report of one insats costs is the same for all, and would flatter the large one.
    grown = (found["100"] - found["1"]) / (found["25"] - found["1"])
    results.ratio("kvartal: 100 insatser mot 25, per insats", grown * (25 - 1) / (100 - 1), 1.1)
    results.ratio("kvartal, 100 insatser / WeasyPrint ensamt, samma HTML", found["100"] / found["bare"], 1.1)
    pages = subprocess.run(commands["bare"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.strip()
    print(f"       kvartal, 100 insatser: {pages} sidor, minnestopp: {peak_memory(commands['100']):.0f} MB")


def bench_growth(results: Results, work: Path) -> None:
    """Cost per answer must not grow with the number of answers: 400 × 40 against 25 × 8."""
    tiny, small, large = work / "minst", work / "liten", work / "stor"
    write_project(tiny, insatser=1, quarters=1)
    few = write_project(small, insatser=25, quarters=8)
    many = write_project(large, insatser=400, quarters=40)
    commands: dict[str, Sequence[str | Path]] = {}
    for name, folder in (("minst", tiny), ("liten", small), ("stor", large)):
        commands[f"validera {name}"] = [BIN / "uppfoljning", "validera", "--katalog", folder]
        commands[f"status {name}"] = [BIN / "uppfoljning", "status", "--katalog", folder, "--format", "json"]
    found = medians(commands, rounds=3)
    for what in ("validera", "status"):
        # What a project of one answer costs is the same for all, and would flatter the large one.
        fixed = found[f"{what} minst"]
        grown = (found[f"{what} stor"] - fixed) / (found[f"{what} liten"] - fixed)
        results.ratio(f"{what}: {many} svar mot {few}, per svar", grown / (many / few), 1)
    report = {
        n: [BIN / "uppfoljning", "kvartal", "--katalog", f, "--ut", work / f"{n}.pdf"]
        for n, f in (("minst", tiny), ("liten", small), ("stor", large))
    }
    took = medians(report, rounds=1)
    grown = (took["stor"] - took["minst"]) / (took["liten"] - took["minst"])
    results.ratio(f"kvartal: {many} svar mot {few}, per svar", grown / (many / few), 1)
    print(f"       kvartal: 400 insatser mot 25, per insats på sidorna: {grown / (400 / 25):.2f}")
    print(f"       kvartal, 400 insatser, minnestopp: {peak_memory(report['stor']):.0f} MB")
    print(f"       validera, {many} svar, minnestopp: {peak_memory(commands['validera stor']):.0f} MB")
    print(f"       status, {many} svar, minnestopp: {peak_memory(commands['status stor']):.0f} MB")


def main() -> int:
    """Run everything; 1 when a limit is broken."""
    results = Results()
    print("Kvoter mellan medianer, mätta i samma körning:")
    with tempfile.TemporaryDirectory() as folder:
        bench_startup(results)
        bench_report(results, Path(folder))
        bench_hundred(results, Path(folder))
        bench_growth(results, Path(folder))
    print()
    falsklarm.main()
    print(f"       mätningen själv, minnestopp: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if results.broken else 0


if __name__ == "__main__":
    sys.exit(main())
