"""How an application in Python verifies and opens a bundle and serves by it. docs/guide/bundle.md shows all of this file."""

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


# Where the specification's providers send what they are asked, with the key. The factory takes no address.
FACTORY = {
    "gemini": "https://generativelanguage.googleapis.com/v1beta",
    "openai": "https://api.openai.com/v1",
    "claude": "https://api.anthropic.com",
}


def provider_for(bundle, task, factory):
    """Who serves a task, by the specification's ProviderFactory: the first of its chain that is switched on, else the default."""
    if bundle.get("again") is not None:
        raise LookupError(f"this bundle puts number {bundle['again']} in force again: serve by that one")
    route = next((one for one in bundle["routes"] if one["task"] == task and one["chain"]), None)
    ids = [member["provider"] for member in route["chain"]] if route else [bundle["default"]]
    by_id = {one["id"]: one for one in bundle["configurations"] if one["is_active"]}
    config = next((by_id[one] for one in ids if one in by_id), None)
    if config is None:
        raise LookupError(f"nobody in this bundle serves {task}")
    name, kind, url = (config[member] for member in ("display_name", "provider_type", "base_url"))
    # A key for a company's own gateway would else go to the vendor.
    if FACTORY.get(kind) != url.rstrip("/"):
        raise ValueError(f"{name} is {kind} at {url}, where the factory does not go: call it by a client that takes an address")
    if not config["api_key"]:
        raise ValueError(f"{name} has no key in this bundle")
    return factory.create_provider(kind, config["api_key"], config["model_name"])


def instructions_for(bundle, task, built_in):
    """A task's own instructions, or the application's."""
    own = {one["task"]: one["prompt"] for one in bundle.get("prompts", [])}
    return own.get(task) or built_in
