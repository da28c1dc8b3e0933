/** What one turn may take before it has to answer with what it has. */
export const TURN_LIMITS = {
  modelCalls: 24,
  toolCalls: 60,
  /** Tool calls that one answer of the model may ask for. */
  callsAtOnce: 40,
  /** Prompt and answer of all model calls together. */
  tokens: 1_500_000,
  /** In the currency of the model's price. */
  money: 20,
  /** Without the time that it waits for people. */
  milliseconds: 15 * 60_000,
  /** Rounds in a row in which every call was refused or broken: the model does not get further. */
  stuckRounds: 3,
  /** Characters of one call's arguments. */
  argumentCharacters: 100_000,
} as const;

/** How long a tool may take, where it does not say so itself. */
export const TOOL_TIMEOUT_MS = 30_000;

/** How many tools of one round run at the same time. */
export const TOOLS_AT_ONCE = 6;

/** Characters of one observation; a longer one is kept as an artifact. */
export const OBSERVATION_CHARACTERS = 16_000;

/** How much of a model's window one observation may fill. */
export const SHARE_OF_OBSERVATION = 0.1;

/** How much of a model's window the observations of one turn may fill together, and the turns before it. */
export const SHARE_OF_OBSERVATIONS = 0.4;
export const SHARE_OF_HISTORY = 0.4;

/** And what is told in short of the turns before those. */
export const SHARE_OF_DIGESTS = 0.1;

/** Of a model of which nothing is known. */
export const USUAL_WINDOW_TOKENS = 64_000;
