/** Slows down who guesses: after some failures a source has to wait, longer with each further one. */
import { isIPv4, isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

export interface ThrottleOptions {
  /** Failures that cost nothing. */
  readonly free: number;
  /** Milliseconds to wait after the first failure beyond those; doubled with each further one. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** Milliseconds after which failures are forgotten. */
  readonly memory: number;
  /** How many sources are remembered; the one that failed longest ago is forgotten first. */
  readonly sources: number;
}

export const DEFAULT_THROTTLE: ThrottleOptions = { free: 10, firstWait: 1_000, longestWait: 60_000, memory: 900_000, sources: 10_000 };

export interface Throttle {
  /** Milliseconds that the source has to wait; 0 where it may try. */
  waitOf(address: string): number;
  failed(address: string): void;
  succeeded(address: string): void;
}

interface Trace {
  readonly failures: number;
  readonly last: number;
}

/** What counts as one source: an IPv4 address, or the network of an IPv6 address that one customer is given. */
export function sourceOf(address: string): string {
  const mapped = address.replace(/^::ffff:/i, '');
  if (isIPv4(mapped) || !isIPv6(address)) return mapped;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

export function createThrottle(options: ThrottleOptions = DEFAULT_THROTTLE, now: () => number = Date.now): Throttle {
  const traces = new LRUCache<string, Trace>({ max: options.sources });
  /** Looking at a trace does not keep it longer. */
  const traceOf = (source: string) => {
    const trace = traces.peek(source);
    return trace && now() - trace.last <= options.memory ? trace : undefined;
  };
  return {
    waitOf(address) {
      const trace = traceOf(sourceOf(address));
      if (!trace || trace.failures <= options.free) return 0;
      const wait = Math.min(options.firstWait * 2 ** (trace.failures - options.free - 1), options.longestWait);
      return Math.max(0, trace.last + wait - now());
    },
    failed(address) {
      const source = sourceOf(address);
      traces.set(source, { failures: (traceOf(source)?.failures ?? 0) + 1, last: now() });
    },
    succeeded: (address) => void traces.delete(sourceOf(address)),
  };
}
