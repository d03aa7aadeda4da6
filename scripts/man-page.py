#!/usr/bin/env python3
"""Writes labplan's man page from what the command says of itself: man-page.py LABPLAN DATE."""

import json
import subprocess
import sys


def escaped(text):
    """A text that troff prints as it is."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def paragraphs(text):
    """Indented lines are examples, and stay as they are."""
    for block in text.split("\n\n"):
        lines = block.split("\n")
        title = lines[0] if lines[0].endswith("EXAMPLES:") else None
        body = lines[1:] if title else lines
        yield ".PP"
        if title:
            yield "Examples:"
        if any(line.startswith("  ") for line in body):
            yield from (".nf", escaped("\n".join(body)), ".fi")
        else:
            yield escaped(" ".join(body))


def name(argument):
    """An argument as it is typed: `\\-\\-port port`."""
    value = escaped(argument.get("valueName", ""))
    if argument["kind"] == "positional":
        return f"\\fI{value}\\fR"
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    names = ", ".join("\\fB" + escaped(dashes[each["kind"]] + each["name"]) + "\\fR"
                      for each in argument["names"])
    return names if argument["kind"] == "flag" else f"{names} \\fI{value}\\fR"


def arguments(command):
    for argument in command.get("arguments", []):
        if not argument["shouldDisplay"] or argument.get("valueName") in ("help", "version"):
            continue
        yield ".TP"
        yield name(argument)
        text = argument.get("abstract", "")
        if "defaultValue" in argument:
            text += f" Default: {argument['defaultValue']}."
        yield escaped(text.replace("\n", " ")) or "\\&"


def commands(command, path):
    for each in command.get("subcommands", []):
        if each["commandName"] == "help" or not each.get("shouldDisplay", True):
            continue
        title = f"{path} {each['commandName']}"
        yield f".SS {escaped(title)}"
        yield escaped(each.get("abstract", ""))
        yield from paragraphs(each["discussion"]) if each.get("discussion") else ()
        yield from arguments(each)
        yield from commands(each, title)


def page(labplan, date):
    said = subprocess.run([labplan, "--experimental-dump-help"], capture_output=True, check=True)
    version = subprocess.run([labplan, "--version"], capture_output=True, check=True, text=True)
    command = json.loads(said.stdout)["command"]
    yield f'.TH LABPLAN 1 "{date}" "{version.stdout.strip()}" "User Commands"'
    yield ".SH NAME"
    yield "labplan \\- plan labs of virtual machines"
    yield ".SH SYNOPSIS"
    yield "\\fBlabplan\\fR \\fIcommand\\fR [\\fIoption\\fR ...]"
    yield ".SH DESCRIPTION"
    yield escaped(command["abstract"])
    yield from paragraphs(command["discussion"])
    yield ".SH COMMANDS"
    yield from commands(command, "labplan")
    yield ".SH EXIT STATUS"
    yield "0 on success; 64 where the command line is wrong; another number on failure."


if __name__ == "__main__":
    print("\n".join(page(sys.argv[1], sys.argv[2])))
