/** Kills the built program under the writes of several clients, again and again, and looks each time whether all that it acknowledged is there, whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import { newHome, type Serving } from '../e2e/support/plane.ts';
import type { KillReport } from './kills.ts';

const CLIENTS = 8;

interface Counted {
  readonly totalCount: number;
}
interface Found {
  readonly name: string;
  readonly webhooks: readonly unknown[];
  readonly bundles: { readonly data: readonly Readonly<Record<'apiDefinitions' | 'eventDefinitions' | 'documents', Counted>>[] };
}

const BUNDLE = `apiDefinitions: [{ name: "x", targetURL: "https://x.example.com", spec: { type: OPEN_API, format: JSON, data: "{}" } }],
  eventDefinitions: [{ name: "e" }], documents: [{ title: "t", displayName: "t", description: "d", format: MARKDOWN }, { title: "u", displayName: "u", description: "d", format: MARKDOWN }]`;
const NESTED = `webhooks: [{ type: CONFIGURATION_CHANGED, url: "https://x.example.com" }], bundles: [{ name: "a", ${BUNDLE} }, { name: "b", ${BUNDLE} }]`;

/** Whether everything is there that was registered with it. */
const isWhole = ({ webhooks, bundles }: Found) =>
  webhooks.length === 1 &&
  bundles.data.length === 2 &&
  bundles.data.every(
    ({ apiDefinitions, eventDefinitions, documents }) =>
      apiDefinitions.totalCount === 1 && eventDefinitions.totalCount === 1 && documents.totalCount === 2,
  );

/** @throws at the first write that was lost or halved */
export async function killPlanes(kills: number, progress: (kill: number) => void = () => undefined): Promise<KillReport> {
  const home = newHome();
  let acknowledged = 0;
  let found = 0;
  let plane = await home.serve([]);
  try {
    for (let round = 0; round < kills; round++) {
      const names = await writeAndKill(plane, round);
      plane = await home.serve([]);
      const there = await applicationsOf(plane, round);
      for (const name of names) if (!there.has(name)) throw new Error(`Round ${round}: ${name} was acknowledged and is lost`);
      for (const [name, one] of there)
        if (!isWhole(one)) throw new Error(`Round ${round}: ${name} is there in part: ${JSON.stringify(one)}`);
      acknowledged += names.length;
      found += there.size;
      progress(round + 1);
    }
    return { kills, acknowledged, unacknowledged: found - acknowledged };
  } finally {
    await plane.stop();
    home.remove();
  }
}

async function ask<T>({ ready }: Serving, query: string): Promise<T> {
  const response = await fetch(`${ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ready.token}`, tenant: ready.tenant },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The names of the acknowledged applications. */
async function writeAndKill(plane: Serving, round: number): Promise<string[]> {
  const names: string[] = [];
  let next = 0;
  const killed = new AbortController();
  const client = async () => {
    while (!killed.signal.aborted) {
      const name = `app-${round}-${next++}`;
      try {
        await ask(
          plane,
          `mutation { result: registerApplication(in: { name: "${name}", labels: { round: "${round}" }, ${NESTED} }) { id } }`,
        );
      } catch (error) {
        if (killed.signal.aborted) return;
        throw error;
      }
      names.push(name);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  await Promise.race([clients, sleep(50 + Math.random() * 250)]);
  killed.abort();
  await plane.stop('SIGKILL');
  await clients;
  return names;
}

async function applicationsOf(plane: Serving, round: number): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for (let after = ''; ;) {
    const { page } = await ask<{ page: { data: Found[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
      plane,
      `{ page: applications(first: 200, after: "${after}", filter: [{ key: "round", query: "\\"${round}\\"" }]) {
           data { name webhooks { id } bundles(first: 5) { data { apiDefinitions { totalCount } eventDefinitions { totalCount } documents { totalCount } } } }
           pageInfo { endCursor hasNextPage } } }`,
    );
    for (const one of page.data) found.set(one.name, one);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}
