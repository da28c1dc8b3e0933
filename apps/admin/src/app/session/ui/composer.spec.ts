import { TestBed } from '@angular/core/testing';
import { TranslocoTestingModule } from '@jsverse/transloco';
import { SendKey } from '../../shared/data/send-key.js';
import { en } from '../i18n/en.js';
import { Composer } from './composer.js';

function composer(place = 'session-1') {
  TestBed.configureTestingModule({
    imports: [
      TranslocoTestingModule.forRoot({
        langs: { en: { session: en } },
        translocoConfig: { availableLangs: ['en'], defaultLang: 'en' },
        preloadLangs: true,
      }),
    ],
  });
  const fixture = TestBed.createComponent(Composer);
  const sent: string[] = [];
  fixture.componentInstance.sent.subscribe((query) => sent.push(query));
  fixture.componentRef.setInput('place', place);
  TestBed.tick();
  const area = (fixture.nativeElement as HTMLElement).querySelector('textarea')!;
  const type = (text: string) => {
    area.value = text;
    area.dispatchEvent(new Event('input'));
    TestBed.tick();
  };
  const enter = (facts: KeyboardEventInit = {}) =>
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...facts }));
  return { fixture, sent, area, type, enter };
}

describe('Composer', () => {
  beforeEach(() => sessionStorage.clear());

  it('sends with Enter and is empty afterwards', () => {
    const { sent, area, type, enter } = composer();
    type('  why?  ');
    expect(enter()).toBe(false);
    TestBed.tick();
    expect(sent).toEqual(['why?']);
    expect(area.value).toBe('');
  });

  it('leaves Enter alone while an input method composes', () => {
    const { sent, type, enter } = composer();
    type('ni hao');
    expect(enter({ isComposing: true })).toBe(true);
    expect(sent).toEqual([]);
  });

  it('sends with Ctrl Enter alone where that was chosen', () => {
    const { sent, type, enter } = composer();
    TestBed.inject(SendKey).use('ctrl-enter');
    type('why?');
    expect(enter()).toBe(true);
    expect(sent).toEqual([]);
    expect(enter({ ctrlKey: true })).toBe(false);
    expect(sent).toEqual(['why?']);
    TestBed.inject(SendKey).use('enter');
  });

  it('breaks the line with Shift Enter', () => {
    const { sent, type, enter } = composer();
    type('one');
    expect(enter({ shiftKey: true })).toBe(true);
    expect(sent).toEqual([]);
  });

  it('sends nothing empty, and nothing while it is blocked', () => {
    const { fixture, sent, type, enter } = composer();
    enter();
    type('   ');
    enter();
    type('why?');
    fixture.componentRef.setInput('blocked', 'Choose a model first');
    TestBed.tick();
    enter();
    expect(sent).toEqual([]);
  });

  it('keeps a draft for each session', () => {
    const { fixture, area, type } = composer('session-1');
    type('half a question');
    fixture.componentRef.setInput('place', 'session-2');
    TestBed.tick();
    expect(area.value).toBe('');
    fixture.componentRef.setInput('place', 'session-1');
    TestBed.tick();
    expect(area.value).toBe('half a question');
  });

  it('offers to stop in place of sending while an answer runs', () => {
    const { fixture } = composer();
    let stopped = 0;
    fixture.componentInstance.stopped.subscribe(() => (stopped += 1));
    fixture.componentRef.setInput('isAnswering', true);
    TestBed.tick();
    const buttons = (fixture.nativeElement as HTMLElement).querySelectorAll('button');
    expect(buttons).toHaveLength(1);
    buttons[0].click();
    expect(stopped).toBe(1);
  });
});
