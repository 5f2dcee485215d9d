"""A finished report out to its readers: the message, the journal, the mail server. Each reader gets it once.

Pure: ``brev`` the message, ``journal`` what has happened to each, ``urval`` who is sent it now, ``svar`` what a
server's answer means. ``mottagarlista``, ``journalfil``, ``inloggning``, ``smtp`` and ``sandning`` touch the disk, the
environment, the network and the clock.
"""
