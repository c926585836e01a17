"""age's own package (pyrage, over the same format as age and rage) opens our files, and we open its: `age_checks.py PROGRAM`."""

import json
import subprocess
import sys

import pyrage

PASSPHRASE = "quilt-orbit-lantern-plover-vex-saddle"
# As docs/SECURITY.md has it.
CONFIGURATIONS = {
    "format": 1,
    "kind": "signalbox configurations",
    "made_at": 1795444320000,
    "configurations": [
        {
            "id": "01a206a5-d304-75e5-ba3c-eb839fa5beea",
            "provider_type": "openai",
            "display_name": "Данные \"x\"",
            "base_url": "https://api.openai.com/v1",
            "allow_insecure_http": False,
            "model_name": "gpt-6-sol",
            "description": "",
            "is_active": True,
            "daily_token_limit": 1000,
            "monthly_token_limit": None,
            "calls": {},
            "api_key": "test-openai-key-0001",
            "key_entered_at": 1795444320000,
        }
    ],
}
PLAIN = json.dumps(CONFIGURATIONS, ensure_ascii=False).encode()


def ours(*words, given=b""):
    done = subprocess.run([sys.argv[1], *words], input=given, capture_output=True)
    if done.returncode:
        raise ValueError(done.stderr.decode())
    return done.stdout


def same(plain):
    found = json.loads(plain)
    for one in found["configurations"]:
        one["calls"] = {}
    if found != CONFIGURATIONS:
        raise ValueError(f"{found} came out")


def age_opens_our_passphrase():
    sealed = ours("seal", "passphrase", PASSPHRASE, given=PLAIN)
    if not sealed.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----"):
        raise ValueError("it is not armored")
    same(pyrage.passphrase.decrypt(sealed, PASSPHRASE))


def age_opens_what_is_for_its_recipient():
    identity = pyrage.x25519.Identity.generate()
    sealed = ours("seal", "recipient", str(identity.to_public()), given=PLAIN)
    same(pyrage.decrypt(sealed, [identity]))


def we_open_ages_passphrase():
    same(ours("open", "passphrase", PASSPHRASE, given=pyrage.passphrase.encrypt(PLAIN, PASSPHRASE)))


def we_open_what_is_for_our_recipient():
    secret, public = ours("identity").decode().split()
    recipient = pyrage.x25519.Recipient.from_str(public)
    other = pyrage.x25519.Identity.generate().to_public()
    for sealed in (pyrage.encrypt(PLAIN, [recipient]), pyrage.encrypt(PLAIN, [other, recipient], armored=True)):
        same(ours("open", "identity", secret, given=sealed))


def neither_opens_what_is_for_another():
    identity = pyrage.x25519.Identity.generate()
    secret, public = ours("identity").decode().split()
    for open_it in (
        lambda: pyrage.decrypt(ours("seal", "recipient", public, given=PLAIN), [identity]),
        lambda: ours("open", "identity", secret, given=pyrage.encrypt(PLAIN, [identity.to_public()])),
        lambda: ours("open", "passphrase", PASSPHRASE + "x", given=pyrage.passphrase.encrypt(PLAIN, PASSPHRASE)),
    ):
        try:
            open_it()
        except (ValueError, pyrage.DecryptError):
            continue
        raise AssertionError("it opened")


def main():
    checks = [
        age_opens_our_passphrase,
        age_opens_what_is_for_its_recipient,
        we_open_ages_passphrase,
        we_open_what_is_for_our_recipient,
        neither_opens_what_is_for_another,
    ]
    failed = 0
    for check in checks:
        try:
            check()
            print(f"ok    age  {check.__name__}", flush=True)
        except Exception as error:
            failed += 1
            print(f"FAIL  age  {check.__name__}: {error!r}", flush=True)
    print(f"\n{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
