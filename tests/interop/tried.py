"""What schemathesis cannot take from our description: models that there are, and numbers and keys that are good. It loads this file itself.

Every other case keeps what was made up, and the others are led past the first refusal: calls reach a vendor, one that answers and one that fails,
configurations can be made, and numbers are of something.
"""

import itertools
import os

import schemathesis

MODELS = ["gpt-4o-mini", "gpt-4o"]
HELLO = {
    "messages": [{"role": "user", "content": "Hello."}],
    "input": "Hello.",
    "contents": [{"parts": [{"text": "Hello."}]}],
    "max_tokens": 5,
}
GOOD = {"provider_type": "openai", "api_key": "test-openai-key-0001", "model_name": "gpt-4o-mini", "base_url": os.environ["TRIED_BASE_URL"]}
COUNT = itertools.count()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    number = next(COUNT)
    if number % 2:
        return
    model, parameters = MODELS[number // 2 % 2], case.path_parameters or {}
    if "model" in parameters:
        parameters["model"] = model
    parameters.update({name: "1" for name in parameters if name.endswith("_id")})
    if not isinstance(case.body, dict):
        return
    if case.operation.path.endswith("/configs") and case.method.upper() == "POST":
        case.body = {**case.body, **GOOD}
    elif "model" in case.body or "contents" in case.body:
        case.body = {**case.body, **{name: HELLO[name] for name in HELLO if name in case.body}}
        if "model" in case.body:
            case.body["model"] = model
