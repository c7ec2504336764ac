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
/** What each part of a layout looks like in a text. */
const SHAPES: Readonly<Record<string, string>> = {
  January: MONTHS.join('|'),
  Jan: MONTHS.map((month) => month.slice(0, 3)).join('|'),
  Monday: DAYS.join('|'),
  Mon: DAYS.map((day) => day.slice(0, 3)).join('|'),
  MST: '[A-Z]{3,4}',
  '2006': '\\d{4}',
  'Z07:00': 'Z|[+-]\\d\\d:\\d\\d',
  Z0700: 'Z|[+-]\\d{4}',
  '-07:00': '[+-]\\d\\d:\\d\\d',
  '-0700': '[+-]\\d{4}',
  '-07': '[+-]\\d\\d',
  '.000000000': '\\.\\d{9}',
  '.000000': '\\.\\d{6}',
  '.000': '\\.\\d{3}',
  PM: 'AM|PM',
  pm: 'am|pm',
  _2: ' ?\\d{1,2}',
};
const shapeOf = (part: string) => SHAPES[part] ?? (part.length === 1 ? '\\d{1,2}' : '\\d{2}');
const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const zoneMinutes = (zone: string | undefined): number => {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '');
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) : 0;
};

/** The instant that a text tells in that layout; undefined where it does not fit. */
function parse(layout: string, text: string): Date | undefined {
  const parts = [...layout.matchAll(LAYOUT)].map(([part]) => part);
  const between = layout.split(LAYOUT).map(plain);
  const fraction = parts.includes('05') && !parts.some((part) => part.startsWith('.0'));
  const shape = between.map((literal, index) => {
    const part = parts[index];
    return part === undefined ? literal : `${literal}(${shapeOf(part)})${fraction && part === '05' ? '(?:[.,]\\d+)?' : ''}`;
  });
  const match = new RegExp(`^${shape.join('')}$`).exec(text);
  if (!match) return undefined;
  const told = new Map(parts.map((part, index) => [part, match[index + 1]!]));
  const number = (...names: string[]) => {
    const name = names.find((candidate) => told.has(candidate));
    return name === undefined ? undefined : Number(told.get(name));
  };
  const monthName = told.get('January') ?? told.get('Jan');
  const month = monthName === undefined ? (number('01', '1') ?? 1) : MONTHS.findIndex((name) => name.startsWith(monthName)) + 1;
  const short = number('06');
  const year = number('2006') ?? (short === undefined ? 0 : short + (short >= 69 ? 1900 : 2000));
  const half = (told.get('PM') ?? told.get('pm'))?.toUpperCase();
  const twelve = number('03', '3');
  const hour = number('15') ?? (twelve === undefined ? 0 : (twelve % 12) + (half === 'PM' ? 12 : 0));
  const day = number('02', '_2', '2') ?? 1;
  const [minute, second] = [number('04', '4') ?? 0, number('05', '5') ?? 0];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  const zone = ['Z07:00', 'Z0700', '-07:00', '-0700', '-07'].map((name) => told.get(name)).find((value) => value !== undefined);
  return new Date(date.setUTCHours(hour, minute - zoneMinutes(zone), second));
}

export const DATES: Functions = {
  now: () => new Time(new Date()),
  date: (layout, at) => formatted(str(layout), instant(at)),
  dateInZone: (layout, at) => formatted(str(layout), instant(at)),
  htmlDate: (at) => formatted('2006-01-02', instant(at)),
  ago: (at) => durationText(Date.now() - instant(at).getTime()),
  toDate: (layout, text) => {
    return new Time(parse(str(layout), str(text)) ?? new Date(-62_135_596_800_000));
  },
  mustToDate: (layout, text) => {
    const date = parse(str(layout), str(text));
    if (!date) throw new Fault(`parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse`);
    return new Time(date);
  },
  dateModify: modify,
  date_modify: modify,
  mustDateModify: modify,
  duration: (seconds) => durationText(Number(toInt64(seconds)) * 1000),
  durationRound,
  unixEpoch: (at) => String(Math.floor(instant(at).getTime() / 1000)),
};
