"""Bundles between us and PyJWT, cryptography and pyrage: each verifies, opens and refuses the other's.

    python3 tests/interop/bundle_checks.py PROGRAM

What a desk exported by its own commands comes on standard input, as `vault.rs` tells it.
"""

import base64
import json
import subprocess
import sys
import time
import uuid
from pathlib import Path

import jwt
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bundle_reader import FACTORY, instructions_for, open_bundle, provider_for

HERE = Path(__file__).resolve().parent
GUIDE = HERE.parent.parent / "docs" / "guide" / "bundle.md"
SERVER = "a" * 32
ISSUER = "signalbox/0123456789abcdef0123456789abcdef"
NAME = "Данные 数据 \"x\""
KEY = "test-openai-key-0001"
NOW = int(time.time())
UUID = "00000000-0000-0000-0000-000000000007"


def ours(word, **given):
    done = subprocess.run([sys.argv[1], word], input=json.dumps({"now": NOW * 1000, **given}).encode(), capture_output=True)
    if done.returncode:
        raise ValueError(done.stderr.decode())
    return json.loads(done.stdout)


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Composed:
    """A bundle made in Python alone."""

    def __init__(self):
        self.identity = pyrage.x25519.Identity.generate()
        self.private = Ed25519PrivateKey.generate()
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.jwk = json.dumps({"kty": "OKP", "crv": "Ed25519", "x": encoded(public), "kid": "py-1", "alg": "EdDSA",
                               "use": "sig", "iss": ISSUER})
        self.headers = {"typ": "signalbox-bundle+jwt", "kid": "py-1"}

    def inner(self):
        one = {"id": UUID, "provider_type": "openai", "display_name": NAME, "base_url": "https://api.openai.com/v1",
               "model_name": "gpt-4o-mini", "is_active": True, "api_key": KEY}
        route = {"task": "extraction", "mode": "chain", "chain": [{"provider": UUID, "weight": 0}], "needs": {}, "bounds": {}}
        return {"iss": ISSUER, "aud": SERVER, "serial": 42, "configurations": [one], "default": UUID, "routes": [route]}

    def seal(self, inner, identity=None):
        plain = json.dumps(inner, ensure_ascii=False).encode()
        return pyrage.encrypt(plain, [(identity or self.identity).to_public()], armored=True).decode()

    def claims(self):
        return {"iss": ISSUER, "aud": SERVER, "iat": NOW, "nbf": NOW, "exp": NOW + 7 * 86400, "jti": str(uuid.uuid4()),
                "serial": 42, "prev": 39, "format": 1, "sealed": self.seal(self.inner())}

    def signed(self, claims, key=None, algorithm="EdDSA", headers=None):
        return jwt.encode(claims, key or self.private, algorithm=algorithm, headers=headers or self.headers)

    def judged(self, bundles):
        return ours("judge", bundles=bundles, jwk=self.jwk, server=SERVER, identity=str(self.identity))


def made():
    identity = pyrage.x25519.Identity.generate()
    return identity, ours("make", server=SERVER, recipient=str(identity.to_public()))


def python_opens_what_the_desk_exported():
    told = EXPORTED
    text, jwk, server, identity, serial = (told[name] for name in ("bundle", "jwk", "server", "identity", "serial"))
    inner = open_bundle(text, jwk, server, identity, serial - 1)
    [one], wanted = inner["configurations"], told["configuration"]
    found = {name: one[name] for name in ("display_name", "base_url", "api_key")} | {"uuid": one["id"]}
    chains = {route["task"]: [member["provider"] for member in route["chain"]] for route in inner["routes"]}
    if found != wanted or chains["extraction"] != [wanted["uuid"]]:
        raise ValueError(f"{sorted(found)} and {chains} came out")
    for case in ((text, jwk, server, identity, serial), (text, jwk, "b" * 32, identity, serial - 1), (text[:-1], jwk, server, identity, serial - 1)):
        try:
            open_bundle(*case)
        except (ValueError, jwt.InvalidTokenError):
            continue
        raise AssertionError("one that is not to be believed opened")


def python_opens_ours():
    identity, told = made()
    inner = open_bundle(told["bundle"], told["jwk"], SERVER, str(identity), 41)
    one = inner["configurations"][0]
    found = (one["display_name"], one["api_key"], inner["routes"][0]["task"], inner["default"])
    if found != (NAME, KEY, "extraction", one["id"]):
        raise ValueError(f"{found} came out")
    if [instructions_for(inner, task, "built in") for task in ("extraction", "cv_draft")] != ["Only facts.", "built in"]:
        raise ValueError(f"{inner['prompts']} came out")
    if not inner["catalog"]["comes"]["models"]:
        raise ValueError("no catalogue came out")


