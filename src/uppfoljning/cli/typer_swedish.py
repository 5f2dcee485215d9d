"""What the command-line library says by itself, in Swedish: the one place where its words are translated."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from uppfoljning.text.plaintext import nfc
from uppfoljning.text.swedish import suggest

_HELP = (
    (r"(?m)^Usage:", "Användning:"),
    (r"(?m)^Arguments:$", "Argument:"),
    (r"(?m)^Options:$", "Flaggor:"),
    (r"(?m)^Commands:$", "Kommandon:"),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"\[required\]", "[krävs]"),
    (r"\[default: ", "[förval: "),
    (r"\[OPTIONS\]", "[FLAGGOR]"),
    (r" <str>", ""),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO …"),
)


_NUMBERS: dict[Any, str] = {int: "ett heltal, till exempel 3", float: "ett tal, till exempel 30"}


def _read(value: Any) -> Any:
    """What was given, or each of several, with each letter as one character."""
    if isinstance(value, list | tuple):
        return type(value)(map(_read, value))
    return nfc(value) if isinstance(value, str) else value


def translate_help(text: str) -> str:
    """A help page with the library's own words in Swedish."""
    for pattern, swedish in _HELP:
        text = re.sub(pattern, swedish, text)
    return text


_AS_TYPED = {"FIL", "MAPP"}
"""What names a file or a folder: it is called what the disk calls it, however its letters are written."""


class SwedishCommand(TyperCommand):
    """A command whose help is in Swedish, and whose words are read with each letter as one character."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command with what was given, as it is read everywhere."""
        as_typed = {param.name for param in self.params if getattr(param, "metavar", None) in _AS_TYPED}
        ctx.params = {name: value if name in as_typed else _read(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return translate_help(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return translate_help(super().get_usage(ctx))


class SwedishGroup(TyperGroup):
    """The group of commands: help in Swedish, names also with å, ä and ö, the nearest one for an unknown."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return translate_help(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return translate_help(super().get_usage(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, with each letter of it as one character."""
        return super().resolve_command(ctx, [*map(nfc, args[:1]), *args[1:]])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name, read without case and with å, ä, ö for a, a, o."""
        plain = cmd_name.casefold().translate(str.maketrans("åäö", "aao"))
        return super().get_command(ctx, plain)


def explain(error: typer.TyperException) -> str:
    """A usage error of the library's in Swedish, told apart by its class, with the way on."""
    context: Any = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.message)
    command = context.command_path if context is not None else "uppfoljning"
    lines = [context.get_usage()] if context is not None else []
    lines.append(_explain_one(error, kind, context))
    lines.append(f"Hjälp finns med: {command} --help")
    return "\n".join(lines)


def _explain_one(error: Any, kind: str, context: Any) -> str:
    if kind == "NoSuchOption":
        options = (
            [name for param in context.command.get_params(context) for name in param.opts if name.startswith("-")]
            if context is not None
            else []
        )
        help_text = suggest(error.option_name, options, "Flaggorna är")
        return f"Fel: flaggan {error.option_name} finns inte. {help_text}".rstrip()
    if kind == "MissingParameter":
        what = "argumentet" if error.param is not None and error.param.param_type_name == "argument" else "flaggan"
        name = error.param.get_error_hint().strip("'") if error.param is not None else ""
        return f"Fel: {what} {name} saknas."
    if kind == "BadOptionUsage":
        if "does not take a value" in error.message:
            return f"Fel: flaggan {error.option_name} tar inget värde."
        return f"Fel: flaggan {error.option_name} behöver ett värde."
    if kind == "BadParameter":
        name = error.param.get_error_hint().strip("'") if error.param is not None else ""
        described = getattr(error.param, "type_descriptor", None)
        wanted = _NUMBERS.get(getattr(described, "annotation", None))
        return f"Fel: {name} ska vara {wanted}." if wanted else f"Fel: värdet för {name} går inte att använda."
    extra = re.search(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)", error.message, re.DOTALL)
    if extra:
        return f"Fel: för många argument: {extra[1]}."
    unknown = re.search(r"No such command '(.*?)'\.", error.message, re.DOTALL)
    if unknown:
        names = list(context.command.commands) if context is not None else []
        return f"Fel: kommandot {unknown[1]} finns inte. {suggest(unknown[1], names, 'Kommandona är')}"
    if error.message.startswith("Missing command"):
        return "Fel: ange ett kommando."
    return "Fel: kommandot går inte att köra så."
