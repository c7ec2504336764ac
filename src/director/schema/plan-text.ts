/** How plans write answers: as JSON text at once, for to make objects first and to write them afterwards costs more than all rules of a page. */
import type { Awaitable } from '../../registry/contract.ts';

/** The plan does not lead there. */
export class Unplanned extends Error {}

/** Makes JSON text of a value; a value that is awaited is not given to it before it is there. */
export type Write<Run> = (value: unknown, run: Run) => Awaitable<string>;

export interface PlannedField<Run> {
  readonly key: string;
  /** A property of its source, or how it is found otherwise. */
  readonly from: string | ((source: unknown, run: Run) => unknown);
  readonly write: Write<Run>;
  /** Texts that it may have are written as they are. */
  readonly isText: boolean;
}

export const NULL = 'null';

/** What JSON writes otherwise than it is: quotes, backslashes, control characters and halves of surrogate pairs (whole ones are only suspected). */
// eslint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoted = (text: string) => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Objects of JSON scalars are parts of records, which never change: their text is made once, where the registry keeps records. */
const texts = new WeakMap<object, string>();

export const unplanned = (): never => {
  throw new Unplanned();
};

const jsonText = (value: unknown): string => (JSON.stringify(value) as string | undefined) ?? unplanned();

function keptText(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = jsonText(value);
  texts.set(value, text);
  return text;
}

/** The JSON text of what a scalar or enum serializes to. `keeps`: whether objects come again. @throws Unplanned where there is none */
export function leafText(value: unknown, keeps: boolean): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return unplanned();
  return keeps && typeof value === 'object' ? keptText(value) : jsonText(value);
}

const forgotten = () => {};

/** Text that grows; parts of it that are awaited keep their places. */
class Growing {
  #text = '';
  /** Undefined while nothing was awaited. */
  #parts: Awaitable<string>[] | undefined;

  add(text: string): void {
    this.#text += text;
  }

  addPart(part: Awaitable<string>): void {
    if (typeof part === 'string') {
      this.#text += part;
      return;
    }
    (this.#parts ??= []).push(this.#text, part);
    this.#text = '';
  }

  end(last: string): Awaitable<string> {
    const text = this.#text + last;
    return this.#parts ? Promise.all([...this.#parts, text]).then((texts) => texts.join('')) : text;
  }

  /** Parts that nobody waits for any more must not end the process when they fail. */
  abandon(): void {
    for (const part of this.#parts ?? []) if (typeof part === 'object') part.catch(forgotten);
  }
}

function written<Run>(write: Write<Run>, value: unknown, run: Run): Awaitable<string> {
  return typeof value === 'object' && value instanceof Promise ? value.then((later: unknown) => write(later, run)) : write(value, run);
}

export function objectOf<Run>(planned: readonly PlannedField<Run>[]): Write<Run> {
  const fields = planned.map(({ key, from, write, isText }, index) => {
    const opening = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    const [property, read] = typeof from === 'string' ? [from] : [undefined, from];
    return { property, read, write, isText, opening, openingOfText: `${opening}"` };
  });
  return (source, run) => {
    const text = new Growing();
    try {
      for (let index = 0; index < fields.length; index++) {
        const { property, read, write, isText, opening, openingOfText } = fields[index]!;
        const value = property === undefined ? read!(source, run) : (source as Readonly<Record<string, unknown>>)[property];
        if (isText && typeof value === 'string' && !ESCAPED.test(value)) {
          text.add(`${openingOfText}${value}"`);
          continue;
        }
        text.add(opening);
        text.addPart(written(write, value, run));
      }
      return text.end('}');
    } catch (error) {
      text.abandon();
      throw error;
    }
  };
}

export function listOf<Run>(write: Write<Run>): Write<Run> {
  return (value, run) => {
    if (value === null || value === undefined) return NULL;
    if (!Array.isArray(value)) return unplanned();
    const text = new Growing();
    try {
      for (let index = 0; index < value.length; index++) {
        text.add(index === 0 ? '[' : ',');
        text.addPart(written(write, value[index], run));
      }
      return text.end(value.length === 0 ? '[]' : ']');
    } catch (error) {
      text.abandon();
      throw error;
    }
  };
}
