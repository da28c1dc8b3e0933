import { PagedRows } from './paged-rows.js';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('rows that a server reads page by page', () => {
  it('are asked for once, when they are about to be drawn', async () => {
    const asked: number[] = [];
    const rows = new PagedRows((skip, limit) => {
      asked.push(skip);
      return Promise.resolve({ items: [{ id: `r${skip}` }, { id: `r${skip + 1}` }].slice(0, limit), total: 6 });
    }, 2);
    await settled();
    expect([rows.count(), rows.at(1)?.id, rows.at(4)]).toEqual([6, 'r1', undefined]);
    rows.need({ start: 3, end: 6 });
    rows.need({ start: 2, end: 6 });
    await settled();
    expect(asked).toEqual([0, 2, 4]);
    expect(rows.at(5)?.id).toBe('r5');
    expect(rows.ids()).toHaveLength(6);
  });

  it('are asked for again after a failure', async () => {
    let isDown = true;
    const rows = new PagedRows(() =>
      isDown ? Promise.reject(new Error('down')) : Promise.resolve({ items: [{ id: 'a' }], total: 1 }),
    );
    await settled();
    expect(rows.error()).toBeInstanceOf(Error);
    isDown = false;
    rows.need({ start: 0, end: 1 });
    await settled();
    expect([rows.error(), rows.at(0)?.id]).toEqual([null, 'a']);
  });
});
