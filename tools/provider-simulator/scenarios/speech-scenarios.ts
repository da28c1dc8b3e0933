import type { HearingScenario, SpeechScenario } from './scenario.ts';

/** Models that write down what they hear. */
export const HEARING_SCENARIOS: readonly HearingScenario[] = [
  {
    kind: 'hearing',
    name: 'sim-hear',
    about: 'the bytes of a recording as text, cut to 1,000; sim-hear-401 and so on fail like sim-401',
    parameters: [],
    wires: ['openai'],
  },
];

/** Models that speak; what they say is silence. */
export const SPEECH_SCENARIOS: readonly SpeechScenario[] = [
  speech(
    'sim-speak',
    'CHUNKS pieces of silent MP3, MS milliseconds apart; sim-speak-401 and so on fail like sim-401',
    'end',
  ),
  speech('sim-speak-reset', 'the connection breaks after CHUNKS pieces of MP3', 'reset'),
  speech('sim-speak-stall', 'silence of another kind after CHUNKS pieces of MP3, until the client goes', 'stall'),
  speech('sim-speak-empty', '200, and no byte of audio', 'empty'),
];

function speech(name: string, about: string, ending: SpeechScenario['ending']): SpeechScenario {
  const parameters =
    ending === 'empty'
      ? []
      : [
          { name: 'CHUNKS', default: 8, least: 1, most: 100_000 },
          { name: 'MS', default: 0 },
        ];
  return { kind: 'speech', name, about, ending, parameters, wires: ['openai'] };
}
