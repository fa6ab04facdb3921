"""`thidua lexicon`: whether the tables that the reader knows the field by are sound."""

from pathlib import Path

import data
from pipelines.commands.options import DONE, NOTHING
from pipelines.commands.say import as_json, note
from pipelines.errors import InputError


def check_lexicon(folder: Path | None, *, json_out: bool) -> int:
    """Print every problem of the lexicon in `folder` (the bundled one where none is given); 1 where there is any."""
    from nlp.lexicon_check import check

    where = folder or data.LEXICON
    if not where.is_dir():
        raise InputError(f"{where}: no such folder; give the folder that holds the tables (*.csv)")
    problems = list(check(where))
    tables = len(list(where.glob("*.csv")))
    if json_out:
        told = [{"file": p.file, "line": p.line, "column": p.column, "message": p.message} for p in problems]
        as_json({"tables": tables, "problems": told})
    else:
        for problem in problems:
            note(str(problem))
        print(f"{tables} tables checked, {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}")
    return NOTHING if problems else DONE
