"""How to log in to the mail server: from the environment, else the keyring. Never from a file or the command line."""

from __future__ import annotations

import base64
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from uppfoljning.errors import MiljoError
from uppfoljning.model.mottagare import Avsandare, Server

USER = "UPPFOLJNING_SMTP_ANVANDARE"
PASSWORD = "UPPFOLJNING_SMTP_LOSENORD"  # noqa: S105 - the name of a variable, not a secret
TOKEN = "UPPFOLJNING_SMTP_TOKEN"  # noqa: S105 - the name of a variable, not a secret
KEYRING = "uppfoljning"
KEYRING_TOKEN = "uppfoljning-token"  # noqa: S105 - the name of a place, not a secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a secret: a password, or an OAuth 2.0 access token. Neither shows when it is printed.

    ``source`` is where the secret came from, in words.
    """

    user: str = field(repr=False)
    secret: str = field(repr=False)
    is_token: bool
    source: str = ""

    def hide(self, text: str) -> str:
        """``text`` without the secret, in any of the forms that a server may repeat it in."""
        secret = self.secret.encode("utf-8")
        user = self.user.encode("utf-8")
        forms = [
            self.secret,
            *(
                base64.b64encode(whole).decode("ascii")
                for whole in (secret, plain_response(self), user, b"\0" + secret)
            ),
            base64.b64encode(xoauth2_response(self)).decode("ascii"),
        ]
        for form in sorted(filter(None, forms), key=len, reverse=True):
            text = text.replace(form, "•••")
        return text


def plain_response(credentials: Credentials) -> bytes:
    """What AUTH PLAIN sends (RFC 4616)."""
    return f"\0{credentials.user}\0{credentials.secret}".encode()


def xoauth2_response(credentials: Credentials) -> bytes:
    """What AUTH XOAUTH2 sends (Google's and Microsoft's protocol, user name and bearer token)."""
    return f"user={credentials.user}\x01auth=Bearer {credentials.secret}\x01\x01".encode()


def read_credentials(
    server: Server, avsandare: Avsandare, environ: Mapping[str, str] = os.environ
) -> Credentials | None:
    """The login; None when the server takes none. The user name is the sender's address unless another is given.

    Raises :class:`MiljoError` when there is no secret, or two.
    """
    if not server.inloggning:
        return None
    user = environ.get(USER) or avsandare.adress.skickad
    password, token = environ.get(PASSWORD, ""), environ.get(TOKEN, "")
    if password and token:
        raise MiljoError(f"Både {PASSWORD} och {TOKEN} är satta. Ta bort den som inte ska användas.")
    source = f"miljövariabeln {TOKEN if token else PASSWORD}"
    if not password and not token:
        source = "datorns nyckelring"
        token = _from_keyring(KEYRING_TOKEN, user)
        password = "" if token else _from_keyring(KEYRING, user)
    if not password and not token:
        raise MiljoError(_how_to(server, user))
    try:
        f"{user}{password}{token}".encode()
    except UnicodeEncodeError:
        raise MiljoError(
            "Användarnamnet eller lösenordet för e-postservern har tecken som inte är UTF-8. Sätt variabeln på nytt."
        ) from None
    if any(c in (password or token) for c in "\r\n\0"):
        raise MiljoError(
            "Lösenordet eller token för e-postservern har en radbrytning i sig, ofta på slutet. Spara det utan den."
        )
    return Credentials(user, password or token, bool(token), source)


def _how_to(server: Server, user: str) -> str:
    return "\n".join(
        [
            f"Lösenordet till e-postservern {server.vard} saknas. Inget har skickats. Gör ett av detta:",
            f"  - spara det i datorns nyckelring, en gång: keyring set {KEYRING} {user}",
            f"    (ett token i stället för lösenord: keyring set {KEYRING_TOKEN} {user})",
            f"  - sätt miljövariabeln {PASSWORD}, eller {TOKEN} för XOAUTH2",
            f"  - är användarnamnet ett annat än {user}: sätt också {USER}",
            "Tar servern emot utan inloggning: skriv inloggning: false under server i data/mottagare.yaml.",
        ]
    )


def _from_keyring(service: str, user: str) -> str:
    """The secret in the computer's keyring; empty when there is none, or no keyring."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(service, user) or ""
    except keyring.errors.NoKeyringError:
        return ""
    except Exception as error:  # a keyring's own faults are of many kinds, and what they say may be a secret
        raise MiljoError(
            f"Datorns nyckelring går inte att läsa ({type(error).__name__}). Lås upp den, eller sätt miljövariabeln "
            f"{PASSWORD} eller {TOKEN}."
        ) from None
