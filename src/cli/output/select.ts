/** `--jq`: the part of an answer that is printed. */
import { Failure } from '../failure/failure.ts';
import { parse } from './jq/parse.ts';
import { Unfit } from './jq/values.ts';
import { content, type Text } from './view.ts';

const fault = (path: string, reason: string) =>
  new Failure('usage', `--jq ${JSON.stringify(path)}: ${reason}.`, {
    hint: 'Much of jq is known: .a.b[], .a[0], map(.name), select(.name == "shop"), {name, id}, length, sort_by(.name), @tsv.',
  });

/** What a path leads to, in whatever it is given. @throws Failure usage where the path is none, and later where it asks for what can't be */
export function picking(path: string): (value: unknown) => unknown[] {
  const filter = parse(path, (at) =>
    fault(path, at >= path.trimEnd().length ? 'something is missing at the end' : `not understood from ${JSON.stringify(path.slice(at))}`),
  );
  return (value) => {
    try {
      return filter(value);
    } catch (error) {
      throw error instanceof Unfit ? fault(path, error.message) : error;
    }
  };
}

/** For people each value on lines of its own, texts without their quotes; for programs the value, or all of them. */
export function pickedView(found: readonly unknown[]): Text {
  const lines = found.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
  return content(found.length === 1 ? found[0] : found, lines.join(''));
}
