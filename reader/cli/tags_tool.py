"""`retag`, `colour` and `quick`: what is changed of tags as such."""

from __future__ import annotations

import click

from reader.cli.finding import json_option
from reader.cli.session import Session, print_json, say, session_of
from reader.cli.shapes import change_record
from reader.kept import Colour
from reader.nearest import meant
from reader.text import count

NONE = "none"

tag_argument = click.argument("tag")


@click.command("retag", short_help="Give a tag another name, with all below it.")
@click.argument("old")
@click.argument("new")
@json_option
@session_of
def retag_command(session: Session, old: str, new: str, as_json: bool) -> None:
    """Call the tag OLD and all below it NEW; where there is a tag NEW they become one."""
    change = session.library.tagging.rename(old, new)
    if as_json:
        print_json(change_record(change))
    elif change.matched and not change.changed:
        say(f"the tag {old} is called so already")
    else:
        say(f"renamed the tag {old} to {new}: {count(change.changed, 'article')}")


@click.command("colour")
@tag_argument
@click.argument("colour", type=click.Choice([*(one.value for one in Colour), NONE]))
@session_of
def colour_command(session: Session, tag: str, colour: str) -> None:
    """Show TAG in a colour."""
    new = _newness(session, tag)
    session.library.tagging.colour(tag, None if colour == NONE else Colour(colour))
    say(f"{tag}: {'no colour' if colour == NONE else colour}{new}")


@click.command("quick", short_help="Let LETTER set TAG on the screen.")
@tag_argument
@click.argument("letter")
@session_of
def quick_command(session: Session, tag: str, letter: str) -> None:
    """Let LETTER set TAG on the screen at once, `none` takes that away.

    Another tag that has the letter loses it.
    """
    chosen = "" if letter == NONE else letter
    new = _newness(session, tag)
    session.library.tagging.letter(tag, chosen)
    say(f"{tag}: {f'letter {chosen}' if chosen else 'no letter'}{new}")


def _newness(session: Session, tag: str) -> str:
    """That no article has a tag yet, and which one was perhaps meant; "" for one there is."""
    known = [look.name for look in session.library.tagging.looks()]
    same = tag.strip().casefold() in (one.casefold() for one in known)
    return "" if same else f"; no article has it yet{meant(tag, known)}"
