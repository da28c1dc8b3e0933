import { questionsIn } from './suggested-questions.js';

describe('the questions in a model’s answer', () => {
  it.each([
    ['["a?", "b?", "c?"]', ['a?', 'b?', 'c?']],
    ['Here you are:\n```json\n[" 磁盘满了吗？ ", "b?"]\n```\nAnything else?', ['磁盘满了吗？', 'b?']],
    ['["a [1]?", "b?"]', ['a [1]?', 'b?']],
    ['["a?", "b?"] and ["c?"]', ['a?', 'b?']],
    ['["1", "2", "3", "4"]', ['1', '2', '3']],
    ['["a?", "a?", "", 7, null]', ['a?']],
  ])('are read from %j', (answer, questions) => {
    expect(questionsIn(answer)).toEqual(questions);
  });

  it.each(['', 'no list', '[', '][', '[1, 2]', '{"a": "b"}', '["cut', `["${'x'.repeat(201)}"]`])(
    'are none in %j',
    (answer) => {
      expect(questionsIn(answer)).toEqual([]);
    },
  );
});
