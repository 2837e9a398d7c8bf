"""What the reader says of entities that were recognised or linked wrongly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import Any

from index.analysis import fold
from reader.clean import clean_line
from reader.errors import (
    ArticleNotFoundError,
    FormNotFoundError,
    PlaceNotFoundError,
    SameEntityError,
)
from reader.model import (
    ArticleId,
    Correction,
    CorrectionKind,
    Entity,
    EntityId,
    EntityKind,
    ImportFailure,
)
from reader.store.corrections_told import NameKeys, find_article, told_corrections
from reader.store.database import Database
from reader.store.entity_changes import AT_ONCE, EntityChange, EntityChanges, Rule
from reader.store.entity_rows import SHOWN, entity_of, namings_of
from reader.store.finding import EntityFinder
from reader.store.naming import NOBODY
from reader.store.roots import Roots
from reader.store.rules import Spot, spot_at, start_of


class Corrections:
    """Corrections of entities, each one event that can be undone. They hold for all articles,
    those that come later too, and whatever recogniser reads them.

    `key` folds a name, `name_key` tells the key of an entity of a kind that is called so. Every
    id stands for what it was made part of. All methods raise EntityNotFoundError.
    """

    def __init__(
        self,
        database: Database,
        changes: EntityChanges,
        key: Callable[[str], str],
        name_key: Callable[[str, EntityKind], str],
    ) -> None:
        self._database = database
        self._changes = changes
        self._keys = NameKeys(database, key)
        self._name_key = name_key
        self._finder = EntityFinder(database)
        self._roots = Roots(database)

    def rename(self, entity_id: int, name: str) -> None:
        """Show an entity under this name; its own name again, or none, takes the change back."""
        root, name = self._roots.root(entity_id), clean_line(name)
        own, _, _ = self._own(root)
        detail = f'rename "{self._shown(root).name}" to "{name or own}"'
        self._set_fields(detail, root, reader_name=None if name in ("", own) else name)

    def set_kind(self, entity_id: int, kind: EntityKind) -> None:
        """Show an entity among this kind. Where one of the same name is of that kind already,
        it becomes part of that one."""
        root = self._roots.root(entity_id)
        _, own, key = self._own(root)
        other = self._finder.find(key, kind)
        if other is not None and self._roots.root(other) != root:
            self.merge(root, other)
            return
        detail = f'change "{self._shown(root).name}" to {kind}'
        self._set_fields(detail, root, reader_kind=None if kind == own else kind)

    def ignore(self, entity_id: int) -> None:
        """Show an entity nowhere: it is none."""
        root = self._roots.root(entity_id)
        self._set_fields(f'ignore "{self._shown(root).name}"', root, ignored=1)

    def restore(self, entity_id: int) -> None:
        """Show an ignored entity again."""
        root = self._roots.root(entity_id)
        self._set_fields(f'restore "{self._shown(root).name}"', root, ignored=0)

    def get(self, entity_id: int) -> Entity:
        """An entity as it is shown, an ignored one as it would be."""
        return self._shown(self._roots.root(entity_id))

    def ignored(self) -> tuple[Entity, ...]:
        """What is shown nowhere, by name."""
        rows = self._database.rows(
            f"SELECT {SHOWN} FROM entity e INDEXED BY entity_ignored"  # noqa: S608
            " WHERE e.ignored AND e.root IS NULL ORDER BY coalesce(e.reader_name, e.name), e.id"
        )
        return tuple(map(entity_of, rows))

    def merge(self, entity_id: int, into: int) -> None:
        """Make an entity part of another. Raises SameEntityError when it is already."""
        root, other = self._roots.root(entity_id), self._roots.root(into)
        if root == other:
            raise SameEntityError(self._shown(other).name)
        one, two = self._shown(root), self._shown(other)
        kinds = ("", "") if one.kind is two.kind else (f" ({one.kind})", f" ({two.kind})")
        detail = f'merge "{one.name}"{kinds[0]} into "{two.name}"{kinds[1]}'
        self._changes.make(detail, [EntityChange(Rule.MERGE, (root,), None, other)])

    def split(self, entity_id: int, form: str) -> EntityId:
        """Give a name that articles write for an entity to one of its own. Raises
        FormNotFoundError when none does."""
        root = self._roots.root(entity_id)
        members = self._roots.members([root])
        forms = self._database.rows(
            "SELECT text FROM form WHERE entity_id IN (SELECT value FROM json_each(?))",
            (str(members),),
        )
        if not any(fold(text) == fold(form) for (text,) in forms):
            raise FormNotFoundError(self._shown(root).name, form)
        return self._split(root, form, None)

    def reassign(
        self,
        article_id: int,
        start: int,
        end: int,
        to: EntityId | None,
        name: str = "",
        kind: EntityKind | None = None,
    ) -> EntityId | None:
        """Let one place of an article (code points) name another entity, also where nothing was
        found: `to`, else the one called `name`, made when there is none, else nothing at all.

        Raises ArticleNotFoundError and PlaceNotFoundError.
        """
        row = self._database.row("SELECT text FROM body WHERE article_id = ?", (article_id,))
        if row is None:
            raise ArticleNotFoundError(article_id)
        form = row[0][start:end] if 0 <= start < end <= len(row[0]) else ""
        spot = spot_at(row[0], form, start)
        if spot is None:
            raise PlaceNotFoundError(article_id, start, end)
        before = self._named_at(article_id, start, end)
        with self._database.transaction():
            if to is None and name:
                known = None if before is None else self._own(before)[1]
                to = self._called(clean_line(name), kind or known or EntityKind.MISC)
            elif to is not None:
                to = EntityId(self._roots.root(to))
            self._override(article_id, self._known_spot(article_id, row[0], spot), before, to)
        return to

    def find_article(self, identity: str) -> ArticleId | None:
        """The article that `list` tells by this identity, hexadecimal."""
        found = find_article(self._database, identity)
        return None if found is None else ArticleId(found[0])

    def waits(self, one: Correction) -> bool:
        """Whether a correction that `list` told is about an entity that no article names yet."""
        if one.correction is CorrectionKind.MENTION:
            return False
        own = self._finder.find(self._keys.key(clean_line(one.name)), one.kind)
        return own is None or not self._database.value(
            "SELECT articles FROM entity WHERE id = ?", (self._roots.root(own),)
        )

    def waiting(self) -> int:
        """To how many articles a name that was split off, or is no longer, is still to be given
        to its entity."""
        return self._changes.waiting()

    def apply_waiting(self, limit: int = AT_ONCE) -> int:
        """Do that in `limit` of these articles; how many still wait."""
        return self._changes.apply_waiting(limit)

    def list(self) -> tuple[Correction, ...]:
        """All that stands now, in terms that hold in any library, in the order in which `apply`
        wants it."""
        with self._database.snapshot():
            return tuple(told_corrections(self._database, self._keys))

    def apply(self, corrections: Sequence[Correction]) -> tuple[ImportFailure, ...]:
        """Make corrections that `list` told; what stands already is left alone. Entities that
        are not there are made, so that articles that come later are corrected too.

        A failure has the number of its correction, from 1, as `item`.
        """
        failures = []
        with self._database.transaction():
            for number, one in enumerate(corrections, 1):
                if reason := self._apply(one):
                    failures.append(ImportFailure("", str(number), reason))
        return tuple(failures)

    def _apply(self, one: Correction) -> str:
        """Make one correction; why it cannot be made, or ""."""
        if one.correction is CorrectionKind.MENTION:
            return self._apply_mention(one)
        own = self._find_or_add(one.name, one.kind)
        if self._stands(one, own):
            return ""
        root = self._roots.root(own)
        match one.correction:
            case CorrectionKind.RENAME:
                self.rename(root, one.to)
            case CorrectionKind.KIND:
                self.set_kind(root, one.to_kind or one.kind)
            case CorrectionKind.IGNORE:
                self.ignore(root)
            case CorrectionKind.MERGE:
                into = self._roots.root(self._find_or_add(one.to, one.to_kind or one.kind))
                if root != into:
                    self.merge(root, into)
            case _ if own not in self._splits(fold(one.form)):
                self._split(root, one.form, self._target(root, one))
        return ""

    def _stands(self, one: Correction, own: int) -> bool:
        """Whether this is said of an entity already, which may be part of another since."""
        name, kind, ignored = self._database.rows(
            "SELECT reader_name, reader_kind, ignored FROM entity WHERE id = ?", (own,)
        )[0]
        match one.correction:
            case CorrectionKind.RENAME:
                return bool(name == clean_line(one.to))
            case CorrectionKind.KIND:
                return kind is not None and kind == one.to_kind
            case _:
                return one.correction is CorrectionKind.IGNORE and bool(ignored)

    def _apply_mention(self, one: Correction) -> str:
        found = find_article(self._database, one.article)
        if found is None:
            return "the article is not in the library"
        article_id, text = found
        start = start_of(text, one.form, one.place)
        if start is None:
            return "the article does not have this name as often"
        # Told by its key, which is not always that of its name.
        kind = one.to_kind or one.kind
        to = EntityId(self._find_or_add(one.to, kind)) if one.to else None
        self.reassign(article_id, start, start + len(one.form), to)
        return ""

    def _target(self, root: int, one: Correction) -> int | None:
        """The entity that a split told of made."""
        kind, keys = one.to_kind or one.kind, map(self._keys.key, (one.to, one.form))
        to = self._finder.add(one.form, kind, *keys)
        return None if self._roots.root(to) == root else to

    def _split(self, root: int, form: str, to: int | None) -> EntityId:
        form_key, members = fold(form), self._roots.members([root])
        with self._database.transaction():
            known = self._splits(form_key)
            # What went to another that is part of this one now has come back.
            apart = {one: to for one, to in known.items() if one in members and to not in members}
            if to is None:
                to = next(iter(apart.values()), None) or self._apart(root, form)
            # What came from elsewhere under this name goes on to the new one.
            given = [one for one, other in known.items() if other in members and one != to]
            changes = [
                EntityChange(Rule.SPLIT, self._split_key(one, form_key, form), known.get(one), to)
                for one in dict.fromkeys((*given, *members))
                if one not in apart
            ]
            self._changes.make(f'split "{form}" from "{self._shown(root).name}"', changes)
        return EntityId(to)

    def _split_key(self, entity_id: int, form_key: str, form: str) -> tuple[int, str, str, str]:
        """With the key of the alias that is no longer one, unless another name has it too."""
        rows = self._database.rows(
            "SELECT name FROM entity WHERE id = ?1"
            " UNION SELECT text FROM form WHERE entity_id = ?1",
            (entity_id,),
        )
        key = self._keys.key(form)
        is_borne = any(self._keys.key(text) == key and fold(text) != form_key for (text,) in rows)
        return entity_id, form_key, form, "" if is_borne else key

    def _splits(self, form_key: str) -> dict[int, int]:
        return dict(
            self._database.rows(
                "SELECT entity_id, to_id FROM entity_split WHERE form_key = ?", (form_key,)
            )
        )

    def _apart(self, root: int, form: str) -> int:
        """The entity called `form` that stands for itself, made when that is none but `root`."""
        key, kind = self._keys.key(form), self._shown(root).kind
        keys = chain((key,), (f"{key} ({number})" for number in count(2)))
        free = next(one for one in keys if self._is_free(one, kind, root))
        return self._finder.add(form, kind, free, key)

    def _is_free(self, key: str, kind: EntityKind, root: int) -> bool:
        found = self._finder.find(key, kind)
        return found is None or self._roots.root(found) == found != root

    def _known_spot(self, article_id: int, text: str, spot: Spot) -> Spot:
        """How the reader told this spot already, maybe of an earlier text; else as it is."""
        rows = self._database.rows(
            "SELECT form, place, times, context FROM mention_override"
            " WHERE article_id = ? AND form = ? ORDER BY place, context",
            (article_id, spot.form),
        )
        start = spot.start(text)
        known = [one for one in (Spot(*row) for row in rows) if one.start(text) == start]
        return known[-1] if known else spot

    def _override(
        self, article_id: int, spot: Spot, before: int | None, to: EntityId | None
    ) -> None:
        row = self._database.row(
            "SELECT to_id FROM mention_override"
            " WHERE article_id = ? AND form = ? AND place = ? AND context = ?",
            (article_id, spot.form, spot.place, spot.context),
        )
        key = (article_id, spot.form, spot.place, spot.times, spot.context)
        change = EntityChange(Rule.MENTION, key, None if row is None else [row[0]], [to])
        where = f'"{spot.form}" in article {article_id}'
        if to is not None:
            detail = f'give {where} to "{self._shown(to).name}"'
        elif before is not None:
            detail = f'take {where} from "{self._shown(before).name}"'
        else:
            detail = f"leave {where} out"
        self._changes.make(detail, [change])

    def _named_at(self, article_id: int, start: int, end: int) -> int | None:
        """The entity that a place names now."""
        naming = namings_of(self._database, [article_id]).get(article_id)
        at_place = [
            one.entity_id
            for one in (naming.mentions() if naming else ())
            if (one.start, one.end) == (start, end) and one.entity_id != NOBODY
        ]
        return at_place[0] if at_place else None

    def _called(self, name: str, kind: EntityKind) -> EntityId:
        """The entity that the reader calls so, made when it is not there."""
        key = self._keys.key(name)
        found = self._finder.find(key, kind)
        if found is None:
            found = self._finder.add(name, kind, self._name_key(name, kind), key)
        return EntityId(self._roots.root(found))

    def _find_or_add(self, name: str, kind: EntityKind) -> int:
        name = clean_line(name)
        return self._finder.add(name, kind, self._keys.key(name))

    def _set_fields(self, detail: str, entity_id: int, **after: Any) -> None:
        columns = ", ".join(after)
        row = self._database.rows(
            f"SELECT {columns} FROM entity WHERE id = ?",  # noqa: S608
            (entity_id,),
        )[0]
        before = dict(zip(after, row, strict=True))
        self._changes.make(detail, [EntityChange(Rule.FIELDS, (entity_id,), before, after)])

    def _shown(self, entity_id: int) -> Entity:
        """An entity as it is shown, an ignored one too."""
        row = self._database.rows(
            f"SELECT {SHOWN} FROM entity e"  # noqa: S608
            " WHERE e.id = (SELECT coalesce(root, id) FROM entity WHERE id = ?)",
            (entity_id,),
        )[0]
        return entity_of(row)

    def _own(self, entity_id: int) -> tuple[str, EntityKind, str]:
        """Name, kind and key of an entity as it is recognised."""
        name, kind, key = self._database.rows(
            "SELECT name, kind, key FROM entity WHERE id = ?", (entity_id,)
        )[0]
        return name, EntityKind(kind), key
