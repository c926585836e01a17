"""Asks for JSON through the local gateway with Gemini's own SDK.

    pip install google-genai
    SIGNALBOX_TOKEN=... python gemini_json.py "Signal engineer, Leeds, 40,000 a year"

Whoever answers holds to the schema: a provider that cannot is not asked, or is told it in words if the request allows that.
"""

import os
import sys

from google import genai
from google.genai import errors, types

MODEL = os.environ.get("SIGNALBOX_MODEL", "task:extraction")
BASE_URL = os.environ.get("SIGNALBOX_URL", "http://127.0.0.1:8377")

SCHEMA = {
    "type": "OBJECT",
    "properties": {"title": {"type": "STRING"}, "place": {"type": "STRING"}},
    "required": ["title", "place"],
}


def main() -> int:
    text = " ".join(sys.argv[1:]) or "Signal engineer, Leeds, 40,000 a year"
    client = genai.Client(
        api_key=os.environ["SIGNALBOX_TOKEN"], http_options=types.HttpOptions(base_url=BASE_URL)
    )
    try:
        answer = client.models.generate_content(
            model=MODEL,
            contents=f"Title and place of this job: {text}",
            config=types.GenerateContentConfig(
                response_mime_type="application/json", response_schema=SCHEMA
            ),
        )
    except errors.APIError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)
        return 1
    print(answer.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
