"""`completion`: what makes the shell complete commands, options, tags and saved searches."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from reader.config import library_folder
from reader.errors import ReaderError
from reader.service.library import Library

SHELLS = ("bash", "zsh", "fish")

VARIABLE = "_DATELINE_COMPLETE"
"""With it the shell asks for completions."""

MOST = 200
"""Tags that are offered at once."""


@click.command("completion", short_help="Have the shell complete commands, options and tags.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print what SHELL has to run at its start to complete commands.

    \b
    bash: eval "$(dateline completion bash)"      in ~/.bashrc
    zsh:  eval "$(dateline completion zsh)"       in ~/.zshrc
    fish: dateline completion fish | source       in ~/.config/fish/config.fish
    """
    script = get_completion_class(shell)
    if script is None:  # pragma: no cover - click knows all three
        raise click.UsageError(f"there is none for {shell}")
    click.echo(script(ctx.find_root().command, {}, "dateline", VARIABLE).source())


def complete_tag(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Tags that begin so, the most used first; a plus before one stays."""
    sign = incomplete[:1] if incomplete[:1] == "+" else ""
    prefix = incomplete.removeprefix(sign)
    root = ctx.find_root()
    environment = root.obj[0]
    folder = library_folder(root.params.get("library"), environment)
    if not Library.is_in(folder):
        return []
    try:
        library = Library.open(folder)
        try:
            names = library.browsing.complete_tags(prefix, MOST)
        finally:
            library.close()
    except ReaderError:  # a shell that completes has nowhere to say it
        return []
    return [CompletionItem(f"{sign}{name}") for name in names]
