import { TestBed } from '@angular/core/testing';
import { SendKey } from './send-key.js';

const enter = (init: KeyboardEventInit = {}): KeyboardEvent => new KeyboardEvent('keydown', { key: 'Enter', ...init });

describe('SendKey', () => {
  let sendKey: SendKey;

  beforeEach(() => {
    localStorage.clear();
    sendKey = TestBed.inject(SendKey);
  });

  it('is Enter at first, which Shift and an input method turn into writing', () => {
    expect(sendKey.sends(enter())).toBe(true);
    expect(sendKey.sends(enter({ shiftKey: true }))).toBe(false);
    expect(sendKey.sends(enter({ isComposing: true }))).toBe(false);
  });

  it('can be Enter with Ctrl or ⌘, and stays so', () => {
    sendKey.use('ctrl-enter');
    expect(sendKey.sends(enter())).toBe(false);
    expect(sendKey.sends(enter({ ctrlKey: true }))).toBe(true);
    expect(sendKey.sends(enter({ metaKey: true }))).toBe(true);
    TestBed.resetTestingModule();
    expect(TestBed.inject(SendKey).active()).toBe('ctrl-enter');
  });
});
