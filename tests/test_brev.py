"""The message: nothing in a name, a subject or a file can add a line to its head, and every parser reads it back."""

from __future__ import annotations

import string
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parseaddr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from postserver import parse
from uppfoljning.mail.message import OutgoingReport, size_text, write_brev, write_draft, write_message
from uppfoljning.model.mottagare import Avsandare, Mottagare, Server
from uppfoljning.text.mail_address import Adress, AdressfelError, parse_adress, parse_vard

HEADERS = {
    "From",
    "Reply-To",
    "Subject",
    "To",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
    "Bcc",
    "X-Unsent",
}
INJECTED = [
    "Hej\r\nBcc: x@example.org",
    "Hej\nX: y",
    "Hej\r\n\r\nText",
    "a\x00b",
    "a\u2028Bcc: x@example.org",
    "a\x85Bcc: x",
]


def rapportfil(**changes: object) -> OutgoingReport:
    fields: dict[str, object] = {
        "namn": "2022-H1-halvar-utskott.pdf",
        "content": b"%PDF-1.7\r\n.\r\n..hej\n" + bytes(range(256)),
        "media_type": "application/pdf",
        "slag": "halvar",
        "period": "2022-H1",
        "rubrik": "Uppföljning första halvåret 2022",
        "overenskommelse": "Samverkansöverenskommelse",
        "kommun": "Provkommunen",
        "forum": "utskott",
        "forum_namn": "Utskottet",
        "per": "30 juli 2022",
        "read_first": "Har du tio minuter: läs de två första sidorna.",
        "exempel": "",
        "stangd": False,
    }
    return OutgoingReport(**{**fields, **changes})  # type: ignore[arg-type] - the fields of each test's own case


AVSANDARE = Avsandare(namn="Trygghet", adress=parse_adress("trygghet@example.se"))
TID = "Mon, 29 Aug 2022 10:00:00 +0200"

printable = st.text(
    st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn"]), min_size=1, max_size=80
)
names = printable.map(str.strip).filter(bool).filter(lambda t: t.replace("\u00a0", " ").isprintable())


def decoded(raw: str) -> str:
    """A field as most programs read it: the newer parser of Python 3.11 puts spaces into long encoded names."""
    return str(make_header(decode_header(raw))) if "=?" in raw else raw


def name_and_address(raw: str) -> tuple[str, str]:
    """A name that is encoded is no longer split by the commas and quotation marks in it."""
    encoded, _, rest = raw.rpartition(" <")
    return (decoded(encoded), rest.rstrip(">")) if "=?" in raw else parseaddr(raw)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150, deadline=None)
@given(names, names, st.text(max_size=200), st.text(max_size=120))
def test_any_name_text_and_title_are_read_back_and_add_nothing_to_the_head(
    sender: str, receiver: str, own: str, title: str
) -> None:
    avsandare = Avsandare(namn=sender, adress=AVSANDARE.adress)
    mottagare = Mottagare(namn=receiver, adress=parse_adress("registrator@example.se"))
    rapport = rapportfil(rubrik=title or "R", overenskommelse=title, forum_namn=title)
    content = write_message(
        write_brev(rapport, avsandare, own), rapport, avsandare, mottagare, nyckel="a" * 64, tid=TID
    )
    message = parse(content)
    assert set(message.keys()) <= HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    assert [a.addr_spec for a in message["To"].addresses] == ["registrator@example.se"]
    assert [a.addr_spec for a in message["From"].addresses] == ["trygghet@example.se"]
    head = BytesParser(policy=compat32).parsebytes(content)
    assert decoded(head["Subject"]) == write_brev(rapport, avsandare, own).subject
    assert [name_and_address(head[name])[0] for name in ("From", "To")] == [sender, receiver]
    (attached,) = message.iter_attachments()
    assert attached.get_content() == rapport.content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("text", INJECTED)
def test_line_breaks_and_control_characters_never_reach_the_head(text: str) -> None:
    for field in ("rubrik", "kommun", "forum_namn", "overenskommelse", "exempel"):
        rapport = rapportfil(**{field: text})
        message = parse(write_draft(write_brev(rapport, AVSANDARE, text), rapport, AVSANDARE, ()))
        assert set(message.keys()) <= HEADERS
        assert "x@example.org" not in str(message["Bcc"])
    with pytest.raises(ValidationError):
        Avsandare(namn=text, adress=AVSANDARE.adress)
    with pytest.raises(ValidationError):
        Mottagare(namn=text, adress=AVSANDARE.adress)
    with pytest.raises(AdressfelError):
        parse_adress(f"{text}@example.se")


