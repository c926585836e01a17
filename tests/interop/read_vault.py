"""Opens a vault as docs/SECURITY.md describes it, without anything of Signalbox.

    python3 tests/interop/read_vault.py FOLDER            # asks for the password
    python3 tests/interop/read_vault.py --fixtures        # the committed vaults, against their known answers

FOLDER is a data folder or a backup. Prints what is in it: names, models and the last characters of keys. It is written from
docs/SECURITY.md alone; where that did not suffice, that was corrected. Needs argon2-cffi, cryptography, mnemonic (for its list
of words) and sqlcipher3-wheels.
"""

import base64
import functools
import getpass
import hashlib
import hmac
import json
import struct
import sys
import unicodedata
from pathlib import Path

import sqlcipher3
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FIXTURE_PASSWORD = "plover-lantern-orbit-quilt-saddle-vex"
NOBODY = "00000000-0000-0000-0000-000000000000"


class Refused(Exception):
    """What is there is not as the document says."""


def derived(key, vault_id, info):
    return HKDF(algorithm=SHA256(), length=32, salt=bytes.fromhex(vault_id), info=info.encode()).derive(key)


def mac_of(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def xchacha20_poly1305_open(key, nonce, sealed, associated):
    """draft-irtf-cfrg-xchacha-03: HChaCha20 over the first 16 bytes of the nonce, then RFC 8439."""

    def rotated(value, by):
        return ((value << by) | (value >> (32 - by))) & 0xFFFFFFFF

    def quarter(state, a, b, c, d):
        for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xFFFFFFFF
            state[z] = rotated(state[z] ^ state[x], by)

    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce[:16]))
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            quarter(state, a, b, c, d)
        for a, b, c, d in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(state, a, b, c, d)
    subkey = struct.pack("<8I", *state[:4], *state[12:])
    return ChaCha20Poly1305(subkey).decrypt(bytes(4) + nonce[16:], sealed, associated)


def headers(folder):
    """The copies that are whole, newest first, each with the bytes that its MAC covers."""
    copies = []
    for name in ("header.a", "header.b", "header"):
        file = folder / name
        if not file.exists() or file.stat().st_size > 64 * 1024:
            continue
        data = file.read_bytes()
        header = json.loads(data)
        tail = f',"mac":"{header["mac"]}","sum":"{header["sum"]}"}}'.encode()
        body = data.removesuffix(tail) + b"}"
        if hashlib.sha256(body + header["mac"].encode()).hexdigest() == header["sum"]:
            copies.append((header, body))
    if not copies:
        raise Refused("no header is whole")
    return sorted(copies, key=lambda copy: -copy[0]["seq"])


def slot_of(header, kind):
    for slot in header["slots"]:
        if slot["kind"] == kind:
            return slot
    raise Refused(f"there is no slot {kind}")


def unwrapped(header, kind, secret):
    vault_id, kdf, slot = header["vault_id"], header["kdf"], slot_of(header, kind)
    cost = f"{kdf['m']}/{kdf['t']}/{kdf['p']}/{kdf['salt']}"
    associated = f"signalbox/1/{vault_id}/argon2id/{cost}" if kind == "password" else f"signalbox/1/{vault_id}/{kind}"
    wrapping = derived(secret, vault_id, f"kek/{kind}/v1")
    nonce, wrapped = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"])
    return xchacha20_poly1305_open(wrapping, nonce, wrapped, associated.encode())


def stretched(header, password):
    kdf = header["kdf"]
    if not (64 * 1024 <= kdf["m"] <= 1024 * 1024 and 3 <= kdf["t"] <= 12 and 1 <= kdf["p"] <= 8):
        raise Refused("the header asks for a derivation that is not allowed")
    normal = unicodedata.normalize("NFKC", password).encode()
    salt = bytes.fromhex(kdf["salt"])
    return hash_secret_raw(normal, salt, kdf["t"], kdf["m"], kdf["p"], 32, Type.ID, version=0x13)


def kit_secret(words):
    numbers = Mnemonic("english").wordlist
    bits = "".join(f"{numbers.index(word):011b}" for word in words.split())
    secret = int(bits[:256], 2).to_bytes(32, "big")
    if int(bits[256:], 2) != hashlib.sha256(secret).digest()[0]:
        raise Refused("the words' checksum is wrong")
    return secret


