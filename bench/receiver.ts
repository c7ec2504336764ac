/** Plays all who are told about formations. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Receiver {
  readonly url: string;
  /** Number of requests so far. */
  told(): number;
  close(): void;
}

/** Answers at once, or never. */
export async function receiver(answers: boolean): Promise<Receiver> {
  let told = 0;
  const server = http.createServer((request, response) => {
    told++;
    request.resume();
    if (answers) request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: () => told,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
