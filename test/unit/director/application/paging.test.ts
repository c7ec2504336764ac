import { describe, expect, it } from 'vitest';
import { listApplications } from '../../../../src/director/application/lists/list.ts';
import { registerApplication, removeApplication, requireApplication } from '../../../../src/director/application/rules.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

const decoded = (cursor: string) => Buffer.from(cursor, 'base64').toString();

async function landscape(size: number) {
  const { write, read } = directorCalls();
  const caller = callerIn('T');
  let named = 0;
  const register = async (count: number): Promise<string[]> =>
    write(async (call) => {
      const ids: string[] = [];
      for (let i = 0; i < count; i += 1) ids.push((await registerApplication(call, { name: `app ${(named += 1)}` })).id);
      return ids;
    }, caller);
  const remove = (ids: readonly string[]) =>
    write(async (call) => {
      for (const id of ids) await removeApplication(call, await requireApplication(call, id));
    }, caller);
  const page = (first: number, after = '') => read(async (call) => listApplications(call, { first, after }), caller);
  return { all: await register(size), register, remove, page };
}

/** Follows the cursors to the end; others do something after each page. */
async function followed(
  page: (first: number, after: string) => ReturnType<Awaited<ReturnType<typeof landscape>>['page']>,
  meanwhile: (page: number) => Promise<unknown>,
) {
  const seen: string[] = [];
  for (let after = '', number = 1; ; number += 1) {
    const { data, pageInfo } = await page(50, after);
    seen.push(...data.map(({ id }) => id));
    if (!pageInfo.hasNextPage) return seen;
    after = pageInfo.endCursor;
    await meanwhile(number);
  }
}

describe('paging through applications', () => {
  it('shows each of 10,000 once that is there all the time, while others come and go', async () => {
    const { all, register, remove, page } = await landscape(10_000);
    const removed = new Set<string>();
    let newcomers: string[] = [];
    const seen = await followed(page, async (number) => {
      const leaving = [...all.slice(number * 40, number * 40 + 17), ...newcomers.slice(0, 9)];
      leaving.forEach((id) => removed.add(id));
      await remove(leaving);
      newcomers = await register(number % 3 === 0 ? 40 : 11);
    });
    expect(new Set(seen).size).toBe(seen.length);
    const survivors = all.filter((id) => !removed.has(id));
    expect(survivors.length).toBeGreaterThan(6000);
    const shown = new Set(seen);
    expect(survivors.filter((id) => !shown.has(id))).toEqual([]);
  }, 30_000);

  it('goes on where it was when the list became short meanwhile', async () => {
    const { all, remove, page } = await landscape(260);
    const sorted = [...all].sort();
    const seen = await followed(page, (number) => remove(number === 1 ? sorted.slice(0, 50) : number === 2 ? sorted.slice(50, 100) : []));
    expect(seen).toEqual(sorted);
  });

  it('gives lists that one page can hold the cursors of the wire, and longer ones the last id as well', async () => {
    const { all, register, page } = await landscape(200);
    expect(decoded((await page(2)).pageInfo.endCursor)).toBe('DpKtJ4j9jDq2');
    all.push(...(await register(1)));
    expect(decoded((await page(2)).pageInfo.endCursor)).toBe(`DpKtJ4j9jDq2@${all.sort()[1]}`);
    expect((await page(200)).pageInfo.hasNextPage).toBe(true);
  });

  it('refuses a cursor that names no id', async () => {
    const { page } = await landscape(1);
    for (const text of ['2@', '2@x', '@5', `2@${'0'.repeat(36)}`, `-1@3e64ebae-38b5-46a0-b1ed-9ccee153a0ae`])
      await expect(page(2, Buffer.from(text).toString('base64'))).rejects.toThrow('cursor is not correct');
  });
});
