"""`correct`: what is wrong with a name, said once and for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal, TextIO

import click

from reader.clean import clean_line
from reader.cli.changing import dry_run_option
from reader.cli.entity import KINDS, MOST, named, tell_near
from reader.cli.finding import json_option
from reader.cli.session import (
    Exit,
    Session,
    bring_index_up_to_date,
    print_json,
    print_line,
    say,
    session_of,
)
from reader.cli.shapes import corrected_record, failures_record
from reader.model import ArticleId, Correction, CorrectionKind, Entity, EntityId, EntityKind
from reader.service.cards import Cards
from reader.service.correcting import Applied, Corrected, Correcting, is_name
from reader.service.correction_lines import correction_record
from reader.text import count

kind_type = click.Choice([one.value for one in EntityKind], case_sensitive=False)


def _plain(_ctx: click.Context, _param: click.Parameter, text: str) -> str:
    """Bytes that are no text came as half characters, which a library cannot keep."""
    if not text:
        raise click.BadParameter("nothing is called so")
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _clean(_ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
    """A name that may be new."""
    if text is None:
        return None
    name = clean_line(text)
    if not name:
        raise click.BadParameter("an empty name")
    return name


name_argument = click.argument("name", callback=_plain)
form_argument = click.argument("form", callback=_plain)


@click.group("correct")
def correct_group() -> None:
    """Correct names that were recognised or linked wrongly.

    NAME is any name of an entity, or its id as in #12. A correction holds for articles that come
    later too, and `dateline undo` takes it back.
    """


@dataclass(frozen=True, slots=True)
class _Run:
    """One correction: its kind, and how it is told."""

    session: Session
    kind: CorrectionKind | Literal["restore"]
    dry_run: bool
    as_json: bool

    def entity(self, name: str) -> Entity | None:
        """The one entity of a name; None, and told, when there is none or there are several."""
        library = self.session.library
        found = library.cards.find(name)
        if found:
            return self.only(found, name)
        ignored = library.correcting.find_ignored(name)
        if ignored:
            say(f"ignored, `dateline correct restore` shows it again: {named(ignored)}")
        else:
            tell_near(library.cards, name)
        return None

    def only(self, found: Sequence[Entity], name: str) -> Entity | None:
        """The one that was found; None, and told, where there are several."""
        if len(found) == 1:
            return found[0]
        say(f'several are called "{name}", say which by its id: {named(found)}')
        return None

    def about(
        self,
        name: str,
        act: Callable[[Correcting, EntityId], Corrected],
        told: Callable[[Entity, Corrected], str],
    ) -> Exit:
        """Correct the entity of a name; `told` says what was done to it."""
        bring_index_up_to_date(self.session.library)
        return self.correct(self.entity(name), act, told)

    def correct(
        self,
        entity: Entity | None,
        act: Callable[[Correcting, EntityId], Corrected],
        told: Callable[[Entity, Corrected], str],
    ) -> Exit:
        if entity is None:
            return Exit.NOT_FOUND
        return self.do(lambda it: act(it, entity.id), lambda corrected: told(entity, corrected))

    def do(self, act: Callable[[Correcting], Corrected], told: Callable[[Corrected], str]) -> Exit:
        """Make a correction and say so."""
        library = self.session.library
        with library.rehearsal() if self.dry_run else nullcontext():
            corrected = act(library.correcting)
        if self.as_json:
            record = corrected_record(self.kind, corrected)
            print_json({**record, "changed": corrected.changed})
        else:
            self._tell(told(corrected), corrected)
        return Exit.DONE

    def _tell(self, told: str, corrected: Corrected) -> None:
        where = f"{count(corrected.mentions, 'mention')} in {count(corrected.articles, 'article')}"
        if not corrected.changed:
            say(f"nothing to change, it is so already: {told}")
        elif self.dry_run:
            say(f"would have {told}: {where}")
        else:
            say(f"{told}: {where}; `dateline undo` takes it back")
        if corrected.namesakes:
            others = named(corrected.namesakes)
            say(f"called so too: {others}; `dateline correct merge` makes them one")


@correct_group.command("rename")
@name_argument
@click.argument("new", callback=_clean)
@dry_run_option
@json_option
@session_of
def rename_command(session: Session, name: str, new: str, dry_run: bool, as_json: bool) -> Exit:
    """Show NAME under the name NEW; it is found by both."""
    run = _Run(session, CorrectionKind.RENAME, dry_run, as_json)
    return run.about(
        name, lambda it, one: it.rename(one, new), lambda one, _: f'renamed "{one.name}" to "{new}"'
    )


@correct_group.command("kind", short_help="Say whether NAME is a person, a place, or what else.")
@name_argument
@click.argument("kind", type=kind_type)
@dry_run_option
@json_option
@session_of
def kind_command(session: Session, name: str, kind: str, dry_run: bool, as_json: bool) -> Exit:
    """Say what NAME is: a person, a place, an organisation or another name.

    Where another of that name and kind is there, the two become one.
    """
    run, is_now = _Run(session, CorrectionKind.KIND, dry_run, as_json), EntityKind(kind)

    def told(one: Entity, corrected: Corrected) -> str:
        said, now = f'set "{one.name}" to {KINDS[is_now]}', corrected.entity
        if now is None or now.entity.id == one.id:
            return said
        return f"{said} and made it one with {named([now.entity])}"

    return run.about(name, lambda it, one: it.set_kind(one, is_now), told)


@correct_group.command("ignore", short_help="Say that NAME is no name at all.")
@name_argument
@dry_run_option
@json_option
@session_of
def ignore_command(session: Session, name: str, dry_run: bool, as_json: bool) -> Exit:
    """Say that NAME is no name at all: it is shown nowhere any more."""
    run = _Run(session, CorrectionKind.IGNORE, dry_run, as_json)
    return run.about(name, lambda it, one: it.ignore(one), lambda one, _: f'ignored "{one.name}"')


@correct_group.command("restore")
@name_argument
@dry_run_option
@json_option
@session_of
def restore_command(session: Session, name: str, dry_run: bool, as_json: bool) -> Exit:
    """Show NAME again, which was ignored."""
    run = _Run(session, "restore", dry_run, as_json)
    found = session.library.correcting.find_ignored(name)
    if not found:
        say(f'nothing that is called "{name}" is ignored')
        return Exit.NOT_FOUND
    return run.correct(
        run.only(found, name),
        lambda it, one: it.restore(one),
        lambda one, _: f'restored "{one.name}"',
    )


@correct_group.command("merge")
@name_argument
@click.argument("into", callback=_plain)
@dry_run_option
@json_option
@session_of
def merge_command(session: Session, name: str, into: str, dry_run: bool, as_json: bool) -> Exit:
    """Make NAME one with INTO, which gives it its name."""
    run = _Run(session, CorrectionKind.MERGE, dry_run, as_json)
    bring_index_up_to_date(session.library)
    target = run.entity(into)
    if target is None:
        return Exit.NOT_FOUND

    def told(one: Entity, _: Corrected) -> str:
        if one.kind is target.kind:
            return f'made "{one.name}" one with "{target.name}"'
        kinds = KINDS[one.kind], KINDS[target.kind]
        return f'made "{one.name}" ({kinds[0]}) one with "{target.name}" ({kinds[1]})'

    return run.about(name, lambda it, one: it.merge(one, target.id), told)


@correct_group.command("split", short_help="Give one of the names of NAME an entity of its own.")
@name_argument
@form_argument
@dry_run_option
@json_option
@session_of
def split_command(session: Session, name: str, form: str, dry_run: bool, as_json: bool) -> Exit:
    """Give what articles write as FORM, one of the names seen of NAME, an entity of its own."""
    run = _Run(session, CorrectionKind.SPLIT, dry_run, as_json)
    return run.about(
        name,
        lambda it, one: it.split_everywhere(one, form),
        lambda one, _: f'split "{form}" off "{one.name}"',
    )


@correct_group.command("mention")
@click.argument("article", type=click.IntRange(min=1))
@form_argument
@click.argument("name", required=False, callback=_clean)
@click.option(
    "--nth",
    type=click.IntRange(min=1),
    help="Which FORM of the text; else the first that is a name, or the first.",
)
@click.option("--kind", type=kind_type, help="NAME is of this kind, and may be new.")
@click.option("--nobody", is_flag=True, help="It names nobody and nothing.")
@dry_run_option
@json_option
@session_of
def mention_command(
    session: Session,
    article: int,
    form: str,
    name: str | None,
    nth: int | None,
    kind: str | None,
    nobody: bool,
    dry_run: bool,
    as_json: bool,
) -> Exit:
    """Say that FORM, as ARTICLE (an id) writes it, names NAME."""
    if nobody == (name is not None):
        raise click.UsageError("give either a NAME or --nobody")
    if name and not is_name(name):
        raise click.BadParameter("a name of signs alone")
    run = _Run(session, CorrectionKind.MENTION, dry_run, as_json)
    bring_index_up_to_date(session.library)
    place = _place_of(session, ArticleId(article), form, nth)
    if place is None:
        return Exit.NOT_FOUND
    start, where = place
    is_a = EntityKind(kind) if kind else None
    to = run.entity(name) if name and not is_a else None
    if name and not (to or is_a):
        say("with --kind it may be a new one")
        return Exit.NOT_FOUND
    shown = to.name if to else name or "nobody"
    return run.do(
        lambda it: it.reassign(
            article, start, start + len(form), to.id if to else None, name or "", is_a
        ),
        lambda _: f'set "{form}"{where} in article {article} to {shown}',
    )


def _place_of(
    session: Session, article_id: ArticleId, form: str, nth: int | None
) -> tuple[int, str] | None:
    """Where an article has `form` for the nth time from 1, else where it first names something
    so, or has it at all; and words for that where it has it several times."""
    reading = session.library.reading
    with reading.snapshot():
        article = reading.get_article(article_id)
        mentions = reading.list_mentions(article_id, least=0.0)
    starts = [at for at in range(len(article.text)) if article.text.startswith(form, at)]
    if len(starts) < (nth or 1):
        say(f'article {article_id} has "{form}" {count(len(starts), "time")}')
        return None
    naming = [one.start for one in mentions if one.text == form]
    start = starts[nth - 1] if nth else (naming or starts)[0]
    number = f", number {starts.index(start) + 1} of {len(starts)}," if len(starts) > 1 else ""
    return start, number


@correct_group.command("list", short_help="The corrections that stand.")
@json_option
@session_of
def list_command(session: Session, as_json: bool) -> None:
    """The corrections that stand; with --json one object a line, as `correct apply` reads it."""
    correcting = session.library.correcting
    for one in correcting.list_all():
        if as_json:
            print_json(correction_record(one))
        else:
            print_line(_described(one, correcting.article_of(one)))


@correct_group.command("apply", short_help="Make the corrections of FILE, one a line.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@dry_run_option
@json_option
@session_of
def apply_command(session: Session, file: TextIO, dry_run: bool, as_json: bool) -> Exit:
    """Make the corrections of FILE (- is standard input), one a line.

    They tell a name as it was recognised, like `correct list --json`; those of names that are
    not here yet hold for the articles to come. Each is one change for `dateline undo`.
    """
    bring_index_up_to_date(session.library)
    with session.library.rehearsal() if dry_run else nullcontext():
        report = session.library.correcting.apply_lines(file, file.name)
        session.library.correcting.finish()
    if as_json:
        print_json(_applied_record(report))
    would = "would have applied" if dry_run else "applied"
    stood = f", {report.unchanged:,} of which stood already" if report.unchanged else ""
    say(f"{would} {count(report.applied, 'correction')}{stood}")
    if report.waiting:
        awaited = _awaited(session.library.cards, report.waiting)
        say(f"{len(report.waiting):,} of names that no article has yet: {awaited}")
    for one in report.failed:
        say(f"{one.path}:{one.item}: {one.reason}")
    return Exit.SOME_FAILED if report.failed else Exit.DONE


def _applied_record(report: Applied) -> dict[str, object]:
    return {
        "applied": report.applied,
        "unchanged": report.unchanged,
        "waiting": [correction_record(one) for one in report.waiting],
        "failed": failures_record(report.failed),
    }


def _awaited(cards: Cards, waiting: Sequence[Correction]) -> str:
    """Names with their kinds, and who may have been meant."""
    names = list(dict.fromkeys((one.name, one.kind) for one in waiting))
    shown = []
    for name, kind in names[:MOST]:
        bearers = [one for one in cards.find(name) if one.kind is kind]
        meant = f", a name of {named(bearers)}" if bearers else ""
        shown.append(f'"{name}" ({KINDS[kind]}){meant}')
    return "; ".join(shown) + ("; ..." if len(names) > MOST else "")


def _described(one: Correction, article: ArticleId | None) -> str:
    to = f'"{one.to}"' if one.to else "nobody"
    to += f" ({KINDS[one.to_kind]})" if one.to_kind else ""
    about = f'"{one.name}" ({KINDS[one.kind]})'
    match one.correction:
        case CorrectionKind.RENAME:
            return f"rename {about} to {to}"
        case CorrectionKind.KIND if one.to_kind:
            return f"set {about} to {KINDS[one.to_kind]}"
        case CorrectionKind.MERGE:
            return f"make {about} one with {to}"
        case CorrectionKind.SPLIT:
            return f'split "{clean_line(one.form)}" off {about}'
        case CorrectionKind.MENTION:
            form = clean_line(one.form)
            return f'set "{form}", number {one.place + 1} in article {article}, to {to}'
        case _:
            return f"ignore {about}"
