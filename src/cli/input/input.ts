/** What users give as text: files, standard input, JSON, YAML, KEY=VALUE. */
import { readFileSync } from 'node:fs';
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';
import { placeIn } from '../../text/fault.ts';
import { isObject } from '../../text/json.ts';
import { jsonFault } from '../../text/json-fault.ts';

async function standardInput(host: Host): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of host.stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function bytesOf(path: string): Buffer {
  if (path === '') throw new Failure('usage', 'No file is named.', { hint: 'Name one, or - for standard input.' });
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure('file_unreadable', `${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Nothing of the text is lost or changed on the way, not even a byte order mark. */
function decoded(bytes: Buffer, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Failure('file_unreadable', `${place} is no text in UTF-8.`, {
      hint: 'Convert it first, with iconv for example.',
      cause: error,
    });
  }
}

/** A file may be named with `@` before it, as where a text could stand in its place. */
const pathIn = (word: string) => (word.startsWith('@') ? word.slice(1) : word);

/** What messages call the file. */
export const placeOf = (word: string) => (pathIn(word) === '-' ? 'standard input' : pathIn(word));

/** The content of a file, `FILE` or `@FILE`; `-` is standard input. @throws Failure file_unreadable */
export async function fileContent(host: Host, word: string): Promise<string> {
  const path = pathIn(word);
  return decoded(path === '-' ? await standardInput(host) : bytesOf(path), placeOf(word));
}

/** `@file` and `-` stand for a content, anything else for itself. @throws Failure file_unreadable */
export const literalOrFile = async (host: Host, text: string): Promise<string> =>
  text === '-' || text.startsWith('@') ? fileContent(host, text) : text;

/** Without the mark that some editors write before the text. */
const unmarked = (text: string) => text.replace(/^\uFEFF/, '');

/** An object written as JSON or YAML. @throws Failure usage */
export async function structured(text: string, place: string): Promise<Record<string, unknown>> {
  const content = unmarked(text);
  if (content.trim() === '') throw new Failure('usage', `${place} is empty: it must hold an object.`);
  let value: unknown;
  try {
    value = /^\s*[[{]/.test(content) ? JSON.parse(content) : (await import('../output/yaml.ts')).parse(content);
  } catch (error) {
    const fault = /^\s*[[{]/.test(content) ? jsonFault(content) : undefined;
    const found = fault ? `${fault.reason} in line and column ${placeIn(content, fault.at)}` : (error as Error).message;
    throw new Failure('usage', `${place} is neither JSON nor YAML: ${found}`, { cause: error });
  }
  if (!isObject(value)) throw new Failure('usage', `${place} must hold an object.`);
  return value;
}

/**
 * The JSON text that a flag gives, or the file that it names: as it is, for what reads it later may look at every character; from YAML where
 * that is an object. `flag` is told in refusals. @throws Failure usage with the place of the fault, file_unreadable
 */
export async function jsonFrom(host: Host, given: string, flag: string): Promise<string> {
  const content = unmarked(await literalOrFile(host, given));
  const fault = jsonFault(content);
  if (!fault) return content;
  const isYaml = !/^\s*(?:[[{"]|$)/.test(content);
  try {
    if (isYaml) return JSON.stringify(await structured(content, flag));
  } catch {
    // told below
  }
  throw new Failure('usage', `--${flag} is no JSON: ${fault.reason} in line and column ${placeIn(content, fault.at)}`);
}

/** The same where the flag may be missing. */
export const jsonIfGiven = async (host: Host, flags: Readonly<Record<string, unknown>>, flag: string): Promise<string | undefined> =>
  typeof flags[flag] === 'string' ? jsonFrom(host, flags[flag], flag) : undefined;

/** An object from a JSON or YAML file; `-` is standard input. @throws Failure file_unreadable, usage */
export const structuredFile = async (host: Host, path: string) => structured(await fileContent(host, path), placeOf(path));

/** JSON where it can be read as such, else the text itself: `true`, `[1,2]` and `gold` all mean what they look like. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws Failure usage */
export function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new Failure('usage', `${JSON.stringify(pair)} is not of the form KEY=VALUE.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** Labels from `KEY=VALUE` words; nothing where there are none. */
export function labelsFrom(pairs: readonly string[] | undefined): Record<string, unknown> | undefined {
  if (pairs === undefined || pairs.length === 0) return undefined;
  return Object.fromEntries(pairs.map(keyAndValue).map(([key, value]) => [key, jsonOrText(value)]));
}

/** Filters of the wire: a key alone asks that the label be there, a value is compared as JSON. */
export function filtersFrom(words: readonly string[] | undefined): { key: string; query?: string }[] | undefined {
  return words?.map((word) => {
    if (!word.includes('=')) return { key: word };
    const [key, value] = keyAndValue(word);
    return { key, query: JSON.stringify(jsonOrText(value)) };
  });
}

/** An object without its undefined fields. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
