import type { WireField, WireOperation } from './wire-operation.js';
import { bodyText, curlOf, isFault, wireRequest, type WireRequest } from './wire-request.js';

const field = (place: WireField['in'], name: string, control: WireField['control'] = 'line'): WireField => ({
  id: `${place}.${name}`,
  name,
  in: place,
  isRequired: false,
  control,
  options: [],
  initial: '',
});

const operation = (part: Partial<WireOperation>): WireOperation => ({
  key: 'POST /x',
  id: 'x',
  method: 'POST',
  path: '/v1/x',
  summary: '',
  group: 'chat',
  fields: [],
  hasBody: true,
  hasFile: false,
  ...part,
});

const chat = operation({
  fields: [
    field('body', 'query', 'text'),
    field('body', 'inputs', 'json'),
    field('body', 'auto', 'flag'),
    field('body', 'user'),
  ],
});

describe('wireRequest', () => {
  it('sends each value by its type and leaves out what is empty', () => {
    const values = { 'body.query': 'it\'s "up"?', 'body.inputs': '{"a":1}', 'body.auto': 'false', 'body.user': '' };
    expect(wireRequest(chat, values, null, null)).toEqual({
      method: 'POST',
      url: '/v1/x',
      body: JSON.stringify({ query: 'it\'s "up"?', inputs: { a: 1 }, auto: false }),
    });
  });

  it('names the field whose JSON cannot be read', () => {
    expect(wireRequest(chat, { 'body.inputs': '{' }, null, null)).toEqual({ field: 'body.inputs', kind: 'json' });
  });

  it('sends a body written by hand as it is, however wrong', () => {
    expect(wireRequest(chat, { 'body.inputs': '{' }, null, '{"query":')).toMatchObject({ body: '{"query":' });
  });

  it('asks for what the address needs and writes it as an address is written', () => {
    const messages = operation({
      method: 'GET',
      path: '/v1/messages/{message_id}/suggested',
      hasBody: false,
      fields: [field('path', 'message_id'), field('query', 'user')],
    });
    expect(wireRequest(messages, {}, null, null)).toEqual({ field: 'path.message_id', kind: 'missing' });
    expect(wireRequest(messages, { 'path.message_id': 'a/b', 'query.user': '值 班' }, null, null)).toMatchObject({
      url: '/v1/messages/a%2Fb/suggested?user=%E5%80%BC+%E7%8F%AD',
      body: null,
    });
  });

  it('sends a file as a form', () => {
    const upload = operation({ hasFile: true, fields: [field('body', 'file', 'file'), field('body', 'user')] });
    const made = wireRequest(upload, { 'body.user': 'u' }, new File(['x'], 'x.txt'), null);
    const { body } = made as WireRequest;
    expect(body).toBeInstanceOf(FormData);
    expect((body as FormData).get('user')).toBe('u');
    expect(curlOf(made as WireRequest, 'http://h')).toContain("--form 'file=@x.txt'");
  });
});

describe('curlOf', () => {
  it('quotes for a shell and holds no key', () => {
    const made = wireRequest(chat, { 'body.query': "it's $HOME" }, null, null);
    expect(isFault(made)).toBe(false);
    expect(curlOf(made as WireRequest, 'http://h:8000')).toBe(
      [
        "curl --no-buffer --request POST 'http://h:8000/v1/x' \\",
        '  --header "Authorization: Bearer $OPSAGENT_API_KEY" \\',
        "  --header 'Content-Type: application/json' \\",
        `  --data-raw '{"query":"it'\\''s $HOME"}'`,
        '',
      ].join('\n'),
    );
  });
});

describe('bodyText', () => {
  it('lays the entered fields out for editing', () => {
    expect(JSON.parse(bodyText(chat, { 'body.query': 'a', 'body.inputs': '{}' }))).toEqual({ query: 'a', inputs: {} });
  });
});
