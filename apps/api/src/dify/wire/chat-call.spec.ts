import { readChatCall } from './chat-call.js';
import { InvalidParam } from './dify-error.js';

const ID = '550E8400-E29B-41D4-A716-446655440000';
const BODY = { query: 'hello', inputs: {}, user: 'u' };

describe('reading a chat call', () => {
  it('takes what everyday clients send', () => {
    const body = {
      ...BODY,
      response_mode: 'streaming',
      conversation_id: '',
      files: null,
      model_config: {},
      parent_message_id: 'x',
    };
    expect(readChatCall(body)).toEqual({
      ...{
        user: 'u',
        query: 'hello',
        inputs: {},
        files: [],
        isNamed: true,
        isStreaming: true,
        conversationId: null,
        modelConfigId: null,
      },
    });
  });

  it('answers whole when no mode is given', () => {
    expect(readChatCall({ ...BODY, response_mode: null }).isStreaming).toBe(false);
    expect(readChatCall(BODY).isStreaming).toBe(false);
  });

  it('takes ids in either case, and blanks as none', () => {
    expect(readChatCall({ ...BODY, conversation_id: ID, model_config_id: ID })).toMatchObject({
      ...{ conversationId: ID.toLowerCase(), modelConfigId: ID.toLowerCase() },
    });
    expect(readChatCall({ ...BODY, conversation_id: '  ', model_config_id: '' })).toMatchObject({
      ...{ conversationId: null, modelConfigId: null },
    });
  });

  it('removes NUL characters and keeps everything else of a question', () => {
    expect(readChatCall({ ...BODY, query: ' a\0b\n ' }).query).toBe(' ab\n ');
  });

  it('turns a number into the name of a user', () => {
    expect(readChatCall({ ...BODY, user: 42 }).user).toBe('42');
  });

  it('needs no inputs from who names a model configuration, whatever its value', () => {
    const { inputs: _inputs, ...withoutInputs } = BODY;
    expect(readChatCall({ ...withoutInputs, model_config_id: null }).modelConfigId).toBeNull();
    expect(() => readChatCall(withoutInputs)).toThrow('inputs is required');
  });

  it.each([
    [{ user: undefined }, 'Arg user must be provided.'],
    [{ user: '' }, 'Arg user must be provided.'],
    [{ user: {} }, 'user must be a string'],
    [{ user: 'x'.repeat(256) }, 'user must not be longer'],
    [{ user: undefined, query: '' }, 'Arg user must be provided.'],
    [{ query: undefined }, 'query is required'],
    [{ query: '' }, 'query is required'],
    [{ query: '\0' }, 'query is required'],
    [{ query: 5 }, 'query must be a string'],
    [{ inputs: [] }, 'inputs is required'],
    [{ inputs: null }, 'inputs is required'],
    [{ inputs: 'x' }, 'inputs is required'],
    [{ response_mode: 'stream' }, 'response_mode must be'],
    [{ conversation_id: 'abc' }, 'conversation_id must be a valid UUID'],
    [{ conversation_id: 7 }, 'conversation_id must be a UUID'],
    [{ model_config_id: 'abc' }, 'model_config_id must be a valid UUID'],
    [{ files: {} }, 'files must be a list'],
    [{ auto_generate_name: 'yes' }, 'auto_generate_name must be a boolean'],
  ])('refuses %j', (change, message) => {
    expect(() => readChatCall({ ...BODY, ...change })).toThrow(InvalidParam);
    expect(() => readChatCall({ ...BODY, ...change })).toThrow(message);
  });
});
