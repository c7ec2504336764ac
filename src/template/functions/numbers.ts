/** sprig's arithmetic: integers are 64 bits wide and `div` and `mod` are those of integers. */
import { randomInt } from 'node:crypto';
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { strslice, strval, toFloat64, toInt64 } from './check.ts';

const int64 = (value: bigint) => BigInt.asIntN(64, value);
const fold =
  (start: bigint, step: (a: bigint, b: bigint) => bigint) =>
  (...values: unknown[]) =>
    values.reduce<bigint>((sum, value) => int64(step(sum, toInt64(value))), start);
const foldFrom =
  (step: (a: bigint, b: bigint) => bigint) =>
  (first: unknown, ...values: unknown[]) =>
    values.reduce<bigint>((sum, value) => int64(step(sum, toInt64(value))), toInt64(first));
const foldFloat =
  (step: (a: number, b: number) => number) =>
  (first: unknown, ...values: unknown[]) =>
    values.reduce<number>((sum, value) => step(sum, toFloat64(value)), toFloat64(first));

/** Digits after the point of a quotient. */
const QUOTIENT_DIGITS = 16;

/** A float as the decimal that its text shows: digits, and how many of them stand after the point. */
function decimal(value: unknown): { digits: bigint; scale: number } {
  const [mantissa, exponent] = toFloat64(value).toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}
const float = (digits: bigint, scale: number) => Number(`${digits}e${-scale}`);

/** sprig computes with decimals: 0.1 and 0.2 are 0.3. */
const foldDecimal =
  (step: (a: bigint, b: bigint, scale: number) => number) =>
  (first: unknown, ...values: unknown[]) =>
    values.reduce<number>((sum, value) => {
      const [a, b] = [decimal(sum), decimal(value)];
      const scale = Math.max(a.scale, b.scale);
      return step(a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale);
    }, toFloat64(first));

function quotient(a: bigint, b: bigint): number {
  if (b === 0n) throw new Fault('decimal division by 0');
  const doubled = (2n * a * 10n ** BigInt(QUOTIENT_DIGITS)) / b;
  return float((doubled + (doubled < 0n ? -1n : 1n)) / 2n, QUOTIENT_DIGITS);
}
const divisor = (value: bigint) => {
  if (value === 0n) throw new Fault('runtime error: integer divide by zero');
  return value;
};
const MAX_STEPS = 100_000;

function untilStep(from: unknown, to: unknown, by: unknown): bigint[] {
  const [start, stop, step] = [toInt64(from), toInt64(to), toInt64(by)];
  if (step === 0n || (stop < start && step >= 0n) || (stop > start && step < 0n)) return [];
  if ((stop - start) / step > BigInt(MAX_STEPS)) throw new Fault(`more than ${MAX_STEPS} steps`);
  const values: bigint[] = [];
  for (let value = start; step > 0n ? value < stop : value > stop; value += step) values.push(value);
  return values;
}

function round(value: unknown, places: unknown, roundOn: unknown = 0.5): number {
  const power = 10 ** Number(toInt64(places));
  const digit = toFloat64(value) * power;
  const whole = Math.trunc(digit);
  const rest = Math.abs(digit - whole);
  const rounded =
    digit >= 0
      ? rest >= toFloat64(roundOn)
        ? Math.ceil(digit)
        : Math.floor(digit)
      : rest >= toFloat64(roundOn)
        ? Math.floor(digit)
        : Math.ceil(digit);
  return rounded / power;
}

/** `seq 3`, `seq 1 3`, `seq 1 2 9`: the texts of a sequence, parted by blanks. */
function seq(...args: unknown[]): string {
  const [a, b, c] = args.map(toInt64) as [bigint, bigint, bigint];
  const down = (from: bigint, to: bigint) => (to < from ? -1n : 1n);
  if (args.length === 0 || args.length > 3) return '';
  const [start, step, end] = args.length === 1 ? [1n, down(1n, a), a] : args.length === 2 ? [a, down(a, b), b] : [a, b, c];
  return untilStep(start, end + (step > 0n ? 1n : -1n), step).join(' ');
}

const max = (first: unknown, ...values: unknown[]) => values.map(toInt64).reduce((a, b) => (b > a ? b : a), toInt64(first));

export const NUMBERS: Functions = {
  add: fold(0n, (a, b) => a + b),
  add1: (value) => int64(toInt64(value) + 1n),
  sub: (a, b) => int64(toInt64(a) - toInt64(b)),
  mul: foldFrom((a, b) => a * b),
  div: (a, b) => int64(toInt64(a) / divisor(toInt64(b))),
  mod: (a, b) => toInt64(a) % divisor(toInt64(b)),
  max,
  biggest: max,
  min: (first, ...values) => values.map(toInt64).reduce((a, b) => (b < a ? b : a), toInt64(first)),
  addf: foldDecimal((a, b, scale) => float(a + b, scale)),
  add1f: (value) => toFloat64(value) + 1,
  subf: foldDecimal((a, b, scale) => float(a - b, scale)),
  mulf: foldDecimal((a, b, scale) => float(a * b, 2 * scale)),
  divf: foldDecimal(quotient),
  maxf: foldFloat(Math.max),
  minf: foldFloat(Math.min),
  ceil: (value) => Math.ceil(toFloat64(value)),
  floor: (value) => Math.floor(toFloat64(value)),
  round,
  until: (count) => untilStep(0n, count, toInt64(count) < 0n ? -1n : 1n),
  untilStep,
  seq,
  randInt: (from, to) => {
    const [low, high] = [Number(toInt64(from)), Number(toInt64(to))];
    if (high <= low) throw new Fault('invalid argument to randInt');
    return BigInt(randomInt(low, high));
  },
  int: toInt64,
  int64: toInt64,
  float64: toFloat64,
  atoi: (text) => (/^[+-]?\d+$/.test(strval(text)) ? toInt64(String(text).replace(/^([+-]?)0+(?=\d)/, '$1')) : 0n),
  toDecimal: (text) => (/^[0-7]+$/.test(strval(text)) ? BigInt(`0o${strval(text)}`) : 0n),
  toString: strval,
  toStrings: strslice,
};
