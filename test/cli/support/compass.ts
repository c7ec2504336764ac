/** Runs commands in this process, each in a world of its own: streams, variables and files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Command, Config, Errors } from '@oclif/core';
import { afterAll } from 'vitest';
import pjson from '../../../package.json' with { type: 'json' };
import { runIn } from '../../../src/cli/frame/host.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Whether a person sits there. */
  readonly terminal?: boolean;
  readonly columns?: number;
}

const homes: string[] = [];
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })));

/** An empty folder for configuration, removed at the end. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'compass-cli-'));
  homes.push(home);
  return home;
}

class Captured {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor(isTTY: boolean, columns: number) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string): void {
    this.text += text;
  }
}

/** The command whose words begin `argv`, the longest first. */
async function commandOf(argv: readonly string[]): Promise<{ command: typeof Command; id: string; rest: string[] }> {
  const words = argv.findIndex((word) => word.startsWith('-'));
  for (let length = words === -1 ? argv.length : words; length > 0; length--) {
    const path = argv.slice(0, length).join('/');
    const module = (await import(resolve(root, `commands/${path}.ts`)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND' || /Cannot find module|Failed to load url|does not exist/.test(error.message))
        return undefined;
      throw error;
    })) as { default: typeof Command } | undefined;
    if (module) return { command: module.default, id: path.replaceAll('/', ':'), rest: argv.slice(length) };
  }
  throw new Error(`no command in: ${argv.join(' ')}`);
}

/** Runs a command line. Variables that begin with COMPASS_ are set for this run alone. */
export async function compass(argv: readonly string[], world: World = {}): Promise<Ran> {
  const { command, id, rest } = await commandOf(argv);
  const config = await Config.load({ root, pjson: pjson as never });
  const stdout = new Captured(world.terminal === true, world.columns ?? 80);
  const stderr = new Captured(world.terminal === true, world.columns ?? 80);
  const env = { COMPASS_HOME: newHome(), ...world.env };
  const stdin = Object.assign(
    (async function* () {
      yield world.stdin ?? '';
    })(),
    { isTTY: world.terminal === true && world.stdin === undefined },
  );
  runIn(config, { env, stdin, stdout, stderr });
  command.id = id;
  const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]));
  Object.assign(process.env, env);
  let exit = 0;
  try {
    await new (command as unknown as new (argv: string[], config: Config) => { _run(): Promise<unknown> })(rest, config)._run();
  } catch (error) {
    if (!(error instanceof Errors.ExitError)) throw error;
    exit = error.oclif.exit ?? 1;
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  return { exit, stdout: stdout.text, stderr: stderr.text };
}
