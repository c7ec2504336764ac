import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { isAlive } from '../../src/process/is-alive.ts';

const PROCESS = resolve(import.meta.dirname, '../../dist/provider-process.cjs');

let folder: string | undefined;
afterEach(() => folder !== undefined && rmSync(folder, { recursive: true }));

it('ends after the plane that was killed, though its module never lets go', async () => {
  folder = mkdtempSync(join(tmpdir(), 'compass-provider-'));
  const module = join(folder, 'busy.mjs');
  const busy = join(folder, 'busy');
  writeFileSync(module, `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(busy)}, ''); for (;;);`);
  const start = `console.log(require('node:child_process').fork(${JSON.stringify(PROCESS)}, [${JSON.stringify(module)}]).pid)`;
  const plane = spawn(process.execPath, ['-e', start], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((told) => plane.stdout.once('data', (data) => told(Number(String(data)))));
  await vi.waitFor(() => expect(existsSync(busy)).toBe(true), { timeout: 10_000 });
  expect(isAlive(pid)).toBe(true);
  plane.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 100 });
}, 30_000);