class Factory:
    """The specification's, as far as it is asked here."""

    @staticmethod
    def create_provider(provider_type, api_key, model_name):
        return provider_type, api_key, model_name


def raised(call):
    try:
        return call()
    except (LookupError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def the_factory_serves_what_ours_says():
    identity, told = made()
    inner = open_bundle(told["bundle"], told["jwk"], SERVER, str(identity), 41)
    one = inner["configurations"][0]
    wanted = (one["provider_type"], KEY, one["model_name"])
    found = [provider_for(inner, task, Factory) for task in ("extraction", "validation")]
    if found != [wanted, wanted]:
        raise ValueError(f"{found} came out")


def the_factory_gets_no_key_for_another_address():
    one = Composed().inner()["configurations"][0]
    two = {**one, "id": UUID[:-1] + "8", "display_name": "Two", "provider_type": "claude", "base_url": FACTORY["claude"] + "/"}

    def asked(chain=(one["id"],), default=None, **changed):
        route = {"task": "extraction", "chain": [{"provider": id, "weight": 0} for id in chain]}
        bundle = {"configurations": [{**one, **changed}, two], "default": default, "routes": [route]}
        return raised(lambda: provider_for(bundle, "extraction", Factory))

    served, next_one = ("openai", KEY, "gpt-4o-mini"), ("claude", KEY, "gpt-4o-mini")
    right = {
        "as it is": (asked(), served),
        "the next in the chain": (asked((one["id"], two["id"]), is_active=False), next_one),
        "the default": (asked((), two["id"]), next_one),
        "nobody is switched on": (asked(is_active=False), "LookupError: nobody in this bundle serves extraction"),
        "no default": (asked(()), "LookupError: nobody in this bundle serves extraction"),
        "no key": (asked(api_key=None), f"ValueError: {NAME} has no key in this bundle"),
    }
    for what, (is_so, wanted) in right.items():
        if is_so != wanted:
            raise ValueError(f"{what}: {is_so}")
    for kind, url in (("openai", "https://gateway.example/v1"), ("openai", FACTORY["claude"]), ("openai", FACTORY["openai"] + ".example"),
                      ("openai_compatible", FACTORY["openai"])):
        said = asked(provider_type=kind, base_url=url)
        if f"{NAME} is {kind} at {url}, where the factory does not go" not in said:
            raise ValueError(f"{kind} at {url}: {said}")
    said = raised(lambda: provider_for({"iss": ISSUER, "aud": SERVER, "serial": 43, "again": 38}, "extraction", Factory))
    if said != "LookupError: this bundle puts number 38 in force again: serve by that one":
        raise ValueError(said)


def the_guide_shows_the_reader_as_it_is():
    """All of it but the line that says what the file is."""
    blocks = [block.split("```")[0].strip() for block in GUIDE.read_text().split("```python\n")[1:]]
    shown = "\n\n\n".join(blocks)
    _, is_so = (HERE / "bundle_reader.py").read_text().split('"""\n\n', 1)
    if shown != is_so.strip():
        raise AssertionError("docs/guide/bundle.md shows another reader than tests/interop/bundle_reader.py")


def python_refuses_ours_changed_old_and_for_others():
    identity, told = made()
    text, jwk = told["bundle"], told["jwk"]
    cases = [(text, jwk, SERVER, str(identity), 42), (text, jwk, "b" * 32, str(identity), 41), (text[:-1], jwk, SERVER, str(identity), 41),
             (text, jwk, SERVER, str(pyrage.x25519.Identity.generate()), 41), (text, made()[1]["jwk"], SERVER, str(identity), 41)]
    middle = text.index(".") + 40
    cases.append((text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1:], jwk, SERVER, str(identity), 41))
    for place, case in enumerate(cases):
        try:
            open_bundle(*case)
        except (ValueError, KeyError, jwt.InvalidTokenError, pyrage.DecryptError):
            continue
        raise AssertionError(f"case {place} opened")


def we_open_pythons():
    composed = Composed()
    [found] = composed.judged([composed.signed(composed.claims())])
    if found != [{"name": NAME, "key": KEY}]:
        raise ValueError(f"{found} came out")


