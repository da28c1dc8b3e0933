import { resultParts } from './step-result.js';

describe('what a tool answered', () => {
  it('is its facts, and below them each output as it was printed', () => {
    const answer = { status: 'ok', exit_code: 0, stdout: 'Filesystem Use%\n/dev/vda 97%\n', stderr: 'a\nb' };
    expect(resultParts(JSON.stringify(answer))).toEqual([
      { name: '', text: '{\n  "status": "ok",\n  "exit_code": 0\n}' },
      { name: 'stdout', text: 'Filesystem Use%\n/dev/vda 97%' },
      { name: 'stderr', text: 'a\nb' },
    ]);
  });

  it('is left alone where it is no object, or only a part of one', () => {
    expect(resultParts('plain\ntext')).toEqual([{ name: '', text: 'plain\ntext' }]);
    expect(resultParts('{"a": "b\\n')).toEqual([{ name: '', text: '{"a": "b\\n' }]);
    expect(resultParts('')).toEqual([]);
    expect(resultParts('{"text":"a\\nb"}')).toEqual([{ name: 'text', text: 'a\nb' }]);
  });

  it('survives what is nested too deeply', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(resultParts(deep)).toEqual([{ name: '', text: deep }]);
  });
});
