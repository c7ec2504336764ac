/** A load generator that costs little itself: requests are written as they are, answers cut by their length. */
import net from 'node:net';

export interface Load {
  readonly port: number;
  /** Whole requests, heads and bodies; taken in turn. */
  readonly requests: readonly Buffer[] | (() => Buffer);
  readonly connections: number;
  readonly milliseconds: number;
  /** Looked at for a sample of the answers: throws where an answer is not what it should be. */
  readonly check?: (body: string) => void;
}

export interface Measured {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

export function postRequest(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Buffer {
  const text = JSON.stringify(body);
  const head = [
    'POST ' + path + ' HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

export function load({ port, requests, connections, milliseconds, check }: Load): Promise<Measured> {
  const next =
    typeof requests === 'function'
      ? requests
      : (
          (index) => () =>
            requests[index++ % requests.length]!
        )(0);
  const latencies: number[] = [];
  const end = performance.now() + milliseconds;
  const started = performance.now();

  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let pending: Buffer = Buffer.alloc(0);
      let sent = 0;
      let answered = 0;
      const ask = () => {
        sent = performance.now();
        socket.write(next());
      };
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
        const head = pending.indexOf(HEAD_END);
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending.toString('latin1', 0, head))?.[1] ?? 0);
        if (pending.length < head + 4 + length) return;
        latencies.push(performance.now() - sent);
        try {
          if (pending.toString('latin1', 9, 12) !== '200') throw new Error(`HTTP ${pending.toString('utf8', 0, 300)}`);
          if (check && answered++ % 100 === 0) check(pending.toString('utf8', head + 4));
        } catch (error) {
          socket.destroy();
          reject(error);
          return;
        }
        pending = Buffer.alloc(0);
        if (performance.now() < end) ask();
        else {
          socket.destroy();
          resolve();
        }
      });
    });

  return Promise.all(Array.from({ length: connections }, one)).then(() => {
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    return { count: latencies.length, perSecond: (latencies.length / (performance.now() - started)) * 1000, p50: at(0.5), p99: at(0.99) };
  });
}
