"""How to log in to the mail server: from the environment, else the keyring. Never from a file or the command line."""

from __future__ import annotations

import base64
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from uppfoljning.errors import MiljoError
from uppfoljning.model.mottagare import Avsandare, Server

ANVANDARE = "UPPFOLJNING_SMTP_ANVANDARE"
LOSENORD = "UPPFOLJNING_SMTP_LOSENORD"
TOKEN = "UPPFOLJNING_SMTP_TOKEN"  # noqa: S105 - the name of a variable, not a secret
NYCKELRING = "uppfoljning"
NYCKELRING_TOKEN = "uppfoljning-token"  # noqa: S105 - the name of a place, not a secret


@dataclass(frozen=True, slots=True)
class Inloggning:
    """A user name and a secret: a password, or an OAuth 2.0 access token. Neither shows when it is printed.

    ``kalla`` is where the secret came from, in words.
    """

    anvandare: str = field(repr=False)
    hemlighet: str = field(repr=False)
    ar_token: bool
    kalla: str = ""

    def hide(self, text: str) -> str:
        """``text`` without the secret, in any of the forms that a server may repeat it in."""
        secret = self.hemlighet.encode("utf-8")
        user = self.anvandare.encode("utf-8")
        forms = [
            self.hemlighet,
            *(
                base64.b64encode(whole).decode("ascii")
                for whole in (secret, plain_response(self), user, b"\0" + secret)
            ),
            base64.b64encode(xoauth2_response(self)).decode("ascii"),
        ]
        for form in sorted(filter(None, forms), key=len, reverse=True):
            text = text.replace(form, "•••")
        return text


def plain_response(inloggning: Inloggning) -> bytes:
    """What AUTH PLAIN sends (RFC 4616)."""
    return f"\0{inloggning.anvandare}\0{inloggning.hemlighet}".encode()


def xoauth2_response(inloggning: Inloggning) -> bytes:
    """What AUTH XOAUTH2 sends (Google's and Microsoft's protocol, user name and bearer token)."""
    return f"user={inloggning.anvandare}\x01auth=Bearer {inloggning.hemlighet}\x01\x01".encode()


def read_inloggning(server: Server, avsandare: Avsandare, environ: Mapping[str, str] = os.environ) -> Inloggning | None:
    """The login; None when the server takes none. The user name is the sender's address unless another is given.

    Raises :class:`MiljoError` when there is no secret, or two.
    """
    if not server.inloggning:
        return None
    anvandare = environ.get(ANVANDARE) or avsandare.adress.skickad
    losenord, token = environ.get(LOSENORD, ""), environ.get(TOKEN, "")
    if losenord and token:
        raise MiljoError(f"Både {LOSENORD} och {TOKEN} är satta. Ta bort den som inte ska användas.")
    kalla = f"miljövariabeln {TOKEN if token else LOSENORD}"
    if not losenord and not token:
        kalla = "datorns nyckelring"
        token = _from_keyring(NYCKELRING_TOKEN, anvandare)
        losenord = "" if token else _from_keyring(NYCKELRING, anvandare)
    if not losenord and not token:
        raise MiljoError(_how_to(server, anvandare))
    try:
        f"{anvandare}{losenord}{token}".encode()
    except UnicodeEncodeError:
        raise MiljoError(
            "Användarnamnet eller lösenordet för e-postservern har tecken som inte är UTF-8. Sätt variabeln på nytt."
        ) from None
    if any(c in (losenord or token) for c in "\r\n\0"):
        raise MiljoError(
            "Lösenordet eller token för e-postservern har en radbrytning i sig, ofta på slutet. Spara det utan den."
        )
    return Inloggning(anvandare, losenord or token, bool(token), kalla)


def _how_to(server: Server, anvandare: str) -> str:
    return "\n".join(
        [
            f"Lösenordet till e-postservern {server.vard} saknas. Inget har skickats. Gör ett av detta:",
            f"  - spara det i datorns nyckelring, en gång: keyring set {NYCKELRING} {anvandare}",
            f"    (ett token i stället för lösenord: keyring set {NYCKELRING_TOKEN} {anvandare})",
            f"  - sätt miljövariabeln {LOSENORD}, eller {TOKEN} för XOAUTH2",
            f"  - är användarnamnet ett annat än {anvandare}: sätt också {ANVANDARE}",
            "Tar servern emot utan inloggning: skriv inloggning: false under server i data/mottagare.yaml.",
        ]
    )


def _from_keyring(service: str, anvandare: str) -> str:
    """The secret in the computer's keyring; empty when there is none, or no keyring."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(service, anvandare) or ""
    except keyring.errors.NoKeyringError:
        return ""
    except Exception as error:  # a keyring's own faults are of many kinds, and what they say may be a secret
        raise MiljoError(
            f"Datorns nyckelring går inte att läsa ({type(error).__name__}). Lås upp den, eller sätt miljövariabeln "
            f"{LOSENORD} eller {TOKEN}."
        ) from None
