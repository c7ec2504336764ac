/** sprig's functions on dates, in UTC. Layouts are Go's: the parts of `Mon Jan 2 15:04:05 MST 2006`. */
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { Time } from '../values.ts';
import { str, toInt64 } from './check.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const two = (value: number) => String(value).padStart(2, '0');
const hour12 = (date: Date) => date.getUTCHours() % 12 || 12;

const PARTS: readonly (readonly [string, (date: Date) => string])[] = [
  ['January', (date) => MONTHS[date.getUTCMonth()]!],
  ['Jan', (date) => MONTHS[date.getUTCMonth()]!.slice(0, 3)],
  ['Monday', (date) => DAYS[date.getUTCDay()]!],
  ['Mon', (date) => DAYS[date.getUTCDay()]!.slice(0, 3)],
  ['MST', () => 'UTC'],
  ['2006', (date) => String(date.getUTCFullYear())],
  ['Z07:00', () => 'Z'],
  ['Z0700', () => 'Z'],
  ['-07:00', () => '+00:00'],
  ['-0700', () => '+0000'],
  ['-07', () => '+00'],
  ['.000000000', (date) => `.${String(date.getUTCMilliseconds()).padStart(3, '0')}000000`],
  ['.000000', (date) => `.${String(date.getUTCMilliseconds()).padStart(3, '0')}000`],
  ['.000', (date) => `.${String(date.getUTCMilliseconds()).padStart(3, '0')}`],
  ['15', (date) => two(date.getUTCHours())],
  ['01', (date) => two(date.getUTCMonth() + 1)],
  ['02', (date) => two(date.getUTCDate())],
  ['03', (date) => two(hour12(date))],
  ['04', (date) => two(date.getUTCMinutes())],
  ['05', (date) => two(date.getUTCSeconds())],
  ['06', (date) => two(date.getUTCFullYear() % 100)],
  ['PM', (date) => (date.getUTCHours() >= 12 ? 'PM' : 'AM')],
  ['pm', (date) => (date.getUTCHours() >= 12 ? 'pm' : 'am')],
  ['_2', (date) => String(date.getUTCDate()).padStart(2, ' ')],
  ['1', (date) => String(date.getUTCMonth() + 1)],
  ['2', (date) => String(date.getUTCDate())],
  ['3', (date) => String(hour12(date))],
  ['4', (date) => String(date.getUTCMinutes())],
  ['5', (date) => String(date.getUTCSeconds())],
];
const LAYOUT = new RegExp(PARTS.map(([part]) => part.replace(/[.+]/g, '\\$&')).join('|'), 'g');
const SHOWN = new Map(PARTS);

const formatted = (layout: string, date: Date) => layout.replace(LAYOUT, (part) => SHOWN.get(part)!(date));

/** Instants as they are; numbers as seconds since 1970; anything else is now. */
const instant = (value: unknown): Date =>
  value instanceof Time ? value.date : typeof value === 'bigint' ? new Date(Number(value) * 1000) : new Date();

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string): number {
  const match = /^([+-]?)((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text);
  if (!match) throw new Fault(`time: invalid duration ${JSON.stringify(text)}`);
  const sum = [...match[2]!.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (total, [, amount, unit]) => total + Number(amount) * UNITS[unit!]!,
    0,
  );
  return match[1] === '-' ? -sum : sum;
}

function durationText(ms: number): string {
  const seconds = Math.trunc(Math.abs(ms) / 1000);
  if (seconds === 0) return '0s';
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${ms < 0 ? '-' : ''}${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`;
}

function durationRound(value: unknown): string {
  const ms =
    value instanceof Time ? Date.now() - value.date.getTime() : typeof value === 'bigint' ? Number(value) / 1e6 : milliseconds(str(value));
  const seconds = Math.abs(ms) / 1000;
  const steps: readonly (readonly [number, string])[] = [
    [31_536_000, 'y'],
    [2_592_000, 'mo'],
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'm'],
    [1, 's'],
  ];
  const [size, unit] = steps.find(([length]) => seconds > length) ?? [0, ''];
  return size === 0 ? '0s' : `${Math.trunc(seconds / size)}${unit}`;
}

const modify = (change: unknown, at: unknown) => new Time(new Date(instant(at).getTime() + milliseconds(str(change))));
const parse = (layout: string, text: string): Date => {
  const date = new Date(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : layout.includes('15') ? `${text.replace(' ', 'T')}Z` : text);
  return date;
};

export const DATES: Functions = {
  now: () => new Time(new Date()),
  date: (layout, at) => formatted(str(layout), instant(at)),
  dateInZone: (layout, at) => formatted(str(layout), instant(at)),
  htmlDate: (at) => formatted('2006-01-02', instant(at)),
  ago: (at) => durationText(Date.now() - instant(at).getTime()),
  toDate: (layout, text) => {
    const date = parse(str(layout), str(text));
    return new Time(Number.isNaN(date.getTime()) ? new Date(-62_135_596_800_000) : date);
  },
  mustToDate: (layout, text) => {
    const date = parse(str(layout), str(text));
    if (Number.isNaN(date.getTime())) throw new Fault(`parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse`);
    return new Time(date);
  },
  dateModify: modify,
  date_modify: modify,
  mustDateModify: modify,
  duration: (seconds) => durationText(Number(toInt64(seconds)) * 1000),
  durationRound,
  unixEpoch: (at) => String(Math.floor(instant(at).getTime() / 1000)),
};
