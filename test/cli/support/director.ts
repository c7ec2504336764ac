/** A stand-in for a Compass: answers GraphQL as it is told, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly operation: string;
  readonly variables: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
}

type Answer = { data?: unknown; errors?: unknown[]; status?: number; text?: string };
type Answers = Readonly<Record<string, Answer | ((asked: Asked) => Answer)>>;

export interface StandIn {
  readonly url: string;
  readonly asked: Asked[];
  /** Answers by the name of the operation. */
  answers: Answers;
  close(): Promise<void>;
}

export async function standIn(answers: Answers = {}): Promise<StandIn> {
  const asked: Asked[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { query = '', variables = {} } = JSON.parse(body || '{}') as { query?: string; variables?: Record<string, unknown> };
    const one: Asked = {
      path: request.url ?? '',
      operation: /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? 'anonymous',
      variables,
      headers: request.headers,
    };
    asked.push(one);
    const told = self.answers[one.operation] ?? { errors: [{ message: `no answer for ${one.operation}` }] };
    const { status = 200, text, ...answer } = typeof told === 'function' ? told(one) : told;
    response
      .writeHead(status, { 'content-type': text === undefined ? 'application/json' : 'text/html' })
      .end(text ?? JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const self: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

export const page = (data: readonly unknown[], next?: string) => ({
  page: { data, pageInfo: { endCursor: next ?? '', hasNextPage: next !== undefined }, totalCount: data.length },
});

/** A Director's error as it stands on the wire. */
export const fault = (message: string, error: string, error_code: number): Answer => ({
  data: null,
  errors: [{ message, path: ['x'], extensions: { error, error_code } }],
});
