"""The stages that bench/run measures: programs called, JSON documents read."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SINGLE_DATES = 9
NIGHTS = 5
OPERATED_DATES = 20
SEED = 7  # of the simulated league

# One player in so many is compared with pandas, all his games.
CHECKED_SHARE = 5


class Stopped(Exception):
    """What went wrong and what to do about it, for the reader of the terminal."""


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def call(command, what, **more):
    """The output of a program that must succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise Stopped(f"{what} failed with exit code {done.returncode}\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def write_simulated(programs, folder, season):
    call([programs["tipoff"], "league", "write", folder, "--season", season, "--seed", SEED], "league write")


def season_after(season):
    """2023-24 after 2022-23."""
    first = int(season[:4]) + 1
    return f"{first}-{(first + 1) % 100:02}"


class Homes:
    """Folders of a scratch folder that the data is imported into."""

    def __init__(self, programs, data, scratch):
        self.programs, self.data, self.scratch = programs, data, scratch
        self.imported = scratch / "imported"
        self.simulated = {}  # homes by seasons

    def measure(self, stage, *arguments):
        return json.loads(call([self.programs["tipoff_bench"], stage, *arguments], stage))

    def import_into(self, home, *folders):
        shutil.rmtree(home, ignore_errors=True)
        measured = self.measure("import", home, *folders)
        if measured["files_dropped"]:
            raise Stopped(f"import dropped {measured['files_dropped']} of {measured['files']} files\n"
                          f"tipoff --home SOME_DIR import {' '.join(map(str, folders))} says why")
        return measured

    def import_data(self):
        return self.import_into(self.imported, self.data)

    def seasons(self):
        return self.measure("seasons", self.imported)["seasons"]

    def copy(self, name):
        home = self.scratch / name
        shutil.rmtree(home, ignore_errors=True)
        # The archive of files is not read again.
        shutil.copytree(self.imported, home, ignore=shutil.ignore_patterns("archive"))
        os.sync()
        return home

    def of_seasons(self, count):
        """Homes of so many seasons at least, that of the data last. Where it has fewer, simulated ones stand in the
        place of earlier ones, in a home of their own: real and simulated data do not mix in one."""
        there = self.seasons()
        missing = count - len(there)
        if missing <= 0:
            return [self.imported]
        if missing not in self.simulated:
            say(f"the data has {len(there)} of {count} seasons; the others are simulated")
            folders, season = [], there[-1]
            for _ in range(missing):
                season = season_after(season)
                folders.append(self.scratch / f"league-{season}")
                write_simulated(self.programs, folders[-1], season)
            self.simulated[missing] = self.scratch / f"simulated-{missing}"
            self.import_into(self.simulated[missing], *folders)
        return [self.simulated[missing], self.imported]


class Pipeline:
    """Backfills of fresh homes, and the same windows in pandas."""

    def __init__(self, homes, python):
        self.homes, self.python = homes, python
        self.checked = None  # the comparison of pandas' values with the program's
        self.home = None

    def backfill(self, seasons):
        self.home = self.homes.copy("home")
        return self.homes.measure("backfill", self.home, seasons, SINGLE_DATES)

    def pandas(self, seasons, check):
        command = [self.python, HERE / "pandas_features.py", "--seasons", seasons]
        if check:
            rows = self.homes.scratch / "feature_store.csv"
            call([self.homes.programs["tipoff"], "--home", self.home, "export", "--to", rows, "--query",
                  f"SELECT * FROM features.feature_store WHERE player_id % {CHECKED_SHARE} = 0"], "export")
            command += ["--check", rows]
        measured = json.loads(call([*command, self.homes.data], f"pandas over {seasons} seasons"))
        self.checked = measured.pop("check", self.checked)
        return measured


class Learning:
    """Training beside Python, nights, the similarity search and the walk forward."""

    def __init__(self, homes, python):
        self.homes, self.python = homes, python
        self.rows = {}  # what `tipoff_bench rows` said, by seasons
        self.nights_home = None

    def file(self, seasons, kind):
        return self.homes.scratch / f"{kind}-{seasons}"

    def training(self, seasons):
        """The program and Python, one after the other, on the same rows."""
        rows, trained, factors = (self.file(seasons, kind) for kind in ("rows", "trained", "factors"))
        if seasons not in self.rows:
            self.rows[seasons] = self.homes.measure("rows", seasons, rows, *self.homes.of_seasons(seasons + 1))
        program = self.homes.measure("train", rows, factors)
        trained.write_text(json.dumps(program))
        # The program sees to it by itself.
        environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
        python = json.loads(call([self.python, HERE / "python_trees.py", rows, trained, factors],
                                 "XGBoost in Python", env=environment))
        return {"rows": self.rows[seasons], "program": program, "python": python}

    def models(self, seasons):
        """A home as it stands after so many seasons, with models; what these took."""
        self.nights_home = self.homes.copy("nights")
        self.homes.measure("backfill", self.nights_home, seasons, 0)
        return self.homes.measure("models", self.nights_home)

    def night(self):
        return self.homes.measure("night", self.nights_home, NIGHTS)

    def similarity(self, seasons):
        """Against so many seasons and what there is of the next one."""
        return self.homes.measure("similarity", NIGHTS, *self.homes.of_seasons(seasons + 1))

    def walk_forward(self, seasons):
        return self.homes.measure("walk-forward", self.homes.imported, seasons)


class Operating:
    """Days of a home whose newest season is derived, and of a simulated league."""

    def __init__(self, homes):
        self.homes = homes
        self.home = None

    def derived_home(self):
        """Derived by the first stage that measures in it, untimed."""
        if self.home is None:
            self.home = self.homes.copy("operated")
        return self.home

    def day_graph(self):
        league = self.homes.scratch / "operated-league"
        shutil.rmtree(league, ignore_errors=True)
        return {"derived": self.homes.measure("day-graph", self.derived_home(), OPERATED_DATES),
                "collected": self.homes.measure("collected-day-graph", league, OPERATED_DATES)}

    def status(self):
        return self.homes.measure("status", self.derived_home(), OPERATED_DATES)
