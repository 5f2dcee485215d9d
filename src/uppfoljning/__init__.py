"""Följer upp en överenskommelse om lokalt brottsförebyggande arbete.

The route that the data takes, one station a module::

    files, yamlfile   text → plain values (yamlbuild) and the place of each (yamlnod)
    discover, load    everything that was read (underlag), or every problem at once
    model             what the files may say
    check             rules across files
    beslutslage       questions that wait for a decision, and what came of them
    state, plan       the merged state at a quarter, and whether the plan holds
    indikator         the figures at a quarter, each with a verdict
    avtryck           all that can change, as keys; jamforelse: what differs between two quarters
    dagordning        in what order a meeting takes what needs attention; stillestand: what seems to stand still
    redact, report    what the receiver may see → one view per report
    render, pdf       view → HTML → PDF; word: view → Word
    frysning          a closed period: its folder is read by frysfil, made by frysflode, made again by fryskontroll

``flode`` and ``halvarsflode`` hold the pipeline; ``cli`` only collects arguments, calls it and prints.
"""

__version__ = "0.1.0"
