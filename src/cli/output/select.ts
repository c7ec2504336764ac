/** The part of jq's language that picks: paths, indices, iteration, pipes, `length`, `keys`. */
import { Failure } from '../failure/failure.ts';
import { content, type Text } from './view.ts';

type Step = (value: unknown) => unknown[];

const fault = (path: string, reason: string) =>
  new Failure('usage', `--jq ${JSON.stringify(path)}: ${reason}.`, { hint: 'Use paths such as .a.b[], .a[0] and .a | length.' });

const field =
  (name: string, path: string): Step =>
  (value) => {
    if (value === null || value === undefined) return [null];
    if (typeof value !== 'object' || Array.isArray(value))
      throw fault(path, `.${name} is asked of ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`);
    return [(value as Record<string, unknown>)[name] ?? null];
  };

const at =
  (index: number, path: string): Step =>
  (value) => {
    if (value === null) return [null];
    if (!Array.isArray(value)) throw fault(path, `[${index}] is asked of what is no list`);
    return [value.at(index) ?? null];
  };

const each =
  (path: string): Step =>
  (value) => {
    if (Array.isArray(value)) return value;
    if (typeof value === 'object' && value !== null) return Object.values(value);
    throw fault(path, '[] is asked of what is neither list nor object');
  };

function length(value: unknown): unknown[] {
  if (value === null) return [0];
  if (typeof value === 'string') return [[...value].length];
  return [Array.isArray(value) ? value.length : typeof value === 'object' ? Object.keys(value).length : value];
}

const keys: Step = (value) => [Array.isArray(value) ? [...value.keys()] : Object.keys(value ?? {}).sort()];

const TOKEN =
  /\s*(?:(\|)|\.?\[\s*(-?\d+)\s*\]|\.?\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\.?(\[\s*\])|\.([A-Za-z_][A-Za-z0-9_]*)|\."((?:[^"\\]|\\.)*)"|(length|keys)(?![A-Za-z0-9_])|(\.))/y;

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < path.trimEnd().length) {
    const place = TOKEN.lastIndex;
    const found = TOKEN.exec(path);
    if (found === null) throw fault(path, `not understood from ${JSON.stringify(path.slice(place))}`);
    const [, , index, bracketed, iterate, plain, quoted, builtin] = found;
    const name = plain ?? (bracketed ?? quoted)?.replaceAll(/\\(.)/g, '$1');
    if (name !== undefined) steps.push(field(name, path));
    else if (index !== undefined) steps.push(at(Number(index), path));
    else if (iterate !== undefined) steps.push(each(path));
    else if (builtin !== undefined) steps.push(builtin === 'keys' ? keys : length);
  }
  return steps;
}

/** What a path leads to, in whatever it is given. @throws Failure usage where the path is none, and later where it asks for what can't be */
export function picking(path: string): (value: unknown) => unknown[] {
  const steps = stepsOf(path);
  return (value) => steps.reduce<unknown[]>((values, step) => values.flatMap((item) => step(item)), [value]);
}

/** For people each value on lines of its own, texts without their quotes; for programs the value, or all of them. */
export function pickedView(found: readonly unknown[]): Text {
  const lines = found.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
  return content(found.length === 1 ? found[0] : found, lines.join(''));
}
