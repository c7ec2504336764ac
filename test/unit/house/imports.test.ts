/** The direction of imports is held by the linter: a bad import for each of its rules, and a good one. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

/** A file, what it imports, and whether it may. */
const IMPORTS: readonly (readonly [file: string, from: string, allowed: boolean])[] = [
  ['commands/app/list.ts', '../../src/cli/frame/base-command.ts', true],
  ['commands/app/list.ts', '../../src/process/is-alive.ts', true],
  ['commands/app/list.ts', '../../src/director/director.ts', false],
  ['commands/serve.ts', '../src/gateway/gateway.ts', false],
  ['src/cli/output/output.ts', '../../client/client.ts', true],
  ['src/cli/output/output.ts', '../../registry/open.ts', false],
  ['src/cli/output/output.ts', '../../wire/documents.ts', false],
  ['src/client/client.ts', '../pki/keys.ts', true],
  ['src/client/client.ts', '../cli/output/output.ts', false],
  ['src/client/client.ts', '../wire/exchange.ts', false],
  ['src/director/bundle/rules.ts', '../../registry/contract.ts', true],
  ['src/director/bundle/rules.ts', '../../registry/file/registry.ts', false],
  ['src/director/bundle/rules.ts', '../../gateway/gateway.ts', false],
  ['src/connector/rules.ts', '../pki/keys.ts', true],
  ['src/connector/rules.ts', '../director/director.ts', false],
  ['src/connector/rules.ts', '../wire/exchange.ts', true],
  ['src/connector/rules.ts', '../template/template.ts', false],
  ['src/registry/memory/registry.ts', '../contract.ts', true],
  ['src/registry/memory/registry.ts', '../../identity/identity.ts', false],
  ['src/registry/memory/registry.ts', '../../text/order.ts', true],
  ['src/registry/memory/registry.ts', '../../wire/exchange.ts', false],
  ['src/identity/tokens.ts', '../registry/contract.ts', false],
  ['src/pki/keys.ts', '../connector/rules.ts', false],
  ['src/template/parser.ts', '../director/errors.ts', false],
  ['src/text/json-fault.ts', '../cli/failure.ts', false],
  ['src/text/json-fault.ts', '../wire/documents.ts', false],
  ['src/process/is-alive.ts', '../local/plane.ts', false],
  ['src/provisioner/rules.ts', '../client/client.ts', true],
  ['src/provisioner/rules.ts', '../director/errors.ts', false],
  ['src/provisioner/rules.ts', '../registry/contract.ts', true],
  ['src/provisioner/rules.ts', '../registry/postgres/registry.ts', false],
  ['src/provisioner/rules.ts', '../identity/identity.ts', false],
  ['src/agent/agent.ts', '../pki/keys.ts', true],
  ['src/agent/agent.ts', '../registry/contract.ts', false],
  ['src/agent/agent.ts', '../identity/tokens.ts', false],
  ['src/gateway/gateway.ts', '../director/director.ts', true],
  ['src/gateway/gateway.ts', '../registry/file/registry.ts', false],
  ['src/adapter/pairing.ts', '../connector/connector.ts', true],
  ['src/adapter/pairing.ts', '../registry/contract.ts', false],
  ['src/wire/documents.ts', '../director/errors.ts', false],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compass-imports-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function linted(): readonly { readonly code: string; readonly filename: string }[] {
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'], options);
  return (JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }).diagnostics;
}

/** Which of the files the rule speaks of. */
function refused(lines: typeof IMPORTS): Set<string> {
  const byFile = lines.map(([file, from], index) => [file.replace(/\.ts$/, `-${index}.ts`), from] as const);
  for (const [file, from] of byFile) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import { thing } from '${from}';\nthing();\n`);
  }
  const found = new Set(
    linted()
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename),
  );
  return new Set(byFile.filter(([file]) => found.has(file)).map(([file]) => file));
}

test('each import is allowed or refused as the house plans it', () => {
  const found = refused(IMPORTS);
  expect(
    IMPORTS.map(([file, from, allowed], index) => [from, file, !found.has(file.replace(/\.ts$/, `-${index}.ts`)), allowed]).filter(
      ([, , is, due]) => is !== due,
    ),
  ).toEqual([]);
});

test('files that take types from each other are refused', () => {
  const files = { 'src/pki/left.ts': 'right', 'src/pki/right.ts': 'left' };
  mkdirSync(join(folder, 'src/pki'), { recursive: true });
  for (const [file, other] of Object.entries(files))
    writeFileSync(
      join(folder, file),
      `import type { Other } from './${other}.ts';\nexport type Other${other} = Other;\nexport type { Other };\n`,
    );
  expect(
    linted()
      .filter(({ code }) => code.includes('no-cycle'))
      .map(({ filename }) => filename)
      .sort(),
  ).toEqual(Object.keys(files).sort());
});

test('every rule has a bad import here', () => {
  const { overrides } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as { overrides: Override[] };
  const bad = IMPORTS.filter(([, , allowed]) => !allowed).map(([file]) => file);
  const rooms = overrides.filter(({ rules }) => Array.isArray(rules['no-restricted-imports'])).flatMap(({ files }) => files);
  expect(rooms.filter((room) => !bad.some((file) => file.startsWith(room.replace('**', ''))))).toEqual([]);
});
