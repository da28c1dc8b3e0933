import { nearestModel } from './model-hints.js';

const models = ['glm-4-0520', 'glm-4-plus', 'deepseek-chat'];

describe('the hint at a mistyped model', () => {
  it('names the one that was probably meant', () => {
    expect(nearestModel('glm-4-520', models)).toBe('glm-4-0520');
    expect(nearestModel('Deepseek-chat', models)).toBe('deepseek-chat');
  });

  it('is silent about a name of the list, and about one that is like none', () => {
    expect(nearestModel('glm-4-plus', models)).toBeNull();
    expect(nearestModel('qwen-max', models)).toBeNull();
    expect(nearestModel('', models)).toBeNull();
    expect(nearestModel('x', [])).toBeNull();
  });
});
