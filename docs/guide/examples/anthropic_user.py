"""Asks through the local gateway with Anthropic's own SDK, on behalf of a user, and shows who answered at what cost.

    pip install anthropic
    SIGNALBOX_TOKEN=... python anthropic_user.py ada "What is a signal box?"
"""

import os
import sys

from anthropic import Anthropic, APIStatusError

MODEL = os.environ.get("SIGNALBOX_MODEL", "task:extraction")
BASE_URL = os.environ.get("SIGNALBOX_URL", "http://127.0.0.1:8377")


def main() -> int:
    user = sys.argv[1] if len(sys.argv) > 1 else "local"
    prompt = " ".join(sys.argv[2:]) or "Say in a few words what a signal box is."
    client = Anthropic(base_url=BASE_URL, api_key=os.environ["SIGNALBOX_TOKEN"])
    try:
        # With the raw response, since the gateway's own facts are in its headers.
        raw = client.messages.with_raw_response.create(
            model=MODEL,
            max_tokens=300,
            messages=[{"role": "user", "content": prompt}],
            # Usage and quotas are counted for this user.
            metadata={"user_id": user},
        )
    except APIStatusError as error:
        print(f"{error.status_code}: {error.message}", file=sys.stderr)
        return 1
    message = raw.parse()
    print("".join(block.text for block in message.content if block.type == "text"))
    cost = raw.headers.get("x-signalbox-cost-usd", "not known")
    print(f"answered by {raw.headers['x-signalbox-provider']}, cost in USD: {cost}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
