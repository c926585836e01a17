"""Streams an answer through the local gateway with OpenAI's own SDK.

    pip install openai
    SIGNALBOX_TOKEN=... python openai_stream.py "What is a signal box?"

The model is a task of Signalbox: who answers is decided there, and may be any vendor.
"""

import os
import sys

from openai import APIStatusError, OpenAI

MODEL = os.environ.get("SIGNALBOX_MODEL", "task:extraction")
BASE_URL = os.environ.get("SIGNALBOX_URL", "http://127.0.0.1:8377") + "/v1"


def main() -> int:
    prompt = " ".join(sys.argv[1:]) or "Say in a few words what a signal box is."
    client = OpenAI(base_url=BASE_URL, api_key=os.environ["SIGNALBOX_TOKEN"])
    try:
        stream = client.chat.completions.create(
            model=MODEL,
            messages=[{"role": "user", "content": prompt}],
            stream=True,
            stream_options={"include_usage": True},
        )
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                print(chunk.choices[0].delta.content, end="", flush=True)
            if chunk.usage:
                print(f"\n{chunk.usage.prompt_tokens} tokens in, {chunk.usage.completion_tokens} out")
    except APIStatusError as error:
        # The gateway says what happened and what to do, in the vendor's own shape.
        print(f"{error.status_code}: {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
