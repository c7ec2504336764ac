/** Files that are not as they were written: cut off by a crash, or changed. */
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Notice, RegistryDamaged, RegistryTooNew } from '../../src/registry/file/errors.ts';
import { newFolder, openIn } from '../contract/registry/folder.ts';
import { about, ids, ship, ships } from '../contract/registry/records.ts';

/** A folder with three writes in its journal. */
async function withJournal(): Promise<{ folder: string; journal: string; bytes: Buffer }> {
  const folder = await newFolder();
  const registry = await openIn(folder);
  for (const id of ['1', '2', '3']) await registry.write(about, (tx) => tx.put(ships, ship(id, { name: `ß${id}`, secret: id })));
  await registry.abandon();
  const journal = join(
    folder,
    (await readdir(folder)).find((name) => name.startsWith('journal-'))!,
  );
  return { folder, journal, bytes: await readFile(journal) };
}

const lineStarts = (bytes: Buffer) => [0, ...[...bytes.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at + 1] : []))];

describe('a journal', () => {
  it('cut at any byte gives all whole writes, is told of, and goes on', async () => {
    const { folder, journal, bytes } = await withJournal();
    const starts = lineStarts(bytes);
    for (let length = starts[1]!; length <= bytes.length; length++) {
      await writeFile(journal, bytes.subarray(0, length));
      const notices: Notice[] = [];
      let registry = await openIn(folder, { report: (notice) => notices.push(notice) });
      // A line without its end is whole if only the end is missing.
      const whole = starts.filter((start) => start > 0 && start <= length + 1).length;
      expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1', '2', '3'].slice(0, whole));
      const torn = !starts.includes(length) && !starts.includes(length + 1);
      expect(notices.map((notice) => notice.kind)).toEqual(torn ? ['torn-line'] : []);
      if (torn) expect(notices[0]!.message).toContain(`line ${whole + 1}, byte ${starts[whole]}`);
      if (length % 10 === 0) {
        await registry.write(about, (tx) => tx.put(ships, ship('4')));
        await registry.abandon();
        registry = await openIn(folder, { report: (notice) => expect.unreachable(notice.message) });
        expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual([...['1', '2', '3'].slice(0, whole), '4']);
      }
      await registry.abandon();
    }
  });

  it('with any bit changed is refused with the place, and untouched', async () => {
    const { folder, journal, bytes } = await withJournal();
    const starts = lineStarts(bytes);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      await writeFile(journal, changed);
      const refused = (await openIn(folder).then(
        () => expect.unreachable(`byte ${at}`),
        (error: unknown) => error,
      )) as RegistryDamaged;
      expect(refused, `byte ${at}`).toBeInstanceOf(RegistryDamaged);
      const line = starts.filter((start) => start <= at).length;
      // A line end that came or went moves where lines begin.
      expect(refused.place.file).toBe(journal);
      expect(refused.place.line, `byte ${at}`).toBe(line);
      expect(refused.message).toMatch(/line \d+, byte \d+/);
      expect(await readFile(journal)).toEqual(changed);
    }
  });

  it('with a line missing, doubled or swapped is refused with the place', async () => {
    const { folder, journal, bytes } = await withJournal();
    const [one, two, three] = bytes.toString().split('\n');
    for (const [lines, line] of [
      [[one, three], 2],
      [[one, two, two, three], 3],
      [[two, one, three], 1],
      [[two, three], 1],
    ] as const) {
      await writeFile(journal, `${lines.join('\n')}\n`);
      await expect(openIn(folder)).rejects.toBeInstanceOf(RegistryDamaged);
      const { place } = (await openIn(folder).catch((error: unknown) => error)) as RegistryDamaged;
      if (line > 1) expect(place.line).toBe(line);
    }
  });

  it('that is missing between others is told', async () => {
    const { folder, journal, bytes } = await withJournal();
    const later = bytes.toString().split('\n')[2]!;
    await writeFile(journal, '');
    await writeFile(journal.replace(/\d{12}/, '000000000003'), `${later}\n`);
    await expect(openIn(folder)).rejects.toThrow(/begins with write 3, but what is before ends with 0/);
  });
});

describe('registry.json', () => {
  async function withFolded(): Promise<{ folder: string; file: string; bytes: Buffer }> {
    const { folder } = await withJournal();
    const registry = await openIn(folder);
    await registry.fold();
    await registry.close();
    const file = join(folder, 'registry.json');
    return { folder, file, bytes: await readFile(file) };
  }

  it('with any bit changed is refused or told of, never taken in silence', async () => {
    const { folder, file, bytes } = await withFolded();
    let refusals = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 7);
      await writeFile(file, changed);
      const notices: Notice[] = [];
      try {
        await (await openIn(folder, { report: (notice) => notices.push(notice) })).abandon();
        expect(notices, `byte ${at}: ${changed.subarray(at - 20, at + 20).toString()}`).toContainEqual(
          expect.objectContaining({ kind: 'edited' }),
        );
      } catch (error) {
        refusals++;
        if (!(error instanceof RegistryTooNew)) expect(error, `byte ${at}: ${String(error)}`).toBeInstanceOf(RegistryDamaged);
        expect((error as Error).message).toContain('registry.json');
        expect(await readFile(file)).toEqual(changed);
      }
    }
    expect(refusals).toBeGreaterThan(20);
  });

  it('cut at any byte is refused with line and column', async () => {
    const { folder, file, bytes } = await withFolded();
    for (let length = 0; length < bytes.length - 1; length += 7) {
      await writeFile(file, bytes.subarray(0, length));
      const error = (await openIn(folder).catch((reason: unknown) => reason)) as RegistryDamaged;
      expect(error).toBeInstanceOf(RegistryDamaged);
      expect(error.place.line).toBe(bytes.subarray(0, length).toString().split('\n').length);
      expect(error.message).toMatch(/line \d+, column \d+, byte \d+: the file ends here/);
    }
  });

  it('is refused where it is not a registry, and says why', async () => {
    const { folder, file } = await withFolded();
    const cases: [string, RegExp][] = [
      ['[]', /an object was expected/],
      ['{}', /"format" is not a number/],
      ['{"format":1}', /"sequence" is not a number/],
      ['{"format":1,"sequence":1,"collections":[]}', /"collections" is not an object/],
      ['{"format":1,"sequence":1,"collections":{"ships":{}}}', /collection ships is not a list/],
      ['{"format":1,"sequence":1,"collections":{"ships":[{"id":"1"},{"name":"x"}]}}', /collection ships, record 2: it has no id/],
      ['{"format":1,"sequence":1,"collections":{"ships":[{"id":"1"},{"id":"1"}]}}', /record 2: id 1 is there twice/],
      ['{"format":1,\n  "sequence":1,,}', /line 2, column 16, byte 28: expected a name in quotes/],
      ['{"format":1} x', /line 1, column 14, byte 13: expected the end/],
    ];
    for (const [text, message] of cases) {
      await writeFile(file, text);
      await expect(openIn(folder), text).rejects.toThrow(message);
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });
});

it('a damaged history keeps nobody from starting, but is told', async () => {
  const { folder } = await withJournal();
  await (await openIn(folder)).close();
  await appendFile(join(folder, 'history.jsonl'), 'not a line\n');
  const notices: Notice[] = [];
  const registry = await openIn(folder, { report: (notice) => notices.push(notice) });
  expect(notices).toMatchObject([
    { kind: 'history-damaged', message: expect.stringMatching(/history\.jsonl, line 4, byte \d+/) as string },
  ]);
  expect(await registry.latest.count(ships, 'all', 'all')).toBe(3);
  await registry.close();
});
