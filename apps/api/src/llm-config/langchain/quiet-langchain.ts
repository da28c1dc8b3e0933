/**
 * Imported before anything of LangChain: whatever the environment says, prompts go to no tracing service.
 * LangChain reads these variables at every call.
 */
for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2']) {
  process.env[name] = 'false';
}
