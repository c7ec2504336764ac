/**
 * Builds `dist/` and `oclif.manifest.json`. Three programs in one: the frame (oclif, all commands, the client), which every
 * run loads, and what only some commands need, each in a file of its own that is loaded when it is reached.
 * With `--check`, what is committed of its results is compared instead of written.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { commandsDocument } from './commands-doc.mjs';
import { manifestOf, manifestText } from './manifest.mjs';

const check = process.argv.includes('--check');
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Modules that are bundled apart; whoever imports one gets its file. */
const APART = {
  'src/local/plane.ts': 'server.cjs',
  'src/local/registry-tools.ts': 'registry.cjs',
  'src/local/webhook-trial.ts': 'webhook-trial.cjs',
  'src/agent/agent.ts': 'agent.cjs',
  'src/local/agent-process.ts': 'agent-process.cjs',
  'src/provisioner/providers/module-process.ts': 'provider-process.cjs',
  'src/registry/postgres/driver.ts': 'postgres.cjs',
  'src/cli/ask/inquirer.ts': 'prompts.cjs',
  'src/cli/output/jq.ts': 'jq.cjs',
  'src/cli/output/yaml.ts': 'yaml.cjs',
};
/** What oclif loads and never reaches in a bundle. */
const LEFT_OUT = ['tinyglobby', 'minimatch', 'lilconfig', 'cli-spinners'];

const present = Object.entries(APART).filter(([source]) => existsSync(join(root, source)));

/** @type {import('esbuild').Plugin} */
const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind, namespace }) => {
      if (kind === 'entry-point') return undefined;
      if (namespace === 'apart') return { path, external: true };
      const file = APART[relative(root, resolve(resolveDir, path))];
      if (file === undefined) return undefined;
      return kind === 'dynamic-import' ? { path: `./${file}`, namespace: 'apart' } : { path: `./${file}`, external: true };
    });
    // Node searches a file that is imported dynamically for the names of its exports, which takes longer than to run it; `require` does not.
    onLoad({ filter: /./, namespace: 'apart' }, ({ path }) => ({ contents: `module.exports = require(${JSON.stringify(path)});` }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    // Where a bundle is, in the way that its sources ask for it.
    'import.meta.url': 'bundleURL',
    // Libraries that look at it check more in development: graphql at every field of an answer.
    'process.env.NODE_ENV': '"production"',
  },
  banner: { js: "const bundleURL = require('node:url').pathToFileURL(__filename).href;" },
  external: ['typescript', 'ts-node', 'tsx', 'pg-native'],
};

const commandFiles = readdirSync(join(root, 'commands'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

/** Commands behind getters, so that the code of one runs only when it is touched; `app/list.ts` is `app:list`. */
function getters(/** @type {(file: string, id: string) => string} */ of) {
  const ids = commandFiles.map((file) => [file, JSON.stringify(file.slice(0, -3).replaceAll(/[/\\]/g, ':'))]);
  return `export const COMMANDS = {\n${ids.map(([file, id]) => `  get ${id}() { return ${of(file, id)}; },`).join('\n')}\n};`;
}

/** What every run loads: oclif, and where to find the rest. The larger it is, the later every command begins. */
const frameSource = () =>
  [
    `import { dirname } from 'node:path';`,
    `import { main } from './src/cli/frame/main.ts';`,
    `export * as oclif from '@oclif/core';`,
    `const commands = () => require('./commands.cjs');`,
    `export const commandNotFound = (options) => commands().commandNotFound(options);`,
    getters((_, id) => `commands().COMMANDS[${id}]`),
    `export const start = () => main(dirname(__dirname), commands);`,
  ].join('\n');

const commandsSource = () =>
  [
    `export { commandNotFound } from './src/cli/frame/command-not-found.ts';`,
    `export { tell } from './src/cli/failure/tell.ts';`,
    `export { usageLine } from './src/cli/frame/usage.ts';`,
    getters((file) => `require(${JSON.stringify(`./commands/${file}`)}).default`),
  ].join('\n');

/** The frame and the commands refer to each other: oclif is there once. @type {import('esbuild').Plugin} */
const beside = {
  name: 'beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(frame|commands)\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^@oclif\/core$/ }, () => ({ path: '@oclif/core', namespace: 'frame' }));
    onLoad({ filter: /./, namespace: 'frame' }, () => ({ contents: `module.exports = require('./frame.cjs').oclif;` }));
  },
};

// Built aside and put in place whole: a failed build leaves the last good one, and nobody runs half of one.
const aside = join('.tmp', `dist-${process.pid}`);
process.on('exit', () => rmSync(join(root, aside), { recursive: true, force: true }));
await Promise.all([
  build({
    ...common,
    stdin: { contents: frameSource(), resolveDir: root, sourcefile: 'frame.ts', loader: 'ts' },
    outfile: join(aside, 'frame.cjs'),
    external: [...common.external, './commands.cjs'],
    alias: Object.fromEntries(LEFT_OUT.map((name) => [name, './src/cli/frame/oclif-leftovers.ts'])),
  }),
  build({
    ...common,
    stdin: { contents: commandsSource(), resolveDir: root, sourcefile: 'commands.ts', loader: 'ts' },
    outfile: join(aside, 'commands.cjs'),
    plugins: [beside, apart],
    alias: { graphql: './src/client/graphql-stub.ts' },
    inject: ['src/client/headers.ts'],
  }),
  ...present.map(([source, file]) => build({ ...common, entryPoints: [source], outfile: join(aside, file), plugins: [apart] })),
]);
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(join(root, aside), join(root, 'dist'));

const manifest = await manifestOf(root);
const derived = { 'oclif.manifest.json': manifestText(manifest), 'docs/commands.md': commandsDocument(manifest) };
for (const [name, text] of Object.entries(derived)) {
  const file = join(root, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    process.stderr.write(`${name} is stale: run \`npm run build\` and commit it\n`);
    process.exitCode = 1;
  } else writeFileSync(file, text);
}
