/** Every example of every command, run as it is written: each in a tenant of its own, with what it needs made before. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Contexts } from '../../../src/cli/connection/contexts.ts';
import { compass } from '../../cli/support/compass.ts';
import { type Home, newHome, type Serving } from '../support/plane.ts';
import { BEFORE, CLEAN_UP, ENDLESS, FILE_EXAMPLES, FILES, FILES_OF, IDS, LEFT_OUT } from './landscape.ts';
import { lineOf } from './shell.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'bin/run.js');
const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, { hidden?: boolean; examples?: string[] }>;
};

const examples = Object.entries(commands).flatMap(([id, command]) => {
  const words = id.replaceAll(':', ' ');
  const texts = (command.examples ?? []).map((text) =>
    text.replaceAll('<%= config.bin %>', 'compass').replaceAll('<%= command.id %>', words),
  );
  return texts.map((text) => ({ text, words }));
});

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** What stands for any registry that is not in use: a command on the one of the context would find it held. */
const STATE = mkdtempSync(join(tmpdir(), 'compass-state-'));

let serving: Home;
let plane: Serving;
let folder: string;
let env: Record<string, string>;
const before = process.cwd();

beforeAll(async () => {
  serving = newHome();
  const made = await serving.serve(['--data-dir', STATE]);
  await made.stop();
  plane = await serving.serve(['--ephemeral'], {
    COMPASS_SEED: 'reference',
    // The profile that does all that there are commands for.
    COMPASS_PROVISIONER_PROFILE: 'full',
    COMPASS_PROVIDER: 'simulated',
    COMPASS_SIMULATED_STAGE: '10ms',
  });
});
afterAll(async () => {
  await plane.stop();
  serving.remove();
  rmSync(STATE, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'compass-example-'));
  env = { COMPASS_HOME: join(folder, 'home'), CI: 'true' };
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'compass'), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`);
  chmodSync(join(bin, 'compass'), 0o755);
  copyFileSync(plane.ready.caFile, join(folder, 'ca.pem'));
  process.chdir(folder);
  const { director, connector, provisioner, tenant, token, caFile } = plane.ready;
  const context = { director, connector, provisioner, tenant, caFile };
  new Contexts(env).save('local', context, token);
  const { id } = JSON.parse(await done(`compass tenant create --name example-${Math.random().toString(36).slice(2)} --output json`)) as {
    id: string;
  };
  new Contexts(env).save('local', { ...context, tenant: id }, token);
});
afterEach(async () => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a line in this process where that is enough, in a shell otherwise. Answers what it printed. */
async function run(text: string): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  const line = lineOf(text, env);
  if (line === undefined) return inShell(text);
  const stdin = line.from === undefined ? undefined : readFileSync(line.from, 'utf8');
  const ran = await compass(line.words, { env, ...(stdin === undefined ? {} : { stdin }) });
  if (line.into !== undefined) writeFileSync(line.into, ran.stdout);
  return ran;
}

/** An endless one is told to end when it has said something. */
async function inShell(text: string, { endless = false } = {}) {
  const bin = join(folder, 'bin');
  const child = spawn('bash', ['-c', endless ? `exec ${text}` : `set -o pipefail; ${text}`], {
    cwd: folder,
    // A plane writes the context that the others use.
    env: {
      ...env,
      ...(text.startsWith('compass serve') ? { COMPASS_HOME: join(folder, 'served') } : {}),
      HOME: folder,
      PATH: `${bin}:${process.env.PATH}`,
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  child.stdin.end();
  let timer: NodeJS.Timeout | undefined;
  const end = () => (timer ??= setTimeout(() => child.kill('SIGTERM'), 500));
  if (endless) {
    child.stdout.once('data', end);
    child.stderr.once('data', end);
    // Those that have nothing to say.
    setTimeout(end, 15_000).unref();
  }
  const exit = await new Promise<number | null>((over) => child.on('close', over));
  clearTimeout(timer);
  return { exit, stdout, stderr };
}

/** Like `run`, for what is no example itself. @throws Error where it fails */
async function done(text: string): Promise<string> {
  const { exit, stdout, stderr } = await run(text);
  if (exit !== 0) throw new Error(`${text}: ${exit} ${stderr}${stdout}`);
  return stdout;
}

/** The value of a table for what begins the words of a command, the longest first. */
function entryFor<T>(table: Readonly<Record<string, T>>, line: string): T | undefined {
  const keys = Object.keys(table).filter((key) => line === key || line.startsWith(`${key} `));
  return table[keys.sort((a, b) => b.length - a.length)[0] ?? ''];
}

const filled = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: 'gateway' | 'tenant' | 'token') => plane.ready[name]);

/** The example with what is not the same on every machine: ids, and folders that are not ours to write to. */
async function asHere(text: string, line: string): Promise<string> {
  const list = UUID.test(text) ? entryFor(IDS, line) : undefined;
  const id = list && (JSON.parse(await done(`compass ${list} --output json`)) as { id: string }[]).at(-1)?.id;
  const moved = text.replaceAll('/var/backups', join(folder, 'backups')).replace('./state', STATE);
  return id ? moved.replace(UUID, id) : moved;
}

/** Agents work in the folder that a line names, or in the usual one. */
const isOfPlace = (one: string, line: string) => !one.startsWith('agent run') || one.includes('--dir') === line.includes('--dir');

async function prepare(line: string, text: string): Promise<void> {
  for (const one of entryFor(BEFORE, line) ?? []) if (isOfPlace(one, line)) await done(`compass ${filled(one)}`);
  for (const [file, lines] of Object.entries(FILE_EXAMPLES))
    for (const one of lines) if (line.includes(`--file ${file}`)) await done(`compass ${one} > ${file}`);
  for (const [name, content] of Object.entries(entryFor(FILES_OF, line) ?? {})) writeFileSync(join(folder, name), content);
  if (text.includes('$TOKEN')) {
    const whose = /^(?:app|graphql) /.test(line) ? 'app token shop' : 'runtime token prod';
    const { token, connectorURL } = JSON.parse(await done(`compass ${whose} --output json`)) as Record<string, string>;
    env.TOKEN = line.startsWith('graphql ') ? token! : Buffer.from(JSON.stringify({ token, connectorURL })).toString('base64');
  }
  if (/^(?:registry|audit|keys)\b/.test(line)) {
    env.COMPASS_DATA_DIR = STATE;
    mkdirSync(join(folder, 'backups'), { recursive: true });
    if (line.startsWith('registry import')) {
      await done('compass registry export landscape.json');
      env.COMPASS_DATA_DIR = join(folder, 'empty');
    }
    if (line.startsWith('registry restore')) await done(`compass registry backup ${join(folder, 'backups/compass-monday')}`);
  }
}

const reasonFor = (line: string) => LEFT_OUT.find(([pattern]) => pattern.test(line))?.[1];
const lineIn = (text: string) => text.replace(/^compass /, '');
const shown = examples.filter(({ text }) => reasonFor(lineIn(text)) === undefined);

describe('each example runs as it is written', () => {
  const bounded = shown.filter(({ text }) => !ENDLESS.some((pattern) => pattern.test(lineIn(text))));

  test.each(bounded)('$text', async ({ text, words }) => {
    const line = lineIn(text).startsWith(words) ? lineIn(text) : words;
    try {
      await prepare(line, text);
      const { exit, stderr, stdout } = await run(await asHere(text, line));
      expect({ exit, said: exit === 0 ? '' : stderr + stdout }).toEqual({ exit: 0, said: '' });
    } finally {
      delete env.COMPASS_DATA_DIR;
      if (/^(?:app-template|app merge|constraint|formation-template|integration-system|auth)/.test(line))
        for (const one of CLEAN_UP) await run(`compass ${one}`);
      if (line.startsWith('cert-mapping'))
        for (const { id } of JSON.parse(await done('compass cert-mapping list --json')) as { id: string }[])
          await done(`compass cert-mapping delete ${id} --yes`);
    }
  });
});

test('those that go on until they are told to end work, and end then', async () => {
  const endless = shown.filter(({ text }) => ENDLESS.some((pattern) => pattern.test(lineIn(text))));
  for (const one of [
    'app register --name shop',
    'app register --name crm',
    'runtime register --name prod',
    'formation create --name orders',
  ])
    await done(`compass ${one}`);
  // Those that add webhooks to the same applications go one after the other.
  const seen: { text: string; exit: number | null; stderr: string }[] = [];
  const play = async (text: string) => void seen.push({ text, ...(await inShell(text, { endless: true })) });
  const inTurn = endless.filter(({ text }) => text.includes('--app'));
  await Promise.all([
    ...endless.filter((one) => !inTurn.includes(one)).map(({ text }) => play(text)),
    inTurn.reduce((before, { text }) => before.then(() => play(text)), Promise.resolve()),
  ]);
  const ended = (exit: number | null) => exit === 0 || exit === 143 || exit === 130;
  expect(seen.filter(({ exit }) => !ended(exit))).toEqual([]);
  expect(seen).toHaveLength(endless.length);
});

test('nothing is left out without a reason that still holds', () => {
  for (const [pattern] of [...LEFT_OUT, ...ENDLESS.map((pattern) => [pattern] as const)])
    expect(
      examples.some(({ text }) => pattern.test(lineIn(text))),
      String(pattern),
    ).toBe(true);
});

test('every command has an example', () => {
  expect(Object.entries(commands).filter(([, { examples: own }]) => (own ?? []).length === 0)).toEqual([]);
});
