/** All systems of a landscape on one port, each as its behaviour says. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from './model.ts';

export interface Told {
  readonly operation: string;
  readonly formation: string;
  readonly assignment: string;
  readonly source: string;
  readonly target: string;
}

type Report = { readonly state?: string; readonly error?: string; readonly configuration?: unknown };

export interface Receivers {
  readonly url: string;
  /** How often each `operation source->target` was told. */
  readonly told: ReadonlyMap<string, number>;
  /** Answers of the status API that nobody should get, and reports of strangers that were taken. */
  readonly wrong: string[];
  /** Resolves when no report is under way. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface ReceiversOptions {
  readonly systems: ReadonlyMap<string, System>;
  /** Sends a report; undefined while the plane is down. `stranger`: as somebody of another tenant. */
  readonly report: (told: Told, report: Report, stranger: boolean) => Promise<number | undefined>;
  /** Before each answer. */
  readonly onCall: () => void;
}

const READY = { state: 'READY' };
/** Bytes; more than the plane reads of an answer. */
const TOO_MUCH = 4_500_000;

export async function startReceivers({ systems, report, onCall }: ReceiversOptions): Promise<Receivers> {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  const reports = new Set<Promise<void>>();

  /** Reports until the plane hears it, as participants do. */
  async function insist(told: Told, what: Report, allowed: readonly number[], stranger = false): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt++) {
      const status = await report(told, what, stranger);
      if (status === undefined) {
        await sleep(50);
        continue;
      }
      if (!allowed.includes(status)) wrong.push(`${JSON.stringify(what)}${stranger ? ' of a stranger' : ''} was answered with ${status}`);
      return;
    }
    wrong.push('a report was never heard');
  }

  async function later(system: System, told: Told): Promise<void> {
    await sleep(5);
    // An assignment that is gone, or told again meanwhile, takes no report any more: 400 and 404 are right then.
    const over = [200, 400, 404];
    if (system.behaviour === 'lying') {
      await insist(told, READY, [400, 401, 404], true);
      await insist(told, { state: 'WONDERFUL' }, [400, 404]);
      await insist(told, { state: 'READY', error: 'both' }, [400, 404]);
      await insist(
        told,
        told.operation === 'assign' ? { state: 'DELETE_ERROR', error: 'x' } : { state: 'CREATE_ERROR', error: 'x' },
        [400, 404],
      );
    }
    await insist(told, READY, over);
    if (system.behaviour === 'lying') await insist(told, READY, over);
  }

  async function answer(system: System, told: Told, response: http.ServerResponse, times: number): Promise<void> {
    const give = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    switch (system.behaviour) {
      case 'slow':
        await sleep(30);
        return give(200, READY);
      case 'generous':
        return give(
          200,
          told.operation === 'assign' ? { ...READY, configuration: { url: `https://${system.name}`, password: 'x' } } : READY,
        );
      case 'moody':
        return times <= system.failures ? give(500, { error: 'not now' }) : give(200, READY);
      case 'broken':
        return give(500, { error: `${system.name} is broken` });
      case 'garbled':
        return give(200, '<html>{"state": READY');
      case 'dying':
        return void response.destroy();
      case 'talkative':
        return give(200, JSON.stringify({ state: 'READY', text: 'x'.repeat(TOO_MUCH) }));
      case 'patient':
      case 'lying': {
        give(202, {});
        const task = later(system, told).finally(() => reports.delete(task));
        reports.add(task);
        return;
      }
      case 'silent':
        return give(202, {});
      default:
        return give(200, READY);
    }
  }

  async function take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const told = JSON.parse(body) as Told;
    const key = `${told.operation} ${told.source}->${told.target}`;
    const times = (counts.get(key) ?? 0) + 1;
    counts.set(key, times);
    onCall();
    await answer(systems.get(told.target)!, told, response, times);
  }

  const server = http.createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: counts,
    wrong,
    async quiet() {
      while (reports.size > 0) await Promise.all(reports);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
