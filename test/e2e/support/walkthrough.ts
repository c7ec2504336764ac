/** Pages of the documentation, typed into a shell as they stand there. */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Home, Serving } from './plane.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Programs that such pages use and this machine lacks. */
export const missingTools = ['bash', 'openssl', 'curl'].filter((tool) => spawnSync(tool, ['--help']).error !== undefined);

/** The shell lines of each section of the page, by its heading. */
function linesByHeading(page: string): ReadonlyMap<string, string> {
  const sections = page.split(/^## /m).map((section) => {
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines]) => lines);
    return [section.slice(0, section.indexOf('\n')), blocks.join('')] as const;
  });
  return new Map(sections.filter(([, lines]) => lines !== ''));
}

const MARK = '@@@ ';

/** Types all lines into one shell; resolves to what each section printed. */
function typed(sections: ReadonlyMap<string, string>, cwd: string, env: Record<string, string>): Promise<ReadonlyMap<string, string>> {
  const script = [...sections].map(([heading, lines]) => `printf '\\n%s\\n' '${MARK}${heading}'\n${lines}`).join('');
  return new Promise((done, fail) => {
    execFile('bash', ['-euo', 'pipefail', '-c', script], { cwd, env }, (error, stdout, stderr) => {
      if (error) return fail(new Error(`${error.message}\n${stdout}${stderr}`));
      const parts = stdout.split(`\n${MARK}`).slice(1);
      done(new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])));
    });
  });
}

export interface Walked {
  /** The folder where it was typed, with the plane's `ready.json`. */
  readonly folder: string;
  /** What the section with that heading printed. */
  printed(heading: string): string;
  json(file: string): Record<string, unknown>;
}

/** Types the page, in a folder of its own. @throws Error with everything that was printed where a line fails */
export async function walkThrough(page: string, home: Home, plane: Serving): Promise<Walked> {
  const [folder, tools] = [join(home.path, 'walk'), join(home.path, 'bin')];
  for (const path of [folder, tools]) mkdirSync(path);
  writeFileSync(join(tools, 'compass'), `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/run.js')}" "$@"\n`);
  chmodSync(join(tools, 'compass'), 0o755);
  copyFileSync(plane.readyFile, join(folder, 'ready.json'));
  const printed = await typed(linesByHeading(readFileSync(join(root, page), 'utf8')), folder, {
    PATH: `${tools}:${process.env.PATH ?? ''}`,
    HOME: home.path,
    COMPASS_HOME: home.path,
  });
  return {
    folder,
    printed: (heading) => printed.get(heading) ?? '',
    json: (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>,
  };
}
