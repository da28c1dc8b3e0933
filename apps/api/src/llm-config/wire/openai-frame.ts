/** What of a `chat.completion.chunk` is read; every field may be missing or null, whatever the provider's documents say. */
export interface OpenAiFrame {
  choices?: OpenAiChoice[] | null;
  usage?: OpenAiUsage | null;
  error?: unknown;
  code?: unknown;
  error_code?: unknown;
  error_msg?: unknown;
}

export interface OpenAiChoice {
  delta?: OpenAiDelta | null;
  finish_reason?: string | null;
  usage?: OpenAiUsage | null;
}

export interface OpenAiDelta {
  content?: string | null;
  refusal?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: OpenAiToolPiece[] | null;
}

export interface OpenAiToolPiece {
  index?: number | null;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown } | null;
}

export interface OpenAiUsage {
  prompt_tokens?: number | null;
  completion_tokens?: number | null;
  prompt_cache_hit_tokens?: number | null;
  cached_tokens?: number | null;
  prompt_tokens_details?: { cached_tokens?: number | null } | null;
  completion_tokens_details?: { reasoning_tokens?: number | null } | null;
}
