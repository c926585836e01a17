"""How an application in Python verifies and opens a bundle, as docs/guide/bundle.md shows it."""

import json

import jwt
import pyrage


def open_bundle(text, jwk, server_id, identity, last_serial):
    """What a server serves by. Raises on anything that is not to be believed; keep the serial in the transaction that applies it."""
    if len(text) > 1024 * 1024:
        raise ValueError("too large for a bundle")
    key = json.loads(jwk)
    header = jwt.get_unverified_header(text)
    if header != {"alg": "EdDSA", "typ": "signalbox-bundle+jwt", "kid": key["kid"]}:
        raise ValueError("no bundle of this key")
    claims = jwt.decode(text, jwt.PyJWK(key), algorithms=["EdDSA"], audience=server_id, issuer=key["iss"],
                        options={"require": ["iss", "aud", "iat", "nbf", "exp", "jti"]})
    if claims["format"] != 1 or claims["serial"] <= last_serial:
        raise ValueError("not newer than what is in force, or of a later version")
    sealed = claims["sealed"].encode()
    inner = json.loads(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    if [inner[name] for name in ("iss", "aud", "serial")] != [claims[name] for name in ("iss", "aud", "serial")]:
        raise ValueError("sealed for another bundle")
    return inner


def instructions_for(bundle, task, built_in):
    """A task's own instructions, or the application's."""
    own = {one["task"]: one["prompt"] for one in bundle.get("prompts", [])}
    return own.get(task) or built_in
