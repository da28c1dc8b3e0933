import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import type { Problem } from '../data/problem.js';
import { zhCn } from '../i18n/zh-cn.js';
import { State, type StateKind } from './state.js';

@Component({
  selector: 'oa-test-page',
  imports: [State],
  template: `
    <oa-state
      [kind]="kind()"
      heading="标题"
      [problem]="problem()"
      (retried)="note('retried')"
      (cleared)="note('cleared')"
    >
      <button type="button">{{ chip }}</button>
    </oa-state>
  `,
})
class TestPage {
  readonly kind = signal<StateKind>('loading');
  readonly problem = signal<Problem | null>(null);
  readonly noted: string[] = [];
  readonly chip = '供应商';

  note(what: string): void {
    this.noted.push(what);
  }
}

const problem = (part: Partial<Problem>): Problem => ({
  status: 500,
  code: 'internal/unexpected',
  detail: 'broken pipe',
  requestId: 'r-1',
  permission: null,
  errors: [],
  current: undefined,
  retryAfter: null,
  ...part,
});

async function open(kind: StateKind, shown: Problem | null = null): Promise<ComponentFixture<TestPage>> {
  TestBed.configureTestingModule({
    providers: [provideTransloco({ config: { availableLangs: ['zh-CN'], defaultLang: 'zh-CN' } })],
  });
  TestBed.inject(TranslocoService).setTranslation(zhCn, 'zh-CN');
  const fixture = TestBed.createComponent(TestPage);
  fixture.componentInstance.kind.set(kind);
  fixture.componentInstance.problem.set(shown);
  fixture.detectChanges();
  await Promise.resolve();
  return fixture;
}

const textOf = ({ nativeElement }: ComponentFixture<TestPage>): string => (nativeElement as HTMLElement).textContent;
const press = ({ nativeElement }: ComponentFixture<TestPage>, label: string): void =>
  [...(nativeElement as HTMLElement).querySelectorAll('button')]
    .find((button) => button.textContent.includes(label))!
    .click();

describe('the state of a data area', () => {
  afterEach(() => jest.useRealTimers());

  it('says that loading is slow after 3 s, and offers to start again after 10 s', async () => {
    jest.useFakeTimers();
    const fixture = await open('loading');
    expect(textOf(fixture)).not.toContain('仍在加载');
    jest.advanceTimersByTime(3000);
    fixture.detectChanges();
    expect(textOf(fixture)).toContain('仍在加载…');
    expect(textOf(fixture)).not.toContain('取消并重试');
    jest.advanceTimersByTime(7000);
    fixture.detectChanges();
    press(fixture, '取消并重试');
    fixture.detectChanges();
    expect(fixture.componentInstance.noted).toEqual(['retried']);
    expect(textOf(fixture)).not.toContain('取消并重试');
  });

  it('shows the active filters and takes them away', async () => {
    const fixture = await open('filtered');
    expect(textOf(fixture)).toContain('供应商');
    press(fixture, '清除筛选');
    expect(fixture.componentInstance.noted).toEqual(['cleared']);
  });

  it('says what failed, why and what to do, with the facts in a fold', async () => {
    const fixture = await open('failed', problem({}));
    for (const words of ['服务器处理时发生内部错误', '请稍后重试', 'r-1', 'broken pipe', '复制'])
      expect(textOf(fixture)).toContain(words);
    press(fixture, '重试');
    expect(fixture.componentInstance.noted).toEqual(['retried']);
  });

  it('keeps the server’s words for a code that nobody knows', async () => {
    expect(textOf(await open('failed', problem({ status: 418, code: 'odd/one' })))).toContain('broken pipe');
  });

  it('names a missing permission and who can give it', async () => {
    const refused = problem({ status: 403, code: 'access/forbidden', detail: '', permission: 'llm_configs.write' });
    const text = textOf(await open('failed', refused));
    expect(text).toContain('管理员');
    expect(text).toContain('llm_configs.write');
  });

  it('says above a part that the rest did not load', async () => {
    expect(textOf(await open('partial', problem({})))).toContain('只加载了一部分');
  });
});