@pytest.mark.parametrize("namn", ["Åsa Öberg", 'Anna "Ankan" Ek', "Ek, Anna", "Anna (ordf.)", "a" * 180, "Ö" * 120])
def test_names_of_all_kinds_come_through(namn: str) -> None:
    rapport = rapportfil()
    one = Mottagare(namn=namn, adress=parse_adress("a.b+c@räksmörgås.se"))
    brev = write_brev(rapport, AVSANDARE, None)
    content = write_message(brev, rapport, AVSANDARE, one, nyckel="b" * 64, tid=TID)
    raw = BytesParser(policy=compat32).parsebytes(content)["To"]
    assert name_and_address(raw) == (namn, "a.b+c@xn--rksmrgs-5wao1o.se")


def test_two_messages_differ_in_the_receiver_alone() -> None:
    rapport = rapportfil()
    brev = write_brev(rapport, AVSANDARE, None)
    first, second = (
        write_message(brev, rapport, AVSANDARE, Mottagare(adress=parse_adress(a)), nyckel="c" * 64, tid=TID)
        for a in ("a@example.se", "b@example.se")
    )
    assert first.replace(b"To: a@", b"To: b@") == second


def test_an_invented_report_and_a_new_version_say_so_first() -> None:
    rapport = rapportfil(exempel="Exempel – svaren är påhittade")
    brev = write_brev(rapport, AVSANDARE, None, ny_version=True)
    assert brev.subject == (
        "EXEMPEL: Ny version: Uppföljning första halvåret 2022: brottsförebyggande samverkan, Provkommunen"
    )
    assert brev.text.split("\n\n")[1].startswith("Det här är ett prov, inte en verklig rapport.")
    assert "Det är en ny version. Har du fått rapporten tidigare ersätter den här den." in brev.text


@pytest.mark.parametrize(
    ("antal", "said"), [(10, "1 kB"), (312_400, "312 kB"), (999_999, "1000 kB"), (1_250_000, "1,2 MB")]
)
def test_sizes_are_said_as_people_say_them(antal: int, said: str) -> None:
    assert size_text(antal) == said


# --- addresses and servers ---


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("anna@räksmörgås.se", "anna@xn--rksmrgs-5wao1o.se"),
        ("anna@RÄKSMÖRGÅS.SE", "anna@xn--rksmrgs-5wao1o.se"),
        ("anna@xn--rksmrgs-5wao1o.se", "anna@xn--rksmrgs-5wao1o.se"),
        ("a.b+c@sub.example.se", "a.b+c@sub.example.se"),
        (" registrator@example.se ", "registrator@example.se"),
    ],
)
def test_an_address_is_sent_in_ascii(text: str, sent: str) -> None:
    assert parse_adress(text).skickad == sent


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a@", "@example.se", "a@b", "a b@example.se", "a@example.se,b@example.se", "å@example.se"),
        *("a@-x.se", "a..b@x.se", "a@example..se", "<a@example.se>", "a@[127.0.0.1]", "a" * 70 + "@example.se"),
        "a@example.se\nBcc: b@example.se",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(AdressfelError) as told:
        parse_adress(text)
    assert str(told.value)
    assert told.value.atgard
    assert len(text) < 12 or text not in str(told.value) + told.value.atgard


@given(st.text(string.printable, max_size=60))
def test_no_text_crashes_the_reading_of_addresses_and_servers(text: str) -> None:
    for read in (parse_adress, parse_vard):
        try:
            found = read(text)
        except AdressfelError:
            continue
        sent = found.skickad if isinstance(found, Adress) else found
        assert sent.isascii()
        assert not set(sent) & set(" \r\n\t<>,;")
        if isinstance(found, Adress):
            assert getaddresses([sent]) == [("", sent)]


@pytest.mark.parametrize(
    ("vard", "port", "sakerhet", "from_start"),
    [
        ("s.se", 587, None, False),
        ("s.se", 465, None, True),
        ("s.se", 2525, "tls", True),
        ("s.se", 465, "starttls", False),
    ],
)
def test_the_port_says_how_it_is_encrypted_unless_the_list_does(
    vard: str, port: int, sakerhet: str | None, from_start: bool
) -> None:
    found = Server.model_validate({"vard": vard, "port": port, "sakerhet": sakerhet})
    assert found.tls_from_start == from_start


@pytest.mark.parametrize("text", ["smtp://s.se", "s.se:587", "a@s.se", "s se", "", "s..se", "-s.se"])
def test_what_is_no_servers_name_is_refused(text: str) -> None:
    with pytest.raises(AdressfelError):
        parse_vard(text)


def test_a_server_with_å_or_a_number_has_a_name_in_ascii() -> None:
    assert parse_vard("smtp.räksmörgås.se") == "smtp.xn--rksmrgs-5wao1o.se"
    assert parse_vard("127.0.0.1") == "127.0.0.1"