class Vault:
    def __init__(self, folder, kind, secret_of):
        self.folder = folder
        for self.header, body in headers(folder):
            self.id = self.header["vault_id"]
            self.key = unwrapped(self.header, kind, secret_of(self.header))
            if mac_of(self.derived("header-mac/v1"), body).hex() == self.header["mac"]:
                return
        raise Refused("no header is authentic")

    def derived(self, info):
        return derived(self.key, self.id, info)

    def database(self):
        file = self.folder / f"vault.{self.header['active_epoch']}.db"
        if not file.exists():
            file = self.folder / "vault.db"
        connection = sqlcipher3.connect(f"file:{file}?mode=ro", uri=True)
        connection.execute(f"PRAGMA key = \"x'{self.derived('db/v1').hex()}'\"")
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if faults:
            raise Refused(f"pages do not authenticate: {faults}")
        meta = dict(connection.execute("SELECT name, value FROM vault_meta").fetchall())
        if meta["vault_id"] != self.id:
            raise Refused("the database belongs to another vault")
        return connection

    def field(self, record, name, sealed):
        """A sealed field: one byte that says which cipher, 1 for Fernet, and the token."""
        if sealed[0] != 1:
            raise Refused("a later cipher")
        key = base64.urlsafe_b64encode(self.derived(f"field/v1|{record}|{name}"))
        return Fernet(key).decrypt(bytes(sealed[1:]))

    def api_key(self, record, base_url, sealed, name="api_key"):
        payload = json.loads(self.field(record, name, sealed))
        if set(payload) != {"key", "base_url"} or payload["base_url"] != base_url:
            raise Refused("the key was entered for another base URL")
        return payload["key"]

    def kept_keys(self, connection):
        """Keys that were replaced and may be gone back to, by their configuration's record."""
        select = """SELECT uuid, kept_keys.base_url, key_encrypted FROM kept_keys
                    JOIN ai_provider_configs ON ai_provider_configs.id = config_id"""
        rows = connection.execute(select).fetchall()
        return {record: self.api_key(record, base_url, sealed, "kept_api_key") for record, base_url, sealed in rows}

    def totp_secret(self, connection):
        """The second factor's secret; None where no app is enrolled."""
        sealed, = connection.execute("SELECT totp_secret_encrypted FROM step_up").fetchone()
        return sealed and self.field(NOBODY, "totp_secret", sealed)

    def manifest(self):
        """What a backup says of itself, under its MAC and with its files' digests."""
        data = (self.folder / "manifest.json").read_bytes()
        said = json.loads(data)
        body = data.removesuffix(f',"mac":"{said["mac"]}"}}'.encode()) + b"}"
        if len(data) > 64 * 1024 or mac_of(self.derived("backup/v1"), body).hex() != said["mac"]:
            raise Refused("the manifest is not as it was written")
        database = (self.folder / "vault.db").read_bytes()
        expect("header", hashlib.sha256((self.folder / "header").read_bytes()).hexdigest(), said["header_sha256"])
        expect("database", [len(database), hashlib.sha256(database).hexdigest()], [said["database_bytes"], said["database_sha256"]])
        expect("vault and epoch", [said["vault_id"], said["epoch"]], [self.id, self.header["active_epoch"]])
        return said

    def acts(self, connection):
        """How many entries the log of acts has, each of them and the end verified."""
        key = self.derived("audit/v1")
        signing = Ed25519PrivateKey.from_private_bytes(mac_of(key, b"\x03"))
        mac, entries = mac_of(key, b"\x00" + self.id.encode()), 0
        columns = "id, at, mac, actor, machine, ip_address, action, target, target_name, before, after"
        signatures = dict(connection.execute("SELECT entries, signature FROM audit_checkpoints").fetchall())
        for number, at, stored, *texts in connection.execute(
            f"SELECT {columns} FROM admin_action_log ORDER BY id"
        ):
            message = b"\x01" + mac + struct.pack(">qq", number, at)
            for text in texts:
                data = (text or "").encode()
                message += (b"\xff" * 4 if text is None else struct.pack(">I", len(data))) + data
            mac, entries = mac_of(key, message), entries + 1
            if number != entries or bytes(stored) != mac:
                raise Refused(f"entry {entries} is not as it was written")
            if entries % 100 == 0:
                told = b"signalbox audit checkpoint v1\x00" + self.id.encode() + b"\x00" + struct.pack(">q", entries) + mac
                signing.public_key().verify(bytes(signatures[entries]), told)
        end = mac_of(key, b"\x02" + struct.pack(">q", entries) + mac)
        kept = dict(connection.execute("SELECT name, value FROM vault_meta").fetchall()).get("audit_head")
        if kept != f"{entries} {mac.hex()} {end.hex()}":
            raise Refused("entries behind the last one are gone")
        return entries


def with_password(folder, password):
    return Vault(folder, "password", lambda header: stretched(header, password))


def configurations(vault, connection):
    select = "SELECT uuid, display_name, model_name, base_url, api_key_encrypted FROM ai_provider_configs ORDER BY id"
    for record, name, model, base_url, sealed in connection.execute(select):
        key = vault.api_key(record, base_url, sealed) if sealed else None
        yield record, name, model, base_url, key


# Against known answers


def expect(what, found, wanted):
    if found != wanted:
        raise Refused(f"{what}: {found!r} instead of {wanted!r}")


