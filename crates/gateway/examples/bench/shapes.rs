//! What is asked and answered: OpenAI's Chat Completions on the client's side, Responses as well on the vendor's.

use serde_json::{Value, json};

/// The text of every answer.
pub const TEXT: &str = "The posting looks for a senior backend engineer in Zurich, hybrid, from 2027 on. It asks for \
    seven years with distributed systems, sound knowledge of PostgreSQL and of one compiled language, and German at \
    level B2. The salary lies between 135,000 and 160,000 francs a year, and the team has nine members.";
/// What every answer is said to have taken.
pub const INPUT_TOKENS: u64 = 57;
/// The same of its output.
pub const OUTPUT_TOKENS: u64 = 71;
/// In a prompt: the mock waits this long before it answers.
pub const WAIT: &str = "[wait 50 ms]";
/// Pieces of a streamed answer.
pub const PIECES: usize = 8;

/// A request as clients send it.
pub fn request(prompt: &str, stream: bool) -> Value {
    let messages = json!([
        {"role": "system", "content": "Answer in one short paragraph."},
        {"role": "user", "content": prompt},
    ]);
    let mut request = json!({"model": "task:extraction", "messages": messages, "max_tokens": 200});
    if stream {
        request["stream"] = json!(true);
        request["stream_options"] = json!({"include_usage": true});
    }
    request
}

/// A whole answer of Chat Completions.
pub fn chat() -> Value {
    let message = json!({"role": "assistant", "content": TEXT, "refusal": null, "annotations": []});
    json!({
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion", "created": 1_777_591_030,
        "model": "gpt-4o-mini-2024-07-18", "service_tier": "default", "system_fingerprint": null,
        "choices": [{"index": 0, "message": message, "logprobs": null, "finish_reason": "stop"}],
        "usage": chat_usage(),
    })
}

/// A whole answer of Responses.
pub fn response() -> Value {
    let mut response = frame("completed");
    response["output"] = json!([item()]);
    response["usage"] = json!({
        "input_tokens": INPUT_TOKENS, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": OUTPUT_TOKENS,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
    });
    response
}

/// The events of a streamed answer of Chat Completions: the first of them ends with the first piece of text.
pub fn chat_events() -> Vec<String> {
    let chunk = |choices: Value, usage: Value| {
        let chunk = json!({"id": "chatcmpl-B9", "object": "chat.completion.chunk", "created": 1_777_591_030,
            "model": "gpt-4o-mini-2024-07-18", "choices": choices, "usage": usage});
        format!("data: {chunk}\n\n")
    };
    let delta = |delta: Value, finish: Value| {
        chunk(json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]), Value::Null)
    };
    let mut events: Vec<String> =
        pieces().map(|piece| delta(json!({"content": piece}), Value::Null)).collect();
    events[0].insert_str(0, &delta(json!({"role": "assistant", "content": ""}), Value::Null));
    events.push(delta(json!({}), json!("stop")) + &chunk(json!([]), chat_usage()) + "data: [DONE]\n\n");
    events
}

/// The same of Responses.
pub fn response_events() -> Vec<String> {
    let mut number = 0;
    let mut event = |kind: &str, mut fields: Value| {
        fields["type"] = json!(kind);
        fields["sequence_number"] = json!(number);
        number += 1;
        format!("event: {kind}\ndata: {fields}\n\n")
    };
    let begun = json!({"id": "msg_1", "type": "message", "status": "in_progress", "role": "assistant", "content": []});
    let part = json!({"type": "output_text", "text": "", "annotations": []});
    let here = |mut fields: Value| {
        fields["item_id"] = json!("msg_1");
        fields["output_index"] = json!(0);
        fields["content_index"] = json!(0);
        fields
    };
    let begin = event("response.created", json!({"response": frame("in_progress")}))
        + &event("response.output_item.added", json!({"output_index": 0, "item": begun}))
        + &event("response.content_part.added", here(json!({"part": part})));
    let mut events: Vec<String> = pieces()
        .map(|piece| event("response.output_text.delta", here(json!({"delta": piece, "logprobs": []}))))
        .collect();
    events[0].insert_str(0, &begin);
    events.push(
        event("response.output_text.done", here(json!({"text": TEXT})))
            + &event("response.output_item.done", json!({"output_index": 0, "item": item()}))
            + &event("response.completed", json!({"response": response()})),
    );
    events
}

fn pieces() -> impl Iterator<Item = &'static str> {
    let size = TEXT.len().div_ceil(PIECES);
    (0..PIECES).map(move |at| &TEXT[at * size..TEXT.len().min((at + 1) * size)])
}

fn chat_usage() -> Value {
    json!({"prompt_tokens": INPUT_TOKENS, "completion_tokens": OUTPUT_TOKENS, "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0}})
}

fn item() -> Value {
    json!({"id": "msg_1", "type": "message", "status": "completed", "role": "assistant",
        "content": [{"type": "output_text", "text": TEXT, "annotations": [], "logprobs": []}]})
}

fn frame(status: &str) -> Value {
    json!({
        "id": "resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b", "object": "response", "created_at": 1_777_591_030,
        "status": status, "background": false, "error": null, "incomplete_details": null, "instructions": null,
        "max_output_tokens": 200, "max_tool_calls": null, "metadata": {}, "model": "gpt-4o-mini-2024-07-18",
        "output": [], "parallel_tool_calls": true, "previous_response_id": null, "prompt_cache_key": null,
        "reasoning": {"effort": null, "summary": null}, "safety_identifier": null, "service_tier": "default",
        "store": false, "temperature": 1.0, "text": {"format": {"type": "text"}}, "tool_choice": "auto", "tools": [],
        "top_logprobs": 0, "top_p": 1.0, "truncation": "disabled", "usage": null, "user": null,
    })
}
