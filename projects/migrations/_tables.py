"""What the migrations of this folder have in common; as frozen as they are.

Texts that are long, or that say one thing of many tables, are data beside: choices.toml, sql/ and triggers/.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Now
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger, RemoveTrigger

Fields = list[tuple[str, Any]]

_HERE = Path(__file__).parent
CHOICES: dict[str, list[tuple[str, str]]] = {
    name: list(choices.items()) for name, choices in tomllib.loads((_HERE / "choices.toml").read_text("utf-8")).items()
}

ID: Fields = [("id", models.BigAutoField("ID", auto_created=True, primary_key=True, serialize=False))]
TIMES: Fields = [
    ("created_at", models.DateTimeField("创建时间", auto_now_add=True, db_default=Now())),
    ("updated_at", models.DateTimeField("更新时间", auto_now=True, db_default=Now())),
]
OPTIONAL: dict[str, Any] = {"blank": True, "null": True}
PLAUSIBLE = (date(1949, 10, 1), date(2199, 12, 31))
SEEDED: Fields = [("seeded", models.JSONField("上次载入的值", blank=True, editable=False, null=True))]


def replaced(*names: str) -> list[tuple[str, str]]:
    """Return the migrations of this app that one takes the place of.

    They are dealt out so that an installation between two of them has some of 0001_places_and_reports, but not all:
    then Django runs nothing by halves, and the check of projects/checks.py says what to do.
    """
    return [("projects", name) for name in names]


def link(to: str, label: str, related_name: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    """Return a foreign key to rows that stay while they are referred to."""
    return models.ForeignKey(to, models.PROTECT, verbose_name=label, related_name=related_name, **options)


def known(name: str, field: str, choices: str, *, or_empty: bool = False) -> CheckConstraint:
    """Return the constraint that a field holds one of its choices."""
    codes = [*([""] if or_empty else []), *(code for code, _ in CHOICES[choices])]
    return CheckConstraint(condition=Q(**{f"{field}__in": codes}), name=name)


def sql(name: str, **words: str) -> migrations.RunSQL:
    """Return the operation that runs a file of sql/, with ``words`` for its ``{names}``; backwards it does nothing."""
    text = (_HERE / "sql" / f"{name}.sql").read_text("utf-8")
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return migrations.RunSQL(text, migrations.RunSQL.noop)


def table(name: str, fields: Fields, label: str, **options: Any) -> migrations.CreateModel:
    """Return a table; its columns come in the order of ``fields``."""
    return migrations.CreateModel(name, fields, {"verbose_name": label, "verbose_name_plural": label, **options})


def history(name: str, fields: Fields, *, without: str = "", own_first: bool = False) -> migrations.CreateModel:
    """Return the table of the versions of a table's rows, as pghistory makes it.

    Its own keys stand among the first foreign keys, by name or before them; generated columns and ``without`` are left
    out.
    """
    versions: Fields = [
        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
        ("pgh_label", models.TextField(help_text="The event label.")),
    ]
    kept = [
        (key, _untied(field))
        for key, field in fields
        if key not in without.split() and not isinstance(field, models.GeneratedField)
    ]
    links = [place for place, (_, field) in enumerate(kept) if field.is_relation]
    place = links[0]
    while not own_first and place in links and kept[place][0] < "pgh":
        place += 1
    loose: dict[str, Any] = {"on_delete": models.DO_NOTHING, "db_constraint": False}
    own: Fields = [
        ("pgh_context", models.ForeignKey("pghistory.context", null=True, related_name="+", **loose)),
        ("pgh_obj", models.ForeignKey(f"projects.{name.lower()}", related_name="events", **loose)),
    ]
    kept[place:place] = own
    return migrations.CreateModel(f"{name}Event", [*versions, *kept], {"abstract": False})


def added(model: str, name: str, field: "models.Field[Any, Any]") -> list[migrations.AddField]:
    """Return what adds a column to a table and to that of its rows' versions."""
    return [migrations.AddField(model, name, field), migrations.AddField(f"{model}event", name, _untied(field))]


