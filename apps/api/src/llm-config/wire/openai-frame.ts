/** What of a `chat.completion.chunk` is read; every field may be missing or null, whatever the provider's documents say. */
export interface OpenAiFrame {
  choices?: OpenAiChoice[] | null;
  usage?: OpenAiUsage | null;
  error?: unknown;
  object?: unknown;
  code?: unknown;
  error_code?: unknown;
  error_msg?: unknown;
  detail?: unknown;
}

export interface OpenAiChoice {
  index?: number | null;
  delta?: OpenAiDelta | null;
  finish_reason?: string | null;
  usage?: OpenAiUsage | null;
}

export interface OpenAiDelta {
  content?: unknown;
  refusal?: unknown;
  reasoning_content?: unknown;
  reasoning?: unknown;
  tool_calls?: OpenAiToolPiece[] | null;
}

export interface OpenAiToolPiece {
  index?: number | null;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown } | null;
}

export interface OpenAiUsage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  prompt_cache_hit_tokens?: unknown;
  cached_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: unknown } | null;
}
