/** The page about formations, typed line by line into a shell. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/formations.md'), 'utf8');

let home: Home;
let plane: Serving;
beforeAll(async () => {
  home = newHome();
  plane = await home.serve();
});
afterAll(async () => {
  await plane.stop();
  home.remove();
});

/** The lines to type that stand between two sentences of the page. */
function linesBetween(before: string, after: string): string {
  const part = page.slice(page.indexOf(before), page.indexOf(after));
  return part
    .split('\n')
    .filter((line) => /^( {4}|$)/.test(line))
    .map((line) => line.slice(4))
    .join('\n');
}

test('what the page says to type does what it says', async () => {
  const { PATH = '' } = process.env;
  // A program and no function: what runs in the background must hear signals itself.
  writeFileSync(join(home.path, 'compass'), `#!/bin/sh\nexec '${process.execPath}' '${resolve(root, 'bin/run.js')}' "$@"\n`, {
    mode: 0o755,
  });
  const shell = spawn('bash', ['--norc'], {
    cwd: home.path,
    env: { PATH: `${home.path}:${PATH}`, HOME: home.path, COMPASS_HOME: home.path },
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise((done) => shell.on('close', done));
  const type = (text: string) => void shell.stdin.write(`${text}\n`);
  const heard = async (isThere: () => boolean) => {
    for (let waited = 0; !isThere(); waited += 20) {
      if (waited > 40_000) throw new Error(`it did not come: ${said}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  try {
    type(linesBetween('In the second, two systems', 'As soon as both receivers'));
    await heard(() => said.split('Listening on').length === 3 && said.includes('Formation orders is READY.'));
    type(linesBetween('As soon as both receivers', 'The watcher tells each step'));
    await heard(() => said.includes('crm about shop: CREATE_ERROR (no room)') && said.includes('shop about crm: READY'));
    type('compass formation explain orders');
    await heard(() => /Do: Mend it at crm; then `compass notification resend [0-9a-f-]{36}` tries again\./.test(said));
    type(`compass notification resend ${/notification resend ([0-9a-f-]{36})/.exec(said)![1]}`);
    type('compass formation watch orders --until ready --timeout 30s && echo It is over');
    await heard(() => said.includes('It is over'));
    expect(said).toContain('Formation orders is ERROR: 3 of 4 assignments are READY.');
  } finally {
    type('kill $(jobs -p); wait; exit');
    await ended;
  }
}, 90_000);
