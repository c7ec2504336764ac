/** How plans write answers: as JSON text at once, for to make objects first and to write them afterwards costs more than all rules of a page. */
import type { Awaitable } from '../../registry/contract.ts';

/** The plan does not lead there. */
export class Unplanned extends Error {}

/** Makes JSON text of a value; a value that is awaited is not given to it before it is there. */
export type Write<Run> = (value: unknown, run: Run) => Awaitable<string>;

export interface PlannedField<Run> {
  readonly key: string;
  readonly read: (source: unknown, run: Run) => unknown;
  readonly write: Write<Run>;
}

export const NULL = 'null';

/** What JSON writes otherwise than it is: quotes, backslashes, control characters and halves of surrogate pairs (whole ones are only suspected). */
// eslint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoted = (text: string) => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** The JSON text of what a scalar or enum serializes to. @throws Unplanned where there is none */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || value === undefined) throw new Unplanned();
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new Unplanned();
  return text;
}

const forgotten = () => {};

/** Parts of a text, in their order; those that nobody waits for any more must not end the process when they fail. */
const forget = (parts: readonly Awaitable<string>[]) => {
  for (const part of parts) if (part instanceof Promise) part.catch(forgotten);
};

const joined = (parts: readonly Awaitable<string>[]): Promise<string> => Promise.all(parts).then((texts) => texts.join(''));

function written<Run>(write: Write<Run>, value: unknown, run: Run): Awaitable<string> {
  return value instanceof Promise ? value.then((later: unknown) => write(later, run)) : write(value, run);
}

export function objectOf<Run>(fields: readonly PlannedField<Run>[]): Write<Run> {
  const names = fields.map(({ key }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
  return (source, run) => {
    let text = '';
    // undefined while nothing was awaited
    let parts: Awaitable<string>[] | undefined;
    try {
      for (let index = 0; index < fields.length; index++) {
        const { read, write } = fields[index]!;
        const part = written(write, read(source, run), run);
        text += names[index]!;
        if (typeof part === 'string') text += part;
        else {
          (parts ??= []).push(text, part);
          text = '';
        }
      }
    } catch (error) {
      if (parts) forget(parts);
      throw error;
    }
    text += '}';
    return parts ? joined([...parts, text]) : text;
  };
}

export function listOf<Run>(write: Write<Run>): Write<Run> {
  return (value, run) => {
    if (value === null || value === undefined) return NULL;
    if (!Array.isArray(value)) throw new Unplanned();
    let text = '[';
    let parts: Awaitable<string>[] | undefined;
    try {
      for (let index = 0; index < value.length; index++) {
        if (index > 0) text += ',';
        const part = written(write, value[index], run);
        if (typeof part === 'string') text += part;
        else {
          (parts ??= []).push(text, part);
          text = '';
        }
      }
    } catch (error) {
      if (parts) forget(parts);
      throw error;
    }
    text += ']';
    return parts ? joined([...parts, text]) : text;
  };
}
