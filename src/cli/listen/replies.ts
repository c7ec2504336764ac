/** What a listener answers: replies in turn, as a file tells them. */
import { duration } from '../input/duration.ts';
import { isObject } from '../../text/json.ts';
import { Failure } from '../failure/failure.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is told by the status API after the answer. */
export interface Report {
  /** Milliseconds after the answer. */
  readonly after: number;
  readonly state?: string;
  readonly configuration?: unknown;
  readonly error?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body: string;
  /** Milliseconds before the answer. */
  readonly delay: number;
  /** `hang`: no answer ever; `close`: the connection is cut. */
  readonly trouble?: 'hang' | 'close';
  readonly report?: Report;
  /** What is given for credentials that are asked for: the input of `bundle auth set`. */
  readonly credentials?: Fields;
}

interface Rule extends Reply {
  readonly when: { readonly path?: string; readonly method?: string; readonly contains?: string };
  times: number;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

const usage = (place: string, text: string) =>
  new Failure('usage', `${place}: ${text}`, { hint: 'docs/formations.md shows what a file of replies may hold.' });

/** @throws Failure usage for fields that are unknown or of another kind */
function read(place: string, value: unknown, kinds: Readonly<Record<string, string>>): Fields {
  if (!isObject(value)) throw usage(place, 'an object is expected.');
  for (const [name, field] of Object.entries(value)) {
    const kind = kinds[name];
    if (kind === undefined) throw usage(place, `${JSON.stringify(name)} is unknown; allowed: ${Object.keys(kinds).join(', ')}.`);
    // oxlint-disable-next-line valid-typeof -- the kinds are those of typeof
    if (kind !== 'any' && !kind.split('|').some((one) => typeof field === one))
      throw usage(`${place}.${name}`, `it must be a ${kind.replaceAll('|', ' or a ')}.`);
  }
  return value as Fields;
}

const time = (value: unknown): number => (value === undefined ? 0 : duration(String(value)));

function reportFrom(place: string, value: unknown): Report {
  const { after, ...told } = read(place, value, { after: 'string|number', state: 'string', configuration: 'any', error: 'string' });
  return { after: time(after), ...told };
}

const REPLY = {
  when: 'object',
  times: 'number',
  status: 'number',
  headers: 'object',
  body: 'any',
  delay: 'string|number',
  hang: 'boolean',
  close: 'boolean',
  report: 'object',
  credentials: 'object',
};

function ruleFrom(place: string, value: unknown): Rule {
  const { when = {}, times = 1, status, headers = {}, body, delay, hang, close, report, credentials } = read(place, value, REPLY);
  if (status !== undefined && (!Number.isInteger(status) || (status as number) < 200 || (status as number) > 599))
    throw usage(`${place}.status`, 'it must be a status from 200 to 599.');
  const isText = typeof body === 'string';
  return {
    when: read(`${place}.when`, when, { path: 'string', method: 'string', contains: 'string' }) as Rule['when'],
    times: times as number,
    status: (status as number | undefined) ?? (report === undefined ? 200 : 202),
    headers: {
      ...(isText ? {} : { 'content-type': 'application/json' }),
      ...(read(`${place}.headers`, headers, Object.fromEntries(Object.keys(headers as object).map((name) => [name, 'string']))) as Record<
        string,
        string
      >),
    },
    body: isText ? (body as string) : JSON.stringify(body ?? {}),
    delay: time(delay),
    ...(hang === true ? { trouble: 'hang' as const } : close === true ? { trouble: 'close' as const } : {}),
    ...(report !== undefined && { report: reportFrom(`${place}.report`, report) }),
    ...(credentials !== undefined && { credentials: read(`${place}.credentials`, credentials, { auth: 'object', status: 'object' }) }),
  };
}

const matches = ({ when }: Rule, { method, path, body }: Asked): boolean =>
  (when.path === undefined || path.split('?')[0] === when.path) &&
  (when.method === undefined || method === when.method.toUpperCase()) &&
  (when.contains === undefined || body.includes(when.contains));

/** Of the replies that fit a request each is given `times` times, in turn; the last one stays. */
export class Replies {
  readonly #rules: readonly Rule[];

  /** `content`: one reply, or `{replies: [...]}`. @throws Failure usage */
  constructor(content: Fields, place: string) {
    if (!('replies' in content)) {
      this.#rules = [ruleFrom(place, content)];
      return;
    }
    const { replies } = read(place, content, { replies: 'object' });
    if (!Array.isArray(replies) || replies.length === 0) throw usage(`${place}.replies`, 'a list of replies is expected.');
    this.#rules = replies.map((reply: unknown, index) => ruleFrom(`${place}.replies[${index}]`, reply));
  }

  /** Whether any of them gives credentials. */
  get giveCredentials(): boolean {
    return this.#rules.some(({ credentials }) => credentials !== undefined);
  }

  /** Undefined where none fits. */
  next(asked: Asked): Reply | undefined {
    const fitting = this.#rules.filter((rule) => matches(rule, asked));
    const rule = fitting.find(({ times }) => times > 0) ?? fitting.at(-1);
    if (rule) rule.times--;
    return rule;
  }
}
