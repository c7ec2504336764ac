/** Statements on one connection or on any of the pool. */
import { createHash } from 'node:crypto';
import type { ClientBase, QueryConfig } from './driver.ts';

/** Runs a statement and answers with its rows. `fresh`: planned each time, for these values, as there is no plan that is good for all. */
export type Run = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') => Promise<Row[]>;

const names = new Map<string, string>();

/** The server parses and plans a statement once for each connection if it has a name. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = createHash('sha256').update(text).digest('hex').slice(0, 32)));
  return name;
}

/** @param timeout milliseconds that it may take, in place of what the pool says */
export const runOn =
  (client: Pick<ClientBase, 'query'>, timeout?: number): Run =>
  async <Row extends object>(text: string, values: readonly unknown[] = [], fresh?: 'fresh') =>
    (
      await client.query<Row>({
        name: fresh ? undefined : nameOf(text),
        text,
        values: values as unknown[],
        query_timeout: timeout,
      } as QueryConfig)
    ).rows;
