import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { jest } from '@jest/globals';
import { AddressQuery } from './address-query.js';

@Component({ template: '' })
class ListPage {
  readonly query = new AddressQuery<{ q: string }>(
    ({ q }) => ({ q: typeof q === 'string' ? q : '' }),
    ({ q }) => ({ q: q || null }),
  );
}

@Component({ template: '' })
class OtherPage {}

describe('the query in the address', () => {
  let open: (isOpen: boolean) => void;
  const opened = new Promise<boolean>((resolve) => (open = resolve));
  let list: ListPage;
  let router: Router;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'list', component: ListPage },
          { path: 'other', component: OtherPage, resolve: { slowly: () => opened } },
        ]),
      ],
    });
    list = await (await RouterTestingHarness.create()).navigateByUrl('/list?other=1', ListPage);
    router = TestBed.inject(Router);
    jest.useFakeTimers();
  });

  afterEach(() => jest.useRealTimers());

  it('counts at once, and stands in the address when typing pauses', async () => {
    list.query.change({ q: 'di' });
    list.query.change({ q: 'disk' });
    expect(list.query.value()).toEqual({ q: 'disk' });
    expect(router.url).toBe('/list?other=1');
    await jest.advanceTimersByTimeAsync(200);
    expect(router.url).toBe('/list?other=1&q=disk');
  });

  it('takes nobody back who follows a link meanwhile', async () => {
    list.query.change({ q: 'disk' });
    const going = router.navigateByUrl('/other');
    await jest.advanceTimersByTimeAsync(200);
    open(true);
    expect(await going).toBe(true);
    expect(router.url).toBe('/other');
  });
});
