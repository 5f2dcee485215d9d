"""The files for CI do what they say: their commands are run as they stand, in a clone, against a real mail server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import skickabygge as bygge
from conftest import ROOT
from postserver import LOSENORD, Certifikat, Postserver, Regel, authority, server

GITHUB = ROOT / ".github" / "workflows" / "uppfoljning.yml"
GITLAB = ROOT / "docs" / "gitlab-ci.yml"
ALL = ["ordforande@xn--rksmrgs-5wao1o.se", *bygge.TRE[1:]]


def github() -> dict[str, Any]:
    return dict(yaml.safe_load(GITHUB.read_text(encoding="utf-8")))


def gitlab() -> dict[str, Any]:
    return dict(yaml.safe_load(GITLAB.read_text(encoding="utf-8")))


def steps(job: str) -> list[dict[str, Any]]:
    """The steps of a job at GitHub that run something."""
    return [step for step in github()["jobs"][job]["steps"] if "run" in step]


# --- what they say ---


def test_no_command_at_github_has_an_expression_that_could_carry_code() -> None:
    for job in github()["jobs"]:
        for step in steps(job):
            assert "${{" not in step["run"]


def test_only_the_job_that_sends_has_secrets_and_may_write() -> None:
    jobs = github()["jobs"]
    assert github()["permissions"] == {"contents": "read"}
    assert {name for name, job in jobs.items() if "secrets." in str(job)} == {"skicka"}
    assert {name for name, job in jobs.items() if "permissions" in job} == {"skicka"}
    assert jobs["skicka"]["if"] == "github.ref_type == 'tag'"
    assert jobs["skicka"]["environment"] == "utskick"


@pytest.mark.parametrize(
    ("tag", "sends"),
    [
        ("2022-H1", True),
        ("2023-H2", True),
        ("2022-H1-v2", True),
        ("v1.0", False),
        ("2022-K1", False),
        ("2022-H3", False),
    ],
)
def test_a_tag_such_as_2022_h1_sends_and_no_other(tag: str, sends: bool) -> None:
    (rule,) = gitlab()["skicka"]["rules"]
    pattern = re.search(r"/(.*)/", rule["if"])
    assert pattern
    assert bool(re.search(pattern[1], tag)) == sends
    # GitHub's patterns: + is one or more of what stands before, as here, and the whole name must fit.
    patterns = github()[True]["push"]["tags"]  # YAML 1.1 reads the key on as true
    assert any(re.fullmatch(p, tag) for p in patterns) == sends


def test_both_make_the_same_reports_with_the_same_commands() -> None:
    made = "\n".join(step["run"] for step in steps("rapporter"))
    for command in gitlab()["rapporter"]["script"]:
        assert command in made
    assert "scripts/skicka-i-ci" in gitlab()["skicka"]["script"]
    assert [step["run"] for step in steps("skicka")][-1] == "scripts/skicka-i-ci"


def test_every_variable_of_the_script_is_given_by_both() -> None:
    script = (ROOT / "scripts" / "skicka-i-ci").read_text(encoding="utf-8")
    wanted = re.search(r"for namn in ([A-Z ]+); do", script)
    assert wanted
    for name in wanted[1].split():
        assert name in steps("skicka")[-1]["env"]
        assert f"{name}=" in gitlab()["skicka"]["script"][0]


# --- and what they do ---


@dataclass
class Forge:
    """A repository with a project, where tags are laid and runners get fresh clones."""

    origin: Path
    folder: Path
    certifikat: Certifikat
    lada: Postserver
    venv: Path

    def clone(self, name: str, ref: str = "main") -> Path:
        """What a runner checks out: one commit, with a link to the tool that was installed once."""
        target = self.folder / name
        git(self.folder, "clone", "--quiet", "--depth=1", f"--branch={ref}", self.origin.as_uri(), str(target))
        (target / ".venv" / "bin").mkdir(parents=True)
        (target / ".venv" / "bin" / "uppfoljning").symlink_to(self.venv / "bin" / "uppfoljning")
        return target

    def environment(self, run: str, tag: str) -> dict[str, str]:
        """What the steps are given: the expressions of GitHub's file, filled in."""
        lista = (self.folder / "mottagare.yaml").read_text(encoding="utf-8")
        values = {
            "github.ref_name": tag,
            "github.run_id": run,
            "github.run_attempt": "1",
            "vars.UTSKICK_TILL": "utskott=3",
            "secrets.UTSKICK_MOTTAGARE": lista,
            "secrets.UPPFOLJNING_SMTP_ANVANDARE": "",
            "secrets.UPPFOLJNING_SMTP_LOSENORD": LOSENORD,
            "secrets.UPPFOLJNING_SMTP_TOKEN": "",
        }
        given = steps("skicka")[-1]["env"]
        filled = {k: re.sub(r"\$\{\{ (.*?) \}\}", lambda m: values[m[1]], v) for k, v in given.items()}
        return {**bygge.environment(self.certifikat.ca, {}), **filled}

    def send(self, name: str, run: str, tag: str = "2022-H1") -> subprocess.CompletedProcess[str]:
        """The last step of the job that sends, in a fresh clone."""
        return step(self.clone(name, tag), steps("skicka")[-1]["run"], self.environment(run, tag), self.lada)

    def tag(self, name: str) -> None:
        git(self.origin, "tag", name, "main")


