"""PACKS: the reports there are, each for one kind of reader. To add one is an entry, or a folder and settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.errors import SettingsError, TemplateError
from pipeline.model import Audience
from pipeline.render.text import slug
from pipeline.render_settings import FormatId, PackSettings, RenderSettings


@dataclass(frozen=True)
class Page:
    """One part of a report: its template `pages/<id>.html.j2`, and its name in outline and page head."""

    id: str
    title: str
    exhibits: tuple[str, ...] = ()
    """Where none of these exhibits speaks, the page is left out and their sentences close the page before it; empty:
    it is always there."""


@dataclass(frozen=True)
class Pack:
    """One kind of report: whom it is made for, what it holds, and the folder of its templates.

    Pages are in their order, those of the annex after them. `folders` are looked through for a template from left to
    right; `shared` comes last in every one.
    """

    id: str
    title: str
    audience: Audience
    formats: tuple[FormatId, ...]
    pages: tuple[Page, ...] = ()
    annex: tuple[Page, ...] = ()
    folders: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """In which languages; empty: in each reader's own."""
    flows_below: int = 0
    """With fewer work items than this, its pages follow each other on paper, and each opens none of its own."""

    def candidates(self, name: str) -> list[str]:
        """Where a template of this name may be, the pack's own place first."""
        return [f"{folder}/{name}" for folder in (*self.folders, "shared")]


_METHOD = Page("method", "How verdicts are reached")

PACKS: tuple[Pack, ...] = (
    Pack(
        "executive", "Executive report", "executive", ("pdf", "html"),
        pages=(
            Page("month", "The month on a page"),
            Page("change", "Change portfolio"),
            Page("run", "Run and handover", ("run_and_handover",)),
            Page("people", "People and responsibility", ("people_headline",)),
        ),
        annex=(
            Page("changes", "What changed", ("what_changed", "decided")),
            Page("verdicts", "Verdicts to settle"),
            _METHOD,
        ),
        folders=("executive",),
        flows_below=12,
    ),
    Pack(
        "department", "Department report", "department", ("pdf", "html", "xlsx"),
        pages=(
            Page("month", "The month on a page"),
            Page("balance", "Run and change", ("balance_people", "balance_trend", "balance_moves")),
            Page("workload", "Workload", ("load_map",)),
            Page("projects", "Projects", ("own_plan",)),
            Page("operations", "Operations", ("operation_list",)),
            Page("responsibility", "Who answers for what", ("raci_matrix", "loose_ends")),
            Page("handover", "Handovers and data", ("handover_conditions", "handovers_in", "data_problems")),
        ),
        folders=("department",),
        flows_below=12,
    ),
    Pack("owner", "My work", "person", ("pdf",), pages=(Page("mine", "My work"),), folders=("owner",)),
    Pack("pmo", "PMO workbook", "organisation", ("xlsx", "html"), pages=(Page("run", "The run"),), folders=("pmo",)),
)  # fmt: skip
"""Every shipped pack."""


def packs(settings: RenderSettings) -> tuple[Pack, ...]:
    """The packs of a run: the shipped ones as the settings change them, then the user's own.

    A pack of the settings takes what it does not say from the shipped pack of its name, else from the shipped pack of
    its audience, whose pages it may replace one by one. One that comes in no format of the run is left out. Raises
    SettingsError for a name that is no shipped pack's and no folder's among the user's templates.
    """
    wanted = [id for id in _known(settings) if id not in settings.packs or settings.packs[id].make]
    changed = (_changed(_SHIPPED.get(id) or _alike(id, settings), settings) for id in wanted)
    return tuple(pack for pack in changed if pack.formats)


def only(settings: RenderSettings, names: Iterable[str]) -> RenderSettings:
    """The same settings with no packs but these, whatever `make` says. Raises SettingsError for an unknown name."""
    wanted, known = set(names), _known(settings)
    for name in sorted(wanted - set(known)):
        raise SettingsError(f"there is no pack '{name}'.", "--packs", _nearest(name, known))
    said = {id: settings.packs.get(id, PackSettings()) for id in known}
    made = {id: one.model_copy(update={"make": id in wanted}) for id, one in said.items()}
    return settings.model_copy(update={"packs": made})


def audiences(settings: RenderSettings) -> frozenset[Audience]:
    """Whom the packs of a run are made for."""
    return frozenset(pack.audience for pack in packs(settings))


def unused_folders(settings: RenderSettings) -> tuple[TemplateError, ...]:
    """The folders among the user's templates that belong to no pack, so that nothing in them shows anywhere."""
    own = settings.templates
    known = {*_SHIPPED, *settings.packs, "shared", "languages"}
    folders = sorted(one.name for one in own.iterdir() if one.is_dir()) if own.is_dir() else []
    hint = "Add [render.packs.{}] with its readers to pipeline.toml, or remove the folder."
    return tuple(
        TemplateError("belongs to no pack, so no report shows it.", str(own / name), hint.format(name))
        for name in folders
        if name not in known and not name.startswith((".", "_"))
    )


def _known(settings: RenderSettings) -> list[str]:
    """Every pack by name, the shipped ones first, each of the user's own with its folder of templates."""
    for name in settings.packs:
        if name not in _SHIPPED and not (slug(name) == name and (settings.templates / name).is_dir()):
            hint = f"Make the folder {settings.templates / name} with its templates. {_nearest(name, list(_SHIPPED))}"
            raise SettingsError(f"there is no pack '{name}'.", f"render.packs.{name}", hint)
    return list(dict.fromkeys([*_SHIPPED, *settings.packs]))


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."


def _changed(pack: Pack, settings: RenderSettings) -> Pack:
    said = settings.packs.get(pack.id)
    formats = tuple(said.formats if said and said.formats else pack.formats)
    return replace(
        pack,
        title=(said.title if said else "") or pack.title,
        audience=(said.readers if said else None) or pack.audience,
        formats=tuple(one for one in formats if one in settings.formats),
        languages=tuple(said.languages) if said else (),
    )


def _alike(id: str, settings: RenderSettings) -> Pack:
    """A pack of the user's own, as the shipped one for the same readers, with its own folder first."""
    audience = settings.packs[id].readers or "organisation"
    base = _BASES[audience]
    title = id.replace("-", " ").capitalize()
    return replace(base, id=id, title=title, audience=audience, folders=(id, *base.folders))


_SHIPPED: Mapping[str, Pack] = {pack.id: pack for pack in PACKS}
_BASES: Mapping[Audience, Pack] = {"organisation": PACKS[0], **{pack.audience: pack for pack in PACKS[:3]}}
"""What a pack of the user's own is like where it says nothing else, by its readers."""
