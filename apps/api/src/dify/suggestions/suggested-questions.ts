const MOST_QUESTIONS = 3;
const LONGEST_QUESTION = 200;

/** The questions in a model's answer: the first JSON list of texts in it, however it is wrapped; none where there is none. */
export function questionsIn(answer: string): string[] {
  for (const candidate of candidatesIn(answer)) {
    const questions = textsIn(candidate);
    if (questions.length > 0) return [...new Set(questions)].slice(0, MOST_QUESTIONS);
  }
  return [];
}

/** From the first bracket to the last, and then every list that holds no other. */
function candidatesIn(answer: string): string[] {
  const whole = answer.slice(answer.indexOf('['), answer.lastIndexOf(']') + 1);
  return [whole, ...(answer.match(/\[[^[\]]*\]/g) ?? [])];
}

function textsIn(json: string): string[] {
  const list = parsed(json);
  if (!Array.isArray(list)) return [];
  return list
    .filter((item): item is string => typeof item === 'string')
    .map((text) => text.toWellFormed().trim())
    .filter((text) => text !== '' && text.length <= LONGEST_QUESTION);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