def known(name):
    place = FIXTURES / name
    return place / "vault", json.loads((place / "answers.json").read_text())


def format_1():
    folder, answers = known("vault_format_1")
    vault = with_password(folder, FIXTURE_PASSWORD)
    expect("vault id", vault.id, answers["vault_id"])
    expect("database key", vault.derived("db/v1").hex(), answers["database_key"])
    found = list(configurations(vault, vault.database()))
    record, name, _, base_url, key = found[0]
    wanted = [answers[field] for field in ("provider", "display_name", "base_url", "api_key")]
    expect("the configuration", [record, name, base_url, key], wanted)
    expect("configurations", len(found), 1)


def other_slots():
    folder, answers = known("vault_format_1_slots")
    keyring = Vault(folder, "keyring", lambda _: bytes.fromhex(answers["keyring_secret"]))
    expect("database key", keyring.derived("db/v1").hex(), answers["database_key"])
    kit = Vault(folder, "recovery", lambda _: kit_secret(answers["recovery_words"]))
    expect("database key", kit.derived("db/v1").hex(), answers["database_key"])


def wrong_password():
    folder, _ = known("vault_format_1")
    try:
        with_password(folder, FIXTURE_PASSWORD + "x")
    except InvalidTag:
        return
    raise Refused("a wrong password opened the vault")


def moved_field():
    folder, _ = known("vault_format_1")
    vault = with_password(folder, FIXTURE_PASSWORD)
    select = "SELECT base_url, api_key_encrypted FROM ai_provider_configs"
    base_url, sealed = vault.database().execute(select).fetchone()
    try:
        vault.api_key(NOBODY, base_url, sealed)
    except Exception:
        return
    raise Refused("a key opened for another record")


def made_now(made):
    """A vault that this version made a moment ago, with its answers: every way in, every field, the whole log of acts."""
    folder = Path(made["folder"]) / "vault"
    vault = with_password(folder, made["password"])
    connection = vault.database()
    found = [(uuid, name, base_url, key) for uuid, name, _, base_url, key in configurations(vault, connection)]
    fields = ("uuid", "display_name", "base_url", "api_key")
    wanted = [tuple(one[field] for field in fields) for one in made["configurations"]]
    expect("configurations", found, wanted)
    expect("kept keys", vault.kept_keys(connection), {wanted[0][0]: made["kept_api_key"]})
    expect("second factor", vault.totp_secret(connection), base64.b32decode(made["totp_secret"]))
    expect("acts beyond the second checkpoint", vault.acts(connection) > 250, True)
    recipient, sealed = connection.execute("SELECT recipient, identity_encrypted FROM sharing").fetchone()
    identity = vault.field(NOBODY, "share_identity", sealed).decode()
    expect("recipient", [recipient, identity.startswith("AGE-SECRET-KEY-1")], [made["recipient"], True])
    kit = Vault(folder, "recovery", lambda _: kit_secret(made["words"]))
    expect("the vault key by the kit", kit.key, vault.key)


def backed_up(made):
    """Its backup: the manifest, and the same in it. A manifest of which a letter is another is not believed."""
    place = Path(made["folder"]) / "backups" / made["backup"]
    vault = with_password(place, made["password"])
    expect("reason", vault.manifest()["reason"], "manual")
    connection = vault.database()
    expect("kept keys", list(vault.kept_keys(connection).values()), [made["kept_api_key"]])
    expect("acts beyond the second checkpoint", vault.acts(connection) > 250, True)
    file = place / "manifest.json"
    file.write_bytes(file.read_bytes().replace(b'"manual"', b'"restore"'))
    try:
        vault.manifest()
    except Refused:
        return
    raise Refused("an altered manifest was believed")


def run(checks):
    failed = 0
    for check in checks:
        name = getattr(check, "func", check).__name__
        try:
            check()
            print(f"ok    vault  {name}", flush=True)
        except Exception as error:
            failed += 1
            print(f"FAIL  vault  {name}: {error!r}", flush=True)
    print(f"\n{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def main():
    if sys.argv[1:] == ["--fixtures"]:
        return run([format_1, other_slots, wrong_password, moved_field])
    if sys.argv[1:] == ["--made"]:
        made = json.load(sys.stdin)
        return run([functools.partial(made_now, made), functools.partial(backed_up, made)])
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    vault = with_password(folder / "vault" if (folder / "vault").is_dir() else folder, getpass.getpass("Password: "))
    connection = vault.database()
    if (vault.folder / "manifest.json").exists():
        said = vault.manifest()
        print(f"a backup of revision {said['revision']}, as it was made ({said['reason']})")
    for record, name, model, base_url, key in configurations(vault, connection):
        print(f"{record}  {name}  {model}  {base_url}  {'no key' if key is None else 'key ends in ' + key[-4:]}")
    print(f"{vault.acts(connection)} entries in the log of acts, all as they were written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
