import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { CreateLlmConfigDto } from '../llm-config/create-llm-config.dto.js';
import { LlmConfigQueryDto } from '../llm-config/llm-config-query.dto.js';
import { UpdateSessionDto } from '../session/session.dto.js';
import { fieldsOf } from './facts.js';

const refused = (dto: object): string[] => validateSync(dto).map(({ property }) => property);

describe('The decorators of the contract', () => {
  it('record what a field says for the API document', () => {
    const facts = fieldsOf(CreateLlmConfigDto);
    expect(facts.get('name')).toMatchObject({ type: 'string', minLength: 1, maxLength: 100, required: true });
    expect(facts.get('provider')?.set?.name).toBe('LlmProvider');
    expect(facts.get('max_tokens')).toMatchObject({ type: 'integer', minimum: 1, required: false, nullable: true });
  });

  it('let an optional field be absent, and null only where it is nullable', () => {
    expect(refused(plainToInstance(UpdateSessionDto, {}))).toEqual([]);
    expect(refused(plainToInstance(UpdateSessionDto, { llm_config_id: null }))).toEqual([]);
    expect(refused(plainToInstance(UpdateSessionDto, { session_name: null }))).toEqual(['session_name']);
  });

  it.each(['a\0b', 'x'.repeat(101), '', 7, null])('refuse the name %j', (name) => {
    const dto = plainToInstance(CreateLlmConfigDto, { name, provider: 'openai', model_name: 'm' });
    expect(refused(dto)).toContain('name');
  });

  it.each([
    [0.7, []],
    [-0, []],
    [2, []],
    [0.123, ['temperature']],
    [1e-7, ['temperature']],
    [5e-324, ['temperature']],
    [1e308, ['temperature']],
    [NaN, ['temperature']],
    ['0.7', ['temperature']],
  ])('take the number %j for what it is, however it is written', (temperature, wrong) => {
    const dto = plainToInstance(CreateLlmConfigDto, { name: 'a', provider: 'openai', model_name: 'm', temperature });
    expect(refused(dto)).toEqual(wrong);
  });

  it('read numbers and flags out of a query string, and nothing else', () => {
    const query = plainToInstance(LlmConfigQueryDto, { limit: '7', is_active: 'false' }, { exposeDefaultValues: true });
    expect(query).toMatchObject({ skip: 0, limit: 7, is_active: false });
    expect(refused(plainToInstance(LlmConfigQueryDto, { limit: 'x', is_active: 'maybe' }))).toEqual([
      'limit',
      'is_active',
    ]);
  });

  it('keep absent fields absent, so that a partial change erases nothing', () => {
    expect(Object.keys(plainToInstance(UpdateSessionDto, { session_name: 'x' }))).toEqual(['session_name']);
  });
});
