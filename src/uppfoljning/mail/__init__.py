"""A finished report out to its readers: the message, the journal, the mail server. Each reader gets it once.

Pure: ``message`` its words and bytes, ``journal`` what has happened to each, ``select`` who is sent it now,
``server_words`` what a server's reply means. ``receivers``, ``journal_file``, ``credentials``, ``log_in``, ``smtp``
and ``send`` touch the disk, the environment, the network and the clock.
"""