def we_open_pythons_with_instructions_and_a_catalogue():
    composed = Composed()
    abilities = dict.fromkeys(("vision", "tools", "json_schema", "reasoning", "pdf_input", "sampling_params"), False)
    model = {"provider_type": "openai", "model_name": "gpt-4o-mini", "display_name": "GPT-4o mini", "input_usd_per_mtok": "0.15",
             "output_usd_per_mtok": "0.60", "context_window": 128000, "max_output_tokens": 16384, "capabilities": abilities}
    prompts = [{"task": "extraction", "prompt": "Only facts."}, {"task": "cv_draft", "prompt": None}]
    more = {"prompts": prompts, "catalog": {"comes": {"as_of": "2026-01-31", "models": [model]}}}

    def signed(**beside):
        return composed.signed({**composed.claims(), "sealed": composed.seal({**composed.inner(), **beside})})

    good = [signed(**more), signed(catalog={"goes": "2026-01-31 abcdef"}), signed(prompts=[])]
    wrong = [signed(prompts=prompts + prompts), signed(prompts=[{"task": "extraction"}]), signed(prompts=[{**prompts[0], "more": 1}]),
             signed(catalog={"comes": {"as_of": "some day", "models": [model]}}), signed(catalog={"comes": {"as_of": "2026-01-31", "models": []}}),
             signed(catalog={"neither": 1}), signed(catalog={"goes": ""})]
    found = composed.judged(good + wrong)
    if any(one is None for one in found[:len(good)]) or any(one is not None for one in found[len(good):]):
        raise AssertionError(f"{[one is not None for one in found]}")


def we_refuse_every_changed_letter_and_cut_of_pythons():
    composed = Composed()
    text = composed.signed(composed.claims())
    changed = [text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1:] for at in range(len(text))]
    cut = [text[:at] for at in range(len(text))]
    if any(found is not None for found in composed.judged(changed + cut)):
        raise AssertionError("one was accepted")


def we_refuse_what_python_signed_wrongly():
    composed = Composed()
    good = composed.claims()
    public = composed.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    cases = {name: composed.signed({key: value for key, value in good.items() if key != name}) for name in good}
    for name, value in (("serial", 41), ("aud", "b" * 32), ("aud", [SERVER]), ("exp", NOW), ("exp", NOW + 31 * 86400), ("nbf", NOW + 3600),
                        ("format", 2), ("iss", "x"), ("iat", str(NOW)), ("role", "admin")):
        cases[f"{name}={value}"] = composed.signed({**good, name: value})
    for member in ("serial", "aud", "iss"):
        inner = {**composed.inner(), member: 41 if member == "serial" else "x"}
        cases[f"inner {member}"] = composed.signed({**good, "sealed": composed.seal(inner)})
    cases["inner unknown"] = composed.signed({**good, "sealed": composed.seal({**composed.inner(), "more": 1})})
    cases["sealed for another"] = composed.signed({**good, "sealed": composed.seal(composed.inner(), pyrage.x25519.Identity.generate())})
    cases["another key"] = composed.signed(good, Ed25519PrivateKey.generate())
    cases["none"] = jwt.encode(good, None, algorithm="none", headers=composed.headers)
    cases["HS256 with the public key"] = composed.signed(good, public.hex() * 2, "HS256")
    cases["crit"] = composed.signed(good, headers={**composed.headers, "crit": ["exp"]})
    cases["typ"] = composed.signed(good, headers={**composed.headers, "typ": "JWT"})
    head = encoded(b'{"alg":"EdDSA","typ":"signalbox-bundle+jwt","kid":"py-1"}')
    body = encoded(b'{"serial":42,' + json.dumps(good).encode()[1:])
    cases["a claim twice"] = f"{head}.{body}." + encoded(composed.private.sign(f"{head}.{body}".encode()))
    for name, found in zip(cases, composed.judged(list(cases.values())), strict=True):
        if found is not None:
            raise AssertionError(f"{name} was accepted")


EXPORTED = json.load(sys.stdin)
CHECKS = [python_opens_what_the_desk_exported, python_opens_ours, the_factory_serves_what_ours_says, the_factory_gets_no_key_for_another_address,
          the_guide_shows_the_reader_as_it_is, python_refuses_ours_changed_old_and_for_others, we_open_pythons,
          we_open_pythons_with_instructions_and_a_catalogue, we_refuse_every_changed_letter_and_cut_of_pythons, we_refuse_what_python_signed_wrongly]


def main():
    failed = 0
    for check in CHECKS:
        try:
            check()
            print(f"ok      bundle  {check.__name__}")
        except Exception as error:  # noqa: BLE001, a check that breaks is a check that failed
            failed += 1
            print(f"FAILED  bundle  {check.__name__}: {type(error).__name__}: {error}")
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