def _untied(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """Return a copy of a field that neither refers, nor is unique, nor has an index."""
    if isinstance(field, models.BigAutoField):
        return models.BigIntegerField()
    _, _, args, kwargs = field.deconstruct()
    for tie in ("unique", "primary_key"):
        kwargs.pop(tie, None)
    if isinstance(field, models.SlugField):
        kwargs["db_index"] = False
    if field.is_relation:
        kwargs |= {"on_delete": models.DO_NOTHING, "db_constraint": False, "db_index": False}
        kwargs |= {"related_name": "+", "related_query_name": "+"}
    return type(field)(*args, **kwargs)


class CreateTogether(Operation):
    """Make tables that refer to each other."""

    def __init__(self, tables: list[migrations.CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for one in self.tables:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for one in self.tables:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for one in reversed(self.tables):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {', '.join(one.name for one in self.tables)}"


# -- Triggers ---------------------------------------------------------------------------------------------------------

# pghistory's own columns of a version, but for its key and time.
_EVENT = {"pgh_context_id": "_pgh_attached_context.value", "pgh_created_at": "NOW()", "pgh_label": "", "pgh_obj_id": ""}


def triggers(name: str) -> list[AddTrigger | RemoveTrigger]:
    """Return what a file of triggers/ says: which triggers go, and which come, each told once for all its models.

    ``columns`` and ``texts`` of the file are lists of columns and texts by model. A trigger names the list that it is
    about; its models are ``models``, else all that the list has. Words in braces are replaced, see ``_expand``.
    """
    data = tomllib.loads((_HERE / "triggers" / f"{name}.toml").read_text("utf-8"))
    gone = [RemoveTrigger(model, key) for key, models_ in data.get("removed", {}).items() for model in models_.split()]
    come = []
    for one in data["triggers"]:
        columns = data["columns"][one.pop("columns")] if "columns" in one else {}
        for model in one.pop("models").split() if "models" in one else columns:
            texts = {key: text[model] for key, text in data.get("texts", {}).items() if model in text}
            come.append(_add(model, one, columns.get(model, "").split(), texts))
    return [*gone, *come]


def _add(model: str, texts: Mapping[str, str], columns: list[str], words: Mapping[str, str]) -> AddTrigger:
    """Return the operation that adds a trigger, under the name and with the hash that pgtrigger gives it."""
    name = texts["name"]
    # The one model that is a proxy of another app's.
    table = "pghistory_context" if model == "ChangeContext" else f"projects_{model.lower()}"
    uri = hashlib.sha1(f"projects.{model}:{name}".encode(), usedforsecurity=False).hexdigest()
    rest = {key: _expand(text, table, columns, words) for key, text in texts.items() if key != "name"}
    compiled = UpsertTriggerSql(pgid=f"pgtrigger_{name}_{uri[:5]}", table=table, **rest)
    return AddTrigger(model_name=model.lower(), trigger=Trigger(name=name, sql=compiled))


def _expand(text: str, table: str, columns: list[str], texts: Mapping[str, str]) -> str:
    """Replace what stands in braces: ``table``, a text of the model, or columns in one of these forms.

    ``differ OLD NEW``, ``same OLD NEW``: a condition on two rows, but for the columns of ``silent``; ``row o`` or
    ``row o year title``: the columns of a row; ``event_columns`` and ``event_values new_values insert``: what pghistory
    writes of a row, whose key is ``key``.
    """
    key = texts.get("key", "id")
    told = {"key": key, "silent": "updated_at", "table": table, **texts}

    def compared(old: str, new: str, how: str) -> Iterator[str]:
        silent = told["silent"].split()
        return (f'{old}."{column}" {how} ({new}."{column}")' for column in columns if column not in silent)

    def replace(found: re.Match[str]) -> str:
        match found[1].split():
            case "differ", old, new:
                return " OR ".join(compared(old, new, "IS DISTINCT FROM"))
            case "same", old, new:
                return " AND ".join(compared(old, new, "IS NOT DISTINCT FROM"))
            case "row", row, *some:
                return "(" + ", ".join(f'{row}."{column}"' for column in some or columns) + ")"
            case ["event_columns"]:
                return ", ".join(f'"{column}"' for column in sorted([*columns, *_EVENT]))
            case "event_values", row, label:
                own = {**_EVENT, "pgh_label": f"'{label}'", "pgh_obj_id": row + f'."{key}"'}
                return ", ".join(own.get(column) or f'{row}."{column}"' for column in sorted([*columns, *_EVENT]))
            case name:
                return _expand(told[" ".join(name)], table, columns, texts)

    return re.sub(r"\{([a-z_]+(?: [a-zA-Z0-9_ ]+)?)\}", replace, text)
