/** What every command must have, so that users find the same everywhere. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { variableOf } from '../../src/cli/frame/flags.ts';

const folder = resolve(import.meta.dirname, '../../commands');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** What a plane reads from its environment: no command may take one of these for a flag of its own. */
const SETTINGS = [
  'COMPASS_PROVIDER',
  'COMPASS_PROVISIONER_PROFILE',
  'COMPASS_SIMULATED_STAGE',
  'COMPASS_SIMULATION',
  'COMPASS_STAGE_TIMEOUT',
  'COMPASS_SUBJECT_MAPPINGS',
  'COMPASS_EXTERNAL_ISSUER',
  'COMPASS_HOME',
];

describe.each(files)('%s', async (file) => {
  const { default: command } = (await import(resolve(folder, file))) as { default: typeof Command };
  const flags = { ...command.baseFlags, ...command.flags };

  test('says in one sentence what it does', () => expect(command.summary).toMatch(/^[A-Z][^\n]*\.$/));

  test('has examples that begin with the program, with long flags', () => {
    const examples = (command.examples ?? []) as string[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example).toMatch(/^<%= config.bin %> <%= command.id %>/);
      expect(example).not.toMatch(/ -[a-z](?: |$)/);
    }
  });

  test('every flag has its variable and a summary', () => {
    for (const [name, flag] of Object.entries(flags)) {
      expect(flag.env, name).toBe(variableOf(name));
      expect(flag.summary, name).toMatch(/^[A-Z`'].*[.]$|^[a-z].*\.$/);
    }
  });

  if (file !== 'serve.ts')
    test('no flag is a setting of the plane', () => {
      expect(
        Object.keys(flags)
          .map(variableOf)
          .filter((name) => SETTINGS.includes(name)),
      ).toEqual([]);
    });

  test('no flag has the letter of another', () => {
    const letters = Object.values(flags).flatMap(({ char }) => (char === undefined ? [] : [char]));
    expect(letters).toHaveLength(new Set(letters).size);
  });

  test('an argument is never read from stdin behind the back of the user', () => {
    for (const argument of Object.values(command.args ?? {})) expect(argument).toMatchObject({ ignoreStdin: true });
  });
});
