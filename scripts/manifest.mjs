/** `oclif.manifest.json`: what oclif knows of each command without loading it. Committed; `npm run build -- --check` tells where it is stale. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Plugin } from '@oclif/core';

/** The manifest of the commands in `dist/frame.cjs`, with its commands in a settled order. */
export async function manifestOf(root) {
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const plugin = new Plugin({ root, pjson, isRoot: true, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  const byId = ([a], [b]) => (a < b ? -1 : 1);
  const { usageLine } = createRequire(join(root, 'package.json'))('./dist/commands.cjs');
  const told = Object.entries(plugin.manifest.commands).map(([id, command]) => [
    id,
    { ...command, usage: usageOf(id, command, usageLine) },
  ]);
  return { commands: Object.fromEntries(told.sort(byId)), version: plugin.manifest.version };
}

/** What the help begins with: oclif would name all flags that every command has. */
const usageOf = (id, { usage, args, flags }, usageLine) =>
  usage ?? usageLine(id.replaceAll(':', ' '), args, flags).replace(/^compass /, '');

/** One line a command: small to read for oclif, and changes show where they are. */
export function manifestText({ commands, version }) {
  const lines = Object.entries(commands).map(([id, command]) => `${JSON.stringify(id)}:${JSON.stringify(command)}`);
  return `{"commands":{\n${lines.join(',\n')}\n},"version":${JSON.stringify(version)}}\n`;
}
