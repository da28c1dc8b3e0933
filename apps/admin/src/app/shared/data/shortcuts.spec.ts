import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts.js';

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
};

describe('Shortcuts', () => {
  const pressed: string[] = [];
  let shortcuts: Shortcuts;

  beforeEach(() => {
    localStorage.clear();
    pressed.length = 0;
    shortcuts = TestBed.inject(Shortcuts);
    shortcuts.add({ n: () => pressed.push('shell n'), 'g s': { label: 'x', run: () => pressed.push('g s') } });
  });

  it('take the newest meaning of a key, and the older one when that is gone', () => {
    const remove = shortcuts.add({ n: () => pressed.push('page n') });
    press('n');
    remove();
    press('n');
    expect(pressed).toEqual(['page n', 'shell n']);
  });

  it('know two keys after each other, and nothing of what begins otherwise', () => {
    press('g');
    press('s');
    press('s');
    press('g');
    press('x');
    press('s');
    expect(pressed).toEqual(['g s']);
  });

  it('are silent in fields, in composition, with a modifier and when switched off', () => {
    const field = document.body.appendChild(document.createElement('input'));
    press('n', {}, field);
    press('n', { isComposing: true });
    press('n', { ctrlKey: true });
    shortcuts.use(false);
    press('n');
    expect(pressed).toEqual([]);
    shortcuts.use(true);
    press('n');
    expect(pressed).toEqual(['shell n']);
    field.remove();
  });

  it('are silent below a dialog', () => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.setAttribute('open', '');
    press('n');
    dialog.remove();
    expect(pressed).toEqual([]);
  });
});