def git(cwd: Path, *args: str) -> str:
    named = {f"GIT_{who}_{what}": "x@example.se" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *args], cwd=cwd, env={**os.environ, **named}, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def step(
    clone: Path, command: str, env: Mapping[str, str], lada: Postserver | None = None
) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it: bash that stops at the first error."""
    with subprocess.Popen(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
        cwd=clone,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        if lada is not None:
            lada.pid = -process.pid  # the whole group: the machine is gone
        out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess([], process.returncode, out, err)


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    source = bygge.project(tmp_path / "source")
    shutil.copytree(ROOT / "scripts", source / "scripts")
    (source / ".gitignore").write_text("/rapporter/\n/utskick/\n/data/mottagare.yaml\n.venv/\n", encoding="utf-8")
    git(source, "init", "--quiet", "--initial-branch=main")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message=Underlag")
    git(tmp_path, "clone", "--quiet", "--bare", str(source), "origin.git")
    certifikat = authority(tmp_path)
    with server(certifikat.context()) as lada:
        bygge.write_list(source, lada.port)
        (source / "data" / "mottagare.yaml").rename(tmp_path / "mottagare.yaml")
        found = Forge(tmp_path / "origin.git", tmp_path, certifikat, lada, Path(sys.executable).parents[1])
        found.tag("2022-H1")
        yield found


@pytest.mark.tung
def test_a_tag_sends_to_each_once_and_running_the_job_again_sends_nothing(forge: Forge) -> None:
    first = forge.send("ett", "1")
    assert first.returncode == 0, first.stdout + first.stderr
    assert forge.lada.mottagare() == ALL
    again = forge.send("tva", "2")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Det finns ingen kvar att skicka till nu." in again.stdout
    assert forge.lada.mottagare() == ALL
    journal = git(forge.origin, "show", "utskick:journal.jsonl")
    assert [line.count('"handelse": "skickad"') for line in journal.splitlines()].count(1) == 3
    check_nothing_personal(forge, first, again)


def check_nothing_personal(forge: Forge, *done: subprocess.CompletedProcess[str]) -> None:
    """No secret and no person's address, in a log, in a branch or left in a clone."""
    texts = [text for one in done for text in (one.stdout, one.stderr)]
    texts += [git(forge.origin, "log", "--all", "--patch", "utskick")]
    for text in texts:
        assert LOSENORD not in text
        assert "tredje.ledamoten" not in text
        assert "Ledamot" not in text
    assert not list(forge.folder.glob("*/data/mottagare.yaml"))
    assert not list(forge.folder.glob("*/rapporter/*.eml"))


@pytest.mark.tung
def test_a_machine_that_dies_on_the_way_leaves_it_unknown_and_the_next_run_sends_to_nobody(forge: Forge) -> None:
    forge.lada.regler.append(Regel("mail", "doda"))
    assert forge.send("ett", "1").returncode == -signal.SIGKILL
    assert forge.lada.inkommet == []
    again = forge.send("tva", "2")
    assert again.returncode == 3
    assert again.stdout.count("okänt om den har kommit fram (körningen github-1-1 tog på sig den") == 3
    assert forge.lada.inkommet == []


@pytest.mark.tung
def test_a_person_settles_what_is_unknown_and_the_next_run_goes_on(forge: Forge) -> None:
    forge.lada.regler.append(Regel("slut", "lagg_pa", ALL[1]))
    assert forge.send("ett", "1").returncode == 3
    mine = forge.clone("min")
    shutil.copy(forge.folder / "mottagare.yaml", mine / "data" / "mottagare.yaml")
    env = forge.environment("0", "2022-H1")
    assert step(mine, "scripts/skicka-i-ci hamta", env).returncode == 0
    unknown = bygge.send(mine, env, *bygge.SKICKA)
    assert f"<{ALL[1]}>: okänt om den har kommit fram" in unknown.stdout
    settled = bygge.send(mine, env, *bygge.SKICKA, "--skicka-igen", ALL[1], "--skarpt", "--ja", "3")
    assert settled.returncode == 0, settled.stderr
    saved = step(mine, "scripts/skicka-i-ci spara", env)
    assert saved.returncode == 0, saved.stderr
    assert forge.send("tre", "3").returncode == 0
    assert sorted(forge.lada.mottagare()) == sorted(ALL)


