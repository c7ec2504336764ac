/**
 * The main story, told by running it: an application with an API and a runtime meet in a formation, the runtime's agent
 * pairs through the Connector and fetches the API definition. Plain Node; everything happens in a folder that is removed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'bin/run.js');
const started = Date.now();

const say = (text) => process.stdout.write(`${text}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const prepared = spawnSync(process.execPath, [join(root, 'scripts/prepare.mjs')], { stdio: ['ignore', 2, 2] });
if (prepared.status !== 0) process.exit(prepared.status ?? 1);

const folder = mkdtempSync(join(tmpdir(), 'compass-demo-'));
mkdirSync(join(folder, 'tmp'));
/** Nothing of the user's own planes is read or written. */
const { PATH, HOME, SystemRoot } = process.env;
const env = { PATH, HOME, SystemRoot, COMPASS_HOME: folder, TMPDIR: join(folder, 'tmp') };

let plane;
function cleanUp() {
  if (plane !== undefined && plane.exitCode === null) plane.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => {
    cleanUp();
    process.exit(code);
  });

/** Tells what is done, does it, and shows what came of it. */
function step(title, ...commands) {
  say(`\n# ${title}`);
  for (const words of commands) {
    say(`$ compass ${words.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : `'${word}'`)).join(' ')}`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' });
    for (const line of stdout.split('\n').filter((line) => /\t\S/.test(line))) say(`  ${line.replaceAll('\t', '  ').trimEnd()}`);
    if (status !== 0) throw new Error(`compass ${words.join(' ')} exited with ${status}\n${stderr}`);
  }
}

async function startPlane() {
  const readyFile = join(folder, 'ready.json');
  say('\n# A management plane, in memory');
  say('$ compass serve --local --ephemeral --port 0');
  plane = spawn(process.execPath, [program, 'serve', '--local', '--ephemeral', '--port', '0', '--ready-file', readyFile], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  plane.stderr.on('data', (chunk) => (told += chunk));
  for (const deadline = Date.now() + 30_000; !existsSync(readyFile); await pause(20))
    if (plane.exitCode !== null || Date.now() > deadline) throw new Error(`the plane did not start\n${told}`);
  const { gateway, mtls } = JSON.parse(readFileSync(readyFile, 'utf8'));
  say(`  Gateway  ${gateway}\n  mTLS     ${mtls}\n  ${/Ready in .*? ms/.exec(told)?.[0] ?? 'Ready'}`);
}

async function stopPlane() {
  const ended = new Promise((resolve) => plane.once('exit', resolve));
  plane.kill('SIGTERM');
  const late = setTimeout(() => plane.kill('SIGKILL'), 15_000);
  const code = await ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`the plane ended with ${code ?? 'no exit code'}`);
}

/** What the agent wrote about applications, wherever its folder is below ours. */
const synchronised = () =>
  readdirSync(env.TMPDIR, { recursive: true, encoding: 'utf8' })
    .filter((file) => /applications[/\\][^/\\]+\.json$/.test(file))
    .map((file) => ({ file, application: JSON.parse(readFileSync(join(env.TMPDIR, file), 'utf8')) }));

async function agentFetched(api) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(200)) {
    const found = synchronised()
      .flatMap(({ application }) => (application.bundles ?? []).map((bundle) => ({ application, bundle })))
      .flatMap(({ application, bundle }) => bundle.apis.map((one) => ({ application, bundle, api: one })))
      .find(({ api: { name } }) => name === api);
    if (found !== undefined) return found;
  }
  throw new Error(`the agent did not fetch ${api}`);
}

async function story() {
  await startPlane();

  const spec = join(folder, 'orders.yaml');
  writeFileSync(spec, 'openapi: 3.0.0\ninfo: { title: Orders, version: "1" }\npaths: {}\n');
  step(
    'An application with a bundle and an API definition',
    ['app', 'register', '--name', 'shop', '--label', 'applicationType=SAP Commerce Cloud'],
    ['bundle', 'add', '--app', 'shop', '--name', 'orders'],
    [
      'api',
      'add',
      '--app',
      'shop',
      '--bundle',
      'orders',
      '--name',
      'orders-api',
      '--target-url',
      'https://shop.example.com/orders',
      '--spec',
      spec,
    ],
  );
  step(
    'A runtime: its agent takes a one-time token to the Connector and gets a certificate',
    ['runtime', 'provision', '--name', 'prod'],
    ['wait', 'runtime', 'prod', '--for', 'CONNECTED', '--timeout', '60s'],
  );
  step(
    'Both in one formation',
    ['formation', 'create', '--name', 'summer'],
    ['formation', 'assign', 'summer', '--app', 'shop'],
    ['formation', 'assign', 'summer', '--runtime', 'prod'],
    ['wait', 'formation', 'summer', '--timeout', '30s'],
    ['runtime', 'applications', 'prod'],
  );

  say('\n# The agent synchronises (every 10 s) and knows the API now');
  const { application, bundle, api } = await agentFetched('orders-api');
  say(`  ${application.name} / ${bundle.name} / ${api.name} -> ${api.targetURL}`);

  step('The runtime is taken down', ['formation', 'unassign', 'summer', '--runtime', 'prod'], ['runtime', 'deprovision', 'prod', '--yes']);
  await stopPlane();
}

try {
  await story();
  cleanUp();
  say(
    `\nDone in ${((Date.now() - started) / 1000).toFixed(1)} s, nothing is left behind. \`compass serve --local\` starts a plane that stays.`,
  );
} catch (error) {
  cleanUp();
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
