/** What people and programs see of a request that a listener answered. */
import { printable } from '../output/table.ts';
import type { Reply } from './replies.ts';
import type { Received } from './server.ts';

export interface Shown {
  /** For programs. */
  readonly value: object;
  /** For people. */
  readonly lines: readonly string[];
}

const CREDENTIALS = /^(?:authorization|proxy-authorization|cookie)$|token|secret|api-?key|password/i;

function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      CREDENTIALS.test(name) ? value.replace(/^((?:Basic|Bearer) )?.*$/s, '$1***') : value,
    ]),
  );
}

/** JSON with its structure, anything else as it came; what would steer the terminal is taken out. */
function bodyLines(body: string): string[] {
  if (body === '') return [];
  let text = body;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // no JSON: as it came
  }
  return text.split('\n').map((line) => `   ${printable(line)}`);
}

const answerOf = ({ trouble, status, body, delay }: Reply): string => {
  if (trouble === 'hang') return 'no answer';
  if (trouble === 'close') return 'the connection is cut';
  return `${status} ${printable(body.length > 500 ? `${body.slice(0, 500)}…` : body)}${delay > 0 ? ` after ${delay} ms` : ''}`;
};

export function shownRequest(received: Received, reply: Reply, showSecrets: boolean, played: string | undefined): Shown {
  const headers = showSecrets ? received.headers : masked(received.headers);
  const { time, method, path, body } = received;
  return {
    value: {
      time,
      method,
      path,
      played: played ?? null,
      headers,
      body,
      reply: { status: reply.trouble ? null : reply.status, body: reply.body, trouble: reply.trouble ?? null },
    },
    lines: [
      `${time} ${method} ${printable(path)}${played === undefined ? '' : ` (${played})`}`,
      ...Object.entries(headers)
        .filter(([name]) => CREDENTIALS.test(name) || name.startsWith('x-'))
        .map(([name, value]) => `   ${name}: ${printable(value)}`),
      ...bodyLines(body),
      `   -> ${answerOf(reply)}`,
    ],
  };
}