@pytest.mark.tung
def test_a_journal_with_lines_of_its_own_is_never_overwritten(forge: Forge) -> None:
    assert forge.send("ett", "1").returncode == 0
    mine = forge.clone("min")
    env = forge.environment("0", "2022-H1")
    (mine / "utskick").mkdir()
    (mine / "utskick" / "journal.jsonl").write_text("min egen rad\n", encoding="utf-8")
    for command in ("hamta", "spara"):
        refused = step(mine, f"scripts/skicka-i-ci {command}", env)
        assert refused.returncode == 1
        assert "har rader som inte finns i" in refused.stderr
    assert (mine / "utskick" / "journal.jsonl").read_text(encoding="utf-8") == "min egen rad\n"


@pytest.mark.tung
def test_a_failure_that_sent_nothing_can_be_run_again(forge: Forge) -> None:
    forge.lada.regler.append(Regel("auth", "535 5.7.8 Nej"))
    failed = forge.send("ett", "1")
    assert failed.returncode == 3
    assert "godtog inte inloggningen" in failed.stderr
    assert forge.send("tva", "2").returncode == 0
    assert forge.lada.mottagare() == ALL


@pytest.mark.tung
def test_two_runs_at_once_send_once(forge: Forge) -> None:
    forge.lada.regler.append(Regel("lagrad", "vanta 2"))
    clones = [forge.clone(name, "2022-H1") for name in ("ett", "tva")]
    started = [
        subprocess.Popen(
            ["bash", "-e", "-c", "scripts/skicka-i-ci"],
            cwd=clone,
            env=forge.environment(str(n), "2022-H1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for n, clone in enumerate(clones)
    ]
    ended = [bygge.finish(process) for process in started]
    assert sorted(forge.lada.mottagare()) == sorted(ALL), [e.stderr for e in ended]
    assert 0 in {e.returncode for e in ended}


@pytest.mark.tung
def test_a_new_version_is_sent_with_a_tag_of_its_own(forge: Forge) -> None:
    assert forge.send("ett", "1").returncode == 0
    work = forge.folder / "andring"
    git(forge.folder, "clone", "--quiet", str(forge.origin), str(work))
    path = work / "data" / "aterkoppling" / "2022-K2" / "a1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Arbetet pågår.", "Arbetet är klart."), encoding="utf-8")
    git(work, "commit", "--quiet", "--all", "--message=Rättat")
    git(work, "push", "--quiet", "origin", "main")
    forge.tag("2022-H1-v2")
    done = forge.send("tva", "2", "2022-H1-v2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert forge.lada.mottagare() == ALL * 2
    assert [b["Subject"].startswith("Ny version: ") for b in forge.lada.brev()] == [False] * 3 + [True] * 3


def someone_saves_a_line(forge: Forge) -> None:
    """What a person does on a machine of their own, here about an earlier half-year."""
    mine = forge.clone("min")
    env = forge.environment("0", "2022-H1")
    assert step(mine, "scripts/skicka-i-ci hamta", env).returncode == 0
    path = mine / "utskick" / "journal.jsonl"
    line = path.read_text(encoding="utf-8").splitlines()[0]
    with path.open("a", encoding="utf-8") as journal:
        journal.write(line.replace("2022-H1", "2021-H2") + "\n")
    assert step(mine, "scripts/skicka-i-ci spara", env).returncode == 0


def with_git(forge: Forge, name: str, failing: str) -> dict[str, str]:
    """An environment in which one of git's commands fails."""
    folder = forge.folder / f"git-{name}"
    folder.mkdir()
    program = folder / "git"
    real = shutil.which("git")
    program.write_text(f'#!/bin/bash\n[[ $1 == {failing} ]] && exit 128\nexec {real} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = forge.environment(name, "2022-H1")
    return {**env, "PATH": f"{folder}:{env['PATH']}"}


@pytest.mark.tung
@pytest.mark.parametrize("failing", ["hash-object", "mktree", "commit-tree", "ls-remote", "push"])
def test_a_git_that_fails_before_the_sending_stops_it_and_the_branch_is_as_it_was(failing: str, forge: Forge) -> None:
    assert forge.send("ett", "1").returncode == 0
    before = git(forge.origin, "rev-parse", "utskick")
    path = forge.folder / "mottagare.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "      - adress: info@example.se\n", encoding="utf-8")  # one who is to be sent it
    env = {**with_git(forge, "2", failing), "TILL": "utskott=4"}
    done = step(forge.clone("tva", "2022-H1"), steps("skicka")[-1]["run"], env)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Inget har skickats" in done.stderr
    assert git(forge.origin, "rev-parse", "utskick") == before
    assert len(forge.lada.inkommet) == 3


@pytest.mark.tung
def test_a_branch_that_can_not_be_read_just_then_never_loses_its_lines(forge: Forge) -> None:
    forge.lada.regler.append(Regel("rcpt", "vanta 4", ALL[2]))
    folder = forge.folder / "git-show"
    folder.mkdir()
    flag = folder / "fallit"  # git show fails once, after the sending has begun
    script = f"[[ $1 == show && -e {folder}/nu && ! -e {flag} ]] && {{ touch {flag}; exit 128; }}"
    (folder / "git").write_text(f'#!/bin/bash\n{script}\nexec {shutil.which("git")} "$@"\n', encoding="utf-8")
    (folder / "git").chmod(0o755)
    env = forge.environment("1", "2022-H1")
    clone = forge.clone("ett", "2022-H1")
    process = subprocess.Popen(
        ["bash", "-e", "-c", "scripts/skicka-i-ci"],
        cwd=clone,
        env={**env, "PATH": f"{folder}:{env['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert forge.lada.lagrat.wait(60)
    (folder / "nu").touch()
    someone_saves_a_line(forge)
    done = bygge.finish(process)
    assert done.returncode == 0, done.stderr
    assert flag.exists()
    saved = git(forge.origin, "show", "utskick:journal.jsonl")
    assert "2021-H2" in saved
    assert saved.count('"handelse": "skickad"') == 3


@pytest.mark.tung
def test_a_push_that_fails_for_one_forum_leaves_the_next_to_go(forge: Forge) -> None:
    flag = forge.folder / "fallit"
    hook = forge.origin / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\n[ -e {flag} ] || {{ touch {flag}; exit 1; }}\n", encoding="utf-8")
    hook.chmod(0o755)
    path = forge.folder / "mottagare.yaml"
    other = "  styrgrupp:\n    mottagare:\n      - adress: info@example.org\n"
    path.write_text(path.read_text(encoding="utf-8") + other, encoding="utf-8")
    env = {**forge.environment("1", "2022-H1"), "TILL": "styrgrupp=1 utskott=3"}
    done = step(forge.clone("ett", "2022-H1"), steps("skicka")[-1]["run"], env)
    assert done.returncode == 3
    assert "Inget har skickats till styrgrupp" in done.stderr
    assert forge.lada.mottagare() == ALL
    assert "styrgrupp" not in git(forge.origin, "show", "utskick:journal.jsonl")


@pytest.mark.tung
def test_a_job_that_may_not_write_is_told_so(forge: Forge) -> None:
    hook = forge.origin / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    done = forge.send("ett", "1")
    assert done.returncode == 3
    assert "Får jobbet skriva till projektet? Inget har skickats till utskott" in done.stderr
    assert forge.lada.inkommet == []


@pytest.mark.tung
def test_what_someone_saves_while_a_run_sends_is_kept_and_so_is_the_outcome(forge: Forge) -> None:
    forge.lada.regler.append(Regel("rcpt", "vanta 4", ALL[2]))
    clone = forge.clone("ett", "2022-H1")
    process = subprocess.Popen(
        ["bash", "-e", "-c", "scripts/skicka-i-ci"],
        cwd=clone,
        env=forge.environment("1", "2022-H1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert forge.lada.lagrat.wait(60)
    someone_saves_a_line(forge)
    done = bygge.finish(process)
    assert done.returncode == 0, done.stderr
    saved = git(forge.origin, "show", "utskick:journal.jsonl")
    assert saved.count('"handelse": "skickad"') == 3
    assert saved.count("2021-H2") >= 1
    assert forge.send("tva", "2").returncode == 0
    assert forge.lada.mottagare() == ALL


@pytest.mark.parametrize("till", [" ", "utskott", "utskott=", "utskott=tre", "utskott=3 annat"])
def test_a_list_of_forum_that_is_wrong_is_told_before_anyone_is_sent_anything(till: str, forge: Forge) -> None:
    env = {**forge.environment("1", "2022-H1"), "TILL": till}
    done = step(forge.clone("ett", "2022-H1"), steps("skicka")[-1]["run"], env)
    assert done.returncode == 2
    assert "TILL" in done.stderr
    assert forge.lada.inkommet == []


@pytest.mark.tung
def test_a_forum_that_fails_does_not_stop_the_next(forge: Forge) -> None:
    env = {**forge.environment("1", "2022-H1"), "TILL": "okant=1 utskott=3"}
    done = step(forge.clone("ett", "2022-H1"), steps("skicka")[-1]["run"], env)
    assert done.returncode == 2
    assert "Till okant blev det inte klart (avslutningskod 2)." in done.stderr
    assert forge.lada.mottagare() == ALL


def test_words_that_the_script_does_not_know_do_nothing(forge: Forge) -> None:
    clone, env = forge.clone("ett", "2022-H1"), forge.environment("1", "2022-H1")
    unknown = step(clone, "scripts/skicka-i-ci hämta", env)
    assert (unknown.returncode, unknown.stderr) == (2, "Okänt: hämta. Skriv hamta eller spara, eller inget alls.\n")
    empty = step(clone / "data", "../scripts/skicka-i-ci spara", env)
    assert (empty.returncode, empty.stderr) == (
        1,
        "Här finns ingen journal att spara. Hämta den först: scripts/skicka-i-ci hamta.\n",
    )
    assert not (clone / "data" / "utskick").exists()
    assert forge.lada.inkommet == []


@pytest.mark.parametrize("missing", ["TILL", "MOTTAGARE", "KORNING", "TAGG"])
def test_without_what_it_needs_it_says_so_and_sends_nothing(missing: str, forge: Forge) -> None:
    env = {**forge.environment("1", "2022-H1"), missing: ""}
    done = step(forge.clone("ett", "2022-H1"), steps("skicka")[-1]["run"], env)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{missing} saknas.")


def test_addresses_under_version_control_stop_it(forge: Forge) -> None:
    clone = forge.clone("ett", "2022-H1")
    shutil.copy(forge.folder / "mottagare.yaml", clone / "data" / "mottagare.yaml")
    git(clone, "add", "--force", "data/mottagare.yaml")
    done = step(clone, steps("skicka")[-1]["run"], forge.environment("1", "2022-H1"))
    assert done.returncode == 1
    assert "ligger i versionshanteringen" in done.stderr
    assert forge.lada.inkommet == []


@pytest.mark.tung
def test_the_commands_at_gitlab_send_too_with_the_list_in_a_file(forge: Forge) -> None:
    env = forge.environment("1", "2022-H1")
    for name in ("TAGG", "TILL", "MOTTAGARE", "KORNING"):
        del env[name]
    env |= {"CI_COMMIT_TAG": "2022-H1", "UTSKICK_TILL": "utskott=3", "CI_JOB_ID": "77"}
    env["UTSKICK_MOTTAGARE"] = str(forge.folder / "mottagare.yaml")
    done = step(forge.clone("ett", "2022-H1"), "\n".join(gitlab()["skicka"]["script"]), env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert forge.lada.mottagare() == ALL


@pytest.mark.tung
def test_every_job_before_the_sending_runs_as_it_stands_in_a_clone_of_this_repository(tmp_path: Path) -> None:
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    clone = tmp_path / "klon"
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    env = {k: v for k, v in bygge.environment(None, {}).items() if not k.startswith("GITHUB")}
    done = {}
    for job in ("validera", "rapporter"):
        for number, one in enumerate(steps(job)):
            done[job, number] = step(clone, one["run"], env)
            assert done[job, number].returncode == 0, done[job, number].stderr
    assert {p.name for p in (clone / "rapporter").iterdir()} == {
        "2022-K2-kvartal.pdf",
        "2022-H1-halvar-trygghetsutskottet.pdf",
    }
    for number, command in enumerate(gitlab()["rapporter"]["script"]):
        assert step(clone, command, env).returncode == 0, number

    path = clone / "data" / "aterkoppling" / "2022-K2" / "polisen.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("aktor: polisen", "aktor: polisn"), encoding="utf-8")
    line = text.splitlines().index("aktor: polisen") + 1
    broken = step(clone, steps("validera")[-1]["run"], env)
    assert broken.returncode == 1
    assert f"::error file=data/aterkoppling/2022-K2/polisen.yaml,line={line}," in broken.stdout
    assert step(clone, gitlab()["validera"]["script"][0], env).returncode == 1
    report = yaml.safe_load((clone / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert report[0]["location"] == {"path": "data/aterkoppling/2022-K2/polisen.yaml", "lines": {"begin": line}}
