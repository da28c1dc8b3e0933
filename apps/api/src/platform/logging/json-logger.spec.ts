import { QueryFailedError } from 'typeorm';
import { JsonLogger } from './json-logger.js';

const SECRET = 'canary-of-the-log';

describe('a line of the log', () => {
  const written = (write: (logger: JsonLogger) => void): Record<string, unknown> => {
    const lines: string[] = [];
    write(new JsonLogger({ write: (line) => void lines.push(line) }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(SECRET);
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };

  it('holds what was said, where, and how a request ended', () => {
    const said = { msg: 'answered', method: 'GET', route: '/api/me', status: 200, ms: 3 };
    expect(written((logger) => logger.log(said, 'Request'))).toEqual({
      ...{ level: 'info', time: expect.any(String), context: 'Request' },
      ...said,
    });
  });

  it('holds no field that is not named, and no value inside one', () => {
    const foreign = {
      api_key: SECRET,
      body: { query: SECRET },
      headers: [SECRET],
      msg: 'said',
      route: { path: SECRET },
    };
    expect(Object.keys(written((logger) => logger.warn(foreign, 'Somewhere')))).toEqual([
      ...['level', 'time', 'msg', 'context'],
    ]);
    expect(written((logger) => logger.error([SECRET], 'Somewhere'))).not.toHaveProperty('msg');
    expect(written((logger) => logger.log('said', { api_key: SECRET }, 'Somewhere'))).toMatchObject({ msg: 'said' });
  });

  it('tells of a refused statement without its values', () => {
    const driver = Object.assign(new Error(`invalid input syntax for type uuid: "${SECRET}"`), {
      ...{ code: '22P02', detail: `Key (name)=(${SECRET}) already exists.`, where: SECRET },
    });
    const error = new QueryFailedError('select $1', [SECRET], driver);
    const line = written((logger) => logger.error(error, error.stack, 'ProblemFilter'));
    expect(line).toMatchObject({ error: 'QueryFailedError', code: '22P02', context: 'ProblemFilter' });
    expect(line['msg']).toBe('invalid input syntax for type uuid: [redacted]');
    expect(line['stack']).toContain('json-logger.spec');
    const outer = new Error('could not be stored', { cause: error });
    expect(written((logger) => logger.warn(outer))).toMatchObject({ msg: 'could not be stored' });
    expect(written((logger) => logger.error('could not be stored', error.stack, 'Runs'))['stack']).toContain('at ');
  });

  it('tells a place without who was to be there', () => {
    const address = `https://user:${SECRET}@models.example.org/v1?key=${SECRET}#${SECRET}`;
    const { msg } = written((logger) => logger.warn(`The request to ${address} failed: fetch failed`, 'Outbound'));
    expect(msg).toBe('The request to https://[redacted]@models.example.org/v1?[redacted] failed: fetch failed');
    expect(written((logger) => logger.warn(new Error(`no answer from ${address}`)))).toHaveProperty('stack');
  });
});
